using System;

namespace WhispurrNet.Protocol.Crypto
{
    // On an interpreter a rotation by shifts costs 8 IL instructions. Here each word that gets rotated is held twice
    // in one ulong, low half and high half alike, so a rotation is a single shift whose low half is right; sums
    // collect garbage in the high half and are cut to 32 bits and doubled again by one product with 2^32 + 1. Sixteen
    // rounds are unrolled over sixteen locals that hold the message schedule. A block can be read through a mask, which
    // spares HMAC the writing of padded keys.
    //
    // IL: 6,780 a block of 64 bytes.

    /// <summary>SHA-256, FIPS 180-4 section 6.2 and RFC 6234. One object hashes one message after another.</summary>
    public sealed class Sha256
    {
        /// <summary>Size of a hash in bytes.</summary>
        public const int HashSize = 32;

        /// <summary>Size of a message block in bytes.</summary>
        public const int BlockSize = 64;

        internal const int StateSize = 8;

        // FIPS 180-4 section 4.2.2.
        private static readonly uint[] RoundConstants =
        {
            0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
            0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
            0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
            0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
            0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
            0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
            0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
            0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
        };

        private readonly uint[] _state = new uint[StateSize];
        private readonly byte[] _partial = new byte[BlockSize];
        private int _partialCount;
        private ulong _totalCount;

        /// <summary>Starts with an empty message.</summary>
        public Sha256()
        {
            Reset();
        }

        /// <summary>Hashes one range in one call. Allocates an object; hot paths keep their own.</summary>
        /// <param name="data">Buffer holding the message.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its size in bytes, 0 or more.</param>
        /// <param name="hash">Receives 32 bytes.</param>
        /// <param name="hashOffset">Where they go.</param>
        /// <exception cref="ArgumentNullException">A buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A range is outside its buffer.</exception>
        public static void Hash(byte[] data, int offset, int count, byte[] hash, int hashOffset)
        {
            Sha256 sha = new Sha256();
            sha.Update(data, offset, count);
            sha.Finish(hash, hashOffset);
        }

        /// <summary>Drops what was added and starts with an empty message.</summary>
        public void Reset()
        {
            // FIPS 180-4 section 5.3.3.
            uint[] s = _state;
            s[0] = 0x6a09e667;
            s[1] = 0xbb67ae85;
            s[2] = 0x3c6ef372;
            s[3] = 0xa54ff53a;
            s[4] = 0x510e527f;
            s[5] = 0x9b05688c;
            s[6] = 0x1f83d9ab;
            s[7] = 0x5be0cd19;
            Array.Clear(_partial, 0, BlockSize);
            _partialCount = 0;
            _totalCount = 0;
        }

        /// <summary>Adds message bytes; any split of a message into calls gives the same hash.</summary>
        /// <param name="data">Buffer holding them.</param>
        /// <param name="offset">Where they start.</param>
        /// <param name="count">How many, 0 or more.</param>
        /// <exception cref="ArgumentNullException">The buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The range is outside the buffer.</exception>
        public void Update(byte[] data, int offset, int count)
        {
            CryptoBytes.CheckRange(data, offset, count, "data");
            _totalCount += (uint)count;
            if (_partialCount > 0)
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
                if (_partialCount < BlockSize)
                {
                    return;
                }

                Compress(_partial, 0, 0);
                _partialCount = 0;
            }

            while (count >= BlockSize)
            {
                Compress(data, offset, 0);
                offset += BlockSize;
                count -= BlockSize;
            }

            if (count > 0)
            {
                Array.Copy(data, offset, _partial, 0, count);
                _partialCount = count;
            }
        }

