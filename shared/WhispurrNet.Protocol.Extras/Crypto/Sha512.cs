using System;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Extras.Crypto
{
    // A signature hashes a few blocks beside a scalar multiplication that costs a hundred times as much, so this keeps
    // its code small: eight rounds unrolled, so that no register moves, and a schedule of sixteen words. The constants
    // belong to the object: a static array would stay on a board's heap as long as it runs.
    //
    // IL: 12,899 a block of 128 bytes.

    /// <summary>SHA-512, FIPS 180-4 section 6.4 and RFC 6234. One object hashes one message after another.</summary>
    public sealed class Sha512
    {
        /// <summary>Size of a hash in bytes.</summary>
        public const int HashSize = 64;

        /// <summary>Size of a message block in bytes.</summary>
        public const int BlockSize = 128;

        // FIPS 180-4 section 4.2.3.
        private readonly ulong[] _constants =
        {
            0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
            0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
            0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
            0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
            0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
            0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
            0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
            0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
            0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
            0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
            0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
            0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
            0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
            0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
            0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
            0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
            0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
            0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
            0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
            0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
        };

        private readonly ulong[] _state = new ulong[8];
        private readonly ulong[] _schedule = new ulong[16];
        private readonly byte[] _partial = new byte[BlockSize];
        private int _partialCount;
        private ulong _totalCount;

        /// <summary>Starts with an empty message.</summary>
        public Sha512()
        {
            Reset();
        }

        /// <summary>Drops what was added and starts with an empty message.</summary>
        public void Reset()
        {
            // FIPS 180-4 section 5.3.5.
            ulong[] s = _state;
            s[0] = 0x6a09e667f3bcc908;
            s[1] = 0xbb67ae8584caa73b;
            s[2] = 0x3c6ef372fe94f82b;
            s[3] = 0xa54ff53a5f1d36f1;
            s[4] = 0x510e527fade682d1;
            s[5] = 0x9b05688c2b3e6c1f;
            s[6] = 0x1f83d9abfb41bd6b;
            s[7] = 0x5be0cd19137e2179;
            Array.Clear(_schedule, 0, _schedule.Length);
            Array.Clear(_partial, 0, BlockSize);
            _partialCount = 0;
            _totalCount = 0;
        }

        /// <summary>Adds message bytes; any split of a message into calls gives the same hash.</summary>
        /// <param name="data">Buffer holding them.</param>
        /// <param name="offset">Where they start.</param>
        /// <param name="count">How many, 0 or more; all calls together less than 2^61.</param>
        /// <exception cref="ArgumentNullException">The buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The range is outside the buffer.</exception>
        public void Update(byte[] data, int offset, int count)
        {
            CryptoBytes.CheckRange(data, offset, count, "data");
            _totalCount += (uint)count;
            while (count > 0)
            {
                int taken = BlockSize - _partialCount;
                if (taken > count)
                {
                    taken = count;
                }

                Array.Copy(data, offset, _partial, _partialCount, taken);
                _partialCount += taken;
                offset += taken;
                count -= taken;
                if (_partialCount == BlockSize)
                {
                    Compress();
                    _partialCount = 0;
                }
            }
        }

        /// <summary>Writes the hash and starts anew with an empty message.</summary>
        /// <param name="hash">Receives 64 bytes.</param>
        /// <param name="offset">Where they go.</param>
        /// <exception cref="ArgumentNullException">The buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Fewer than 64 bytes are there.</exception>
        public void Finish(byte[] hash, int offset)
        {
            CryptoBytes.CheckRange(hash, offset, HashSize, "hash");
            _partial[_partialCount] = 0x80;
            _partialCount++;
            Array.Clear(_partial, _partialCount, BlockSize - _partialCount);
            if (_partialCount > BlockSize - 16)
            {
                Compress();
                Array.Clear(_partial, 0, BlockSize);
            }

            StoreBigEndian(_totalCount << 3, _partial, BlockSize - 8);
            Compress();
            for (int i = 0; i < 8; i++)
            {
                StoreBigEndian(_state[i], hash, offset + (8 * i));
            }

            Reset();
        }

        /// <summary>Overwrites everything that depends on message bytes and starts with an empty message.</summary>
        public void Wipe()
        {
            Reset();
        }

        private static void StoreBigEndian(ulong value, byte[] buffer, int offset)
        {
            for (int i = 7; i >= 0; i--)
            {
                buffer[offset + i] = (byte)value;
                value >>= 8;
            }
        }

        // FIPS 180-4 section 6.4.2, steps 1 to 4, on the block collected.
        private void Compress()
        {
            ulong[] k = _constants, w = _schedule, s = _state;
            byte[] block = _partial;
            ulong low = 0x00FF00FF00FF00FF, pairs = 0x0000FFFF0000FFFF, t;
            int i;
            for (i = 0; i < 16; i++)
            {
                t = BitConverter.ToUInt64(block, 8 * i);
                t = ((t & low) << 8) | ((t >> 8) & low);
                t = ((t & pairs) << 16) | ((t >> 16) & pairs);
                w[i] = (t << 32) | (t >> 32);
            }

            ulong a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
            i = 0;
            while (true)
            {
                for (int at = 0; at < 16; at += 8)
                {
                    t = h + k[i] + w[at] + (g ^ (e & (f ^ g)))
                        + (((e >> 14) | (e << 50)) ^ ((e >> 18) | (e << 46)) ^ ((e >> 41) | (e << 23)));
                    d += t;
                    h = t + ((a & b) ^ (c & (a ^ b)))
                        + (((a >> 28) | (a << 36)) ^ ((a >> 34) | (a << 30)) ^ ((a >> 39) | (a << 25)));
                    t = g + k[i + 1] + w[at + 1] + (f ^ (d & (e ^ f)))
                        + (((d >> 14) | (d << 50)) ^ ((d >> 18) | (d << 46)) ^ ((d >> 41) | (d << 23)));
                    c += t;
                    g = t + ((h & a) ^ (b & (h ^ a)))
                        + (((h >> 28) | (h << 36)) ^ ((h >> 34) | (h << 30)) ^ ((h >> 39) | (h << 25)));
                    t = f + k[i + 2] + w[at + 2] + (e ^ (c & (d ^ e)))
                        + (((c >> 14) | (c << 50)) ^ ((c >> 18) | (c << 46)) ^ ((c >> 41) | (c << 23)));
                    b += t;
                    f = t + ((g & h) ^ (a & (g ^ h)))
                        + (((g >> 28) | (g << 36)) ^ ((g >> 34) | (g << 30)) ^ ((g >> 39) | (g << 25)));
                    t = e + k[i + 3] + w[at + 3] + (d ^ (b & (c ^ d)))
                        + (((b >> 14) | (b << 50)) ^ ((b >> 18) | (b << 46)) ^ ((b >> 41) | (b << 23)));
                    a += t;
                    e = t + ((f & g) ^ (h & (f ^ g)))
                        + (((f >> 28) | (f << 36)) ^ ((f >> 34) | (f << 30)) ^ ((f >> 39) | (f << 25)));
                    t = d + k[i + 4] + w[at + 4] + (c ^ (a & (b ^ c)))
                        + (((a >> 14) | (a << 50)) ^ ((a >> 18) | (a << 46)) ^ ((a >> 41) | (a << 23)));
                    h += t;
                    d = t + ((e & f) ^ (g & (e ^ f)))
                        + (((e >> 28) | (e << 36)) ^ ((e >> 34) | (e << 30)) ^ ((e >> 39) | (e << 25)));
                    t = c + k[i + 5] + w[at + 5] + (b ^ (h & (a ^ b)))
                        + (((h >> 14) | (h << 50)) ^ ((h >> 18) | (h << 46)) ^ ((h >> 41) | (h << 23)));
                    g += t;
                    c = t + ((d & e) ^ (f & (d ^ e)))
                        + (((d >> 28) | (d << 36)) ^ ((d >> 34) | (d << 30)) ^ ((d >> 39) | (d << 25)));
                    t = b + k[i + 6] + w[at + 6] + (a ^ (g & (h ^ a)))
                        + (((g >> 14) | (g << 50)) ^ ((g >> 18) | (g << 46)) ^ ((g >> 41) | (g << 23)));
                    f += t;
                    b = t + ((c & d) ^ (e & (c ^ d)))
                        + (((c >> 28) | (c << 36)) ^ ((c >> 34) | (c << 30)) ^ ((c >> 39) | (c << 25)));
                    t = a + k[i + 7] + w[at + 7] + (h ^ (f & (g ^ h)))
                        + (((f >> 14) | (f << 50)) ^ ((f >> 18) | (f << 46)) ^ ((f >> 41) | (f << 23)));
                    e += t;
                    a = t + ((b & c) ^ (d & (b ^ c)))
                        + (((b >> 28) | (b << 36)) ^ ((b >> 34) | (b << 30)) ^ ((b >> 39) | (b << 25)));
                    i += 8;
                }

                if (i == 80)
                {
                    break;
                }

                for (int at = 0; at < 16; at++)
                {
                    t = w[(at + 1) & 15];
                    ulong u = w[(at + 14) & 15];
                    w[at] += w[(at + 9) & 15] + (((t >> 1) | (t << 63)) ^ ((t >> 8) | (t << 56)) ^ (t >> 7))
                        + (((u >> 19) | (u << 45)) ^ ((u >> 61) | (u << 3)) ^ (u >> 6));
                }
            }

            s[0] += a;
            s[1] += b;
            s[2] += c;
            s[3] += d;
            s[4] += e;
            s[5] += f;
            s[6] += g;
            s[7] += h;
        }
    }
}