        /// <summary>Writes the hash and starts anew with an empty message.</summary>
        /// <param name="hash">Receives 32 bytes.</param>
        /// <param name="offset">Where they go.</param>
        /// <exception cref="ArgumentNullException">The buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Fewer than 32 bytes are there.</exception>
        public void Finish(byte[] hash, int offset)
        {
            CryptoBytes.CheckRange(hash, offset, HashSize, "hash");
            _partial[_partialCount] = 0x80;
            _partialCount++;
            Array.Clear(_partial, _partialCount, BlockSize - _partialCount);
            if (_partialCount > BlockSize - 8)
            {
                Compress(_partial, 0, 0);
                Array.Clear(_partial, 0, BlockSize);
            }

            StoreBigEndian((uint)(_totalCount >> 29), _partial, BlockSize - 8);
            StoreBigEndian((uint)(_totalCount << 3), _partial, BlockSize - 4);
            Compress(_partial, 0, 0);
            for (int i = 0; i < StateSize; i++)
            {
                StoreBigEndian(_state[i], hash, offset + (4 * i));
            }

            Reset();
        }

        /// <summary>Overwrites everything that depends on message bytes and starts with an empty message.</summary>
        public void Wipe()
        {
            Reset();
        }

        /// <summary>
        /// The state after one block, for callers that continue many messages from there. The message starts anew.
        /// </summary>
        /// <param name="block">64 bytes.</param>
        /// <param name="mask">Added to every eight bytes of them, by exclusive or.</param>
        /// <param name="saved">Receives the state.</param>
        internal void HashFirstBlock(byte[] block, ulong mask, uint[] saved)
        {
            Reset();
            Compress(block, 0, mask);
            Array.Copy(_state, 0, saved, 0, StateSize);
            Reset();
        }

        /// <summary>Goes on with a message whose first block led to a state.</summary>
        internal void ContinueFrom(uint[] saved)
        {
            Array.Copy(saved, 0, _state, 0, StateSize);
            _partialCount = 0;
            _totalCount = BlockSize;
        }

        private static void StoreBigEndian(uint value, byte[] buffer, int offset)
        {
            buffer[offset] = (byte)(value >> 24);
            buffer[offset + 1] = (byte)(value >> 16);
            buffer[offset + 2] = (byte)(value >> 8);
            buffer[offset + 3] = (byte)value;
        }

        // FIPS 180-4 section 6.2.2, steps 1 to 4. All of a..h and w0..w15 are doubled words except inside sums. Each eight
        // bytes of the block are taken with a mask added.
        private void Compress(byte[] data, int offset, ulong pad)
        {
            uint[] k = RoundConstants;
            uint[] s = _state;
            ulong mask = 0xFFFFFFFF;
            ulong twice = 0x100000001;
            ulong swap = 0x00FF00FF00FF00FF;
            ulong t;
            t = BitConverter.ToUInt64(data, offset) ^ pad;
            t = ((t & swap) << 8) | ((t >> 8) & swap);
            ulong w0 = ((((t & mask) * twice) >> 16) & mask) * twice;
            ulong w1 = ((((t >> 32) * twice) >> 16) & mask) * twice;
            t = BitConverter.ToUInt64(data, offset + 8) ^ pad;
            t = ((t & swap) << 8) | ((t >> 8) & swap);
            ulong w2 = ((((t & mask) * twice) >> 16) & mask) * twice;
            ulong w3 = ((((t >> 32) * twice) >> 16) & mask) * twice;
            t = BitConverter.ToUInt64(data, offset + 16) ^ pad;
            t = ((t & swap) << 8) | ((t >> 8) & swap);
            ulong w4 = ((((t & mask) * twice) >> 16) & mask) * twice;
            ulong w5 = ((((t >> 32) * twice) >> 16) & mask) * twice;
            t = BitConverter.ToUInt64(data, offset + 24) ^ pad;
            t = ((t & swap) << 8) | ((t >> 8) & swap);
            ulong w6 = ((((t & mask) * twice) >> 16) & mask) * twice;
            ulong w7 = ((((t >> 32) * twice) >> 16) & mask) * twice;
            t = BitConverter.ToUInt64(data, offset + 32) ^ pad;
            t = ((t & swap) << 8) | ((t >> 8) & swap);
            ulong w8 = ((((t & mask) * twice) >> 16) & mask) * twice;
            ulong w9 = ((((t >> 32) * twice) >> 16) & mask) * twice;
            t = BitConverter.ToUInt64(data, offset + 40) ^ pad;
            t = ((t & swap) << 8) | ((t >> 8) & swap);
            ulong w10 = ((((t & mask) * twice) >> 16) & mask) * twice;
            ulong w11 = ((((t >> 32) * twice) >> 16) & mask) * twice;
            t = BitConverter.ToUInt64(data, offset + 48) ^ pad;
            t = ((t & swap) << 8) | ((t >> 8) & swap);
            ulong w12 = ((((t & mask) * twice) >> 16) & mask) * twice;
            ulong w13 = ((((t >> 32) * twice) >> 16) & mask) * twice;
            t = BitConverter.ToUInt64(data, offset + 56) ^ pad;
            t = ((t & swap) << 8) | ((t >> 8) & swap);
            ulong w14 = ((((t & mask) * twice) >> 16) & mask) * twice;
            ulong w15 = ((((t >> 32) * twice) >> 16) & mask) * twice;

            ulong a = s[0] * twice, b = s[1] * twice, c = s[2] * twice, d = s[3] * twice;
            ulong e = s[4] * twice, f = s[5] * twice, g = s[6] * twice, h = s[7] * twice;
            int i = 0;
            while (true)
            {
                t = h + ((e >> 6) ^ (e >> 11) ^ (e >> 25)) + (g ^ (e & (f ^ g))) + k[i] + w0;
                d = ((d + t) & mask) * twice;
                h = ((t + ((a >> 2) ^ (a >> 13) ^ (a >> 22)) + ((a & b) ^ (c & (a ^ b)))) & mask) * twice;
                t = g + ((d >> 6) ^ (d >> 11) ^ (d >> 25)) + (f ^ (d & (e ^ f))) + k[i + 1] + w1;
                c = ((c + t) & mask) * twice;
                g = ((t + ((h >> 2) ^ (h >> 13) ^ (h >> 22)) + ((h & a) ^ (b & (h ^ a)))) & mask) * twice;
                t = f + ((c >> 6) ^ (c >> 11) ^ (c >> 25)) + (e ^ (c & (d ^ e))) + k[i + 2] + w2;
                b = ((b + t) & mask) * twice;
                f = ((t + ((g >> 2) ^ (g >> 13) ^ (g >> 22)) + ((g & h) ^ (a & (g ^ h)))) & mask) * twice;
                t = e + ((b >> 6) ^ (b >> 11) ^ (b >> 25)) + (d ^ (b & (c ^ d))) + k[i + 3] + w3;
                a = ((a + t) & mask) * twice;
                e = ((t + ((f >> 2) ^ (f >> 13) ^ (f >> 22)) + ((f & g) ^ (h & (f ^ g)))) & mask) * twice;
                t = d + ((a >> 6) ^ (a >> 11) ^ (a >> 25)) + (c ^ (a & (b ^ c))) + k[i + 4] + w4;
                h = ((h + t) & mask) * twice;
                d = ((t + ((e >> 2) ^ (e >> 13) ^ (e >> 22)) + ((e & f) ^ (g & (e ^ f)))) & mask) * twice;
                t = c + ((h >> 6) ^ (h >> 11) ^ (h >> 25)) + (b ^ (h & (a ^ b))) + k[i + 5] + w5;
                g = ((g + t) & mask) * twice;
                c = ((t + ((d >> 2) ^ (d >> 13) ^ (d >> 22)) + ((d & e) ^ (f & (d ^ e)))) & mask) * twice;
                t = b + ((g >> 6) ^ (g >> 11) ^ (g >> 25)) + (a ^ (g & (h ^ a))) + k[i + 6] + w6;
                f = ((f + t) & mask) * twice;
                b = ((t + ((c >> 2) ^ (c >> 13) ^ (c >> 22)) + ((c & d) ^ (e & (c ^ d)))) & mask) * twice;
                t = a + ((f >> 6) ^ (f >> 11) ^ (f >> 25)) + (h ^ (f & (g ^ h))) + k[i + 7] + w7;
                e = ((e + t) & mask) * twice;
                a = ((t + ((b >> 2) ^ (b >> 13) ^ (b >> 22)) + ((b & c) ^ (d & (b ^ c)))) & mask) * twice;
                t = h + ((e >> 6) ^ (e >> 11) ^ (e >> 25)) + (g ^ (e & (f ^ g))) + k[i + 8] + w8;
                d = ((d + t) & mask) * twice;
                h = ((t + ((a >> 2) ^ (a >> 13) ^ (a >> 22)) + ((a & b) ^ (c & (a ^ b)))) & mask) * twice;
                t = g + ((d >> 6) ^ (d >> 11) ^ (d >> 25)) + (f ^ (d & (e ^ f))) + k[i + 9] + w9;
                c = ((c + t) & mask) * twice;
                g = ((t + ((h >> 2) ^ (h >> 13) ^ (h >> 22)) + ((h & a) ^ (b & (h ^ a)))) & mask) * twice;
                t = f + ((c >> 6) ^ (c >> 11) ^ (c >> 25)) + (e ^ (c & (d ^ e))) + k[i + 10] + w10;
                b = ((b + t) & mask) * twice;
                f = ((t + ((g >> 2) ^ (g >> 13) ^ (g >> 22)) + ((g & h) ^ (a & (g ^ h)))) & mask) * twice;
                t = e + ((b >> 6) ^ (b >> 11) ^ (b >> 25)) + (d ^ (b & (c ^ d))) + k[i + 11] + w11;
                a = ((a + t) & mask) * twice;
                e = ((t + ((f >> 2) ^ (f >> 13) ^ (f >> 22)) + ((f & g) ^ (h & (f ^ g)))) & mask) * twice;
                t = d + ((a >> 6) ^ (a >> 11) ^ (a >> 25)) + (c ^ (a & (b ^ c))) + k[i + 12] + w12;
                h = ((h + t) & mask) * twice;
                d = ((t + ((e >> 2) ^ (e >> 13) ^ (e >> 22)) + ((e & f) ^ (g & (e ^ f)))) & mask) * twice;
                t = c + ((h >> 6) ^ (h >> 11) ^ (h >> 25)) + (b ^ (h & (a ^ b))) + k[i + 13] + w13;
                g = ((g + t) & mask) * twice;
                c = ((t + ((d >> 2) ^ (d >> 13) ^ (d >> 22)) + ((d & e) ^ (f & (d ^ e)))) & mask) * twice;
                t = b + ((g >> 6) ^ (g >> 11) ^ (g >> 25)) + (a ^ (g & (h ^ a))) + k[i + 14] + w14;
                f = ((f + t) & mask) * twice;
                b = ((t + ((c >> 2) ^ (c >> 13) ^ (c >> 22)) + ((c & d) ^ (e & (c ^ d)))) & mask) * twice;
                t = a + ((f >> 6) ^ (f >> 11) ^ (f >> 25)) + (h ^ (f & (g ^ h))) + k[i + 15] + w15;
                e = ((e + t) & mask) * twice;
                a = ((t + ((b >> 2) ^ (b >> 13) ^ (b >> 22)) + ((b & c) ^ (d & (b ^ c)))) & mask) * twice;
                i += 16;
                if (i == 64)
                {
                    break;
                }

                t = (w1 >> 7) ^ (w1 >> 18) ^ ((w1 & mask) >> 3);
                t += (w14 >> 17) ^ (w14 >> 19) ^ ((w14 & mask) >> 10);
                w0 = ((w0 + w9 + t) & mask) * twice;
                t = (w2 >> 7) ^ (w2 >> 18) ^ ((w2 & mask) >> 3);
                t += (w15 >> 17) ^ (w15 >> 19) ^ ((w15 & mask) >> 10);
                w1 = ((w1 + w10 + t) & mask) * twice;
                t = (w3 >> 7) ^ (w3 >> 18) ^ ((w3 & mask) >> 3);
                t += (w0 >> 17) ^ (w0 >> 19) ^ ((w0 & mask) >> 10);
                w2 = ((w2 + w11 + t) & mask) * twice;
                t = (w4 >> 7) ^ (w4 >> 18) ^ ((w4 & mask) >> 3);
                t += (w1 >> 17) ^ (w1 >> 19) ^ ((w1 & mask) >> 10);
                w3 = ((w3 + w12 + t) & mask) * twice;
                t = (w5 >> 7) ^ (w5 >> 18) ^ ((w5 & mask) >> 3);
                t += (w2 >> 17) ^ (w2 >> 19) ^ ((w2 & mask) >> 10);
                w4 = ((w4 + w13 + t) & mask) * twice;
                t = (w6 >> 7) ^ (w6 >> 18) ^ ((w6 & mask) >> 3);
                t += (w3 >> 17) ^ (w3 >> 19) ^ ((w3 & mask) >> 10);
                w5 = ((w5 + w14 + t) & mask) * twice;
                t = (w7 >> 7) ^ (w7 >> 18) ^ ((w7 & mask) >> 3);
                t += (w4 >> 17) ^ (w4 >> 19) ^ ((w4 & mask) >> 10);
                w6 = ((w6 + w15 + t) & mask) * twice;
                t = (w8 >> 7) ^ (w8 >> 18) ^ ((w8 & mask) >> 3);
                t += (w5 >> 17) ^ (w5 >> 19) ^ ((w5 & mask) >> 10);
                w7 = ((w7 + w0 + t) & mask) * twice;
                t = (w9 >> 7) ^ (w9 >> 18) ^ ((w9 & mask) >> 3);
                t += (w6 >> 17) ^ (w6 >> 19) ^ ((w6 & mask) >> 10);
                w8 = ((w8 + w1 + t) & mask) * twice;
                t = (w10 >> 7) ^ (w10 >> 18) ^ ((w10 & mask) >> 3);
                t += (w7 >> 17) ^ (w7 >> 19) ^ ((w7 & mask) >> 10);
                w9 = ((w9 + w2 + t) & mask) * twice;
                t = (w11 >> 7) ^ (w11 >> 18) ^ ((w11 & mask) >> 3);
                t += (w8 >> 17) ^ (w8 >> 19) ^ ((w8 & mask) >> 10);
                w10 = ((w10 + w3 + t) & mask) * twice;
                t = (w12 >> 7) ^ (w12 >> 18) ^ ((w12 & mask) >> 3);
                t += (w9 >> 17) ^ (w9 >> 19) ^ ((w9 & mask) >> 10);
                w11 = ((w11 + w4 + t) & mask) * twice;
                t = (w13 >> 7) ^ (w13 >> 18) ^ ((w13 & mask) >> 3);
                t += (w10 >> 17) ^ (w10 >> 19) ^ ((w10 & mask) >> 10);
                w12 = ((w12 + w5 + t) & mask) * twice;
                t = (w14 >> 7) ^ (w14 >> 18) ^ ((w14 & mask) >> 3);
                t += (w11 >> 17) ^ (w11 >> 19) ^ ((w11 & mask) >> 10);
                w13 = ((w13 + w6 + t) & mask) * twice;
                t = (w15 >> 7) ^ (w15 >> 18) ^ ((w15 & mask) >> 3);
                t += (w12 >> 17) ^ (w12 >> 19) ^ ((w12 & mask) >> 10);
                w14 = ((w14 + w7 + t) & mask) * twice;
                t = (w0 >> 7) ^ (w0 >> 18) ^ ((w0 & mask) >> 3);
                t += (w13 >> 17) ^ (w13 >> 19) ^ ((w13 & mask) >> 10);
                w15 = ((w15 + w8 + t) & mask) * twice;
            }

            s[0] += (uint)a;
            s[1] += (uint)b;
            s[2] += (uint)c;
            s[3] += (uint)d;
            s[4] += (uint)e;
            s[5] += (uint)f;
            s[6] += (uint)g;
            s[7] += (uint)h;
        }
    }
}
