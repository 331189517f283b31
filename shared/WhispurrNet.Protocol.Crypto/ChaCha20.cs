using System;

namespace WhispurrNet.Protocol.Crypto
{
    // The board interprets IL, and there a 64-bit operation costs what a 32-bit one costs. So every state word
    // lives in the low half of a ulong, additions leave their carries in the high half, and a rotation is one
    // product: (v * (2^32 + 1)) >> (32 - n) has rotl(v, n) in its low half. Only the value about to be rotated has
    // to be cut to 32 bits, which makes a step 14 IL instructions instead of the 16 of plain shifts. Three of the
    // first four quarter rounds do not see the counter, so a message pays for them once, not every block. A key for
    // Poly1305 or HChaCha20's subkey goes on as words: no byte of it is written.
    //
    // IL: 5,074 a block of 64 bytes, 368 more for the first one of a message.

    /// <summary>The ChaCha20 stream cipher, RFC 8439 sections 2.3 and 2.4, with its 32-bit block counter.</summary>
    public sealed class ChaCha20
    {
        /// <summary>Size of a key in bytes.</summary>
        public const int KeySize = 32;

        /// <summary>Size of a nonce in bytes.</summary>
        public const int NonceSize = 12;

        /// <summary>Size of a keystream block in bytes.</summary>
        public const int BlockSize = 64;

        private readonly ulong[] _state = new ulong[16];
        private readonly byte[] _block = new byte[BlockSize];
        private bool _hasKey;

        /// <summary>Takes a copy of the key; it stays until the next key or <see cref="Wipe"/>.</summary>
        /// <param name="key">Buffer holding the key.</param>
        /// <param name="keyOffset">Where the 32 key bytes start.</param>
        /// <exception cref="ArgumentNullException">The buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Fewer than 32 bytes are there.</exception>
        public void SetKey(byte[] key, int keyOffset)
        {
            CryptoBytes.CheckRange(key, keyOffset, KeySize, "key");

            SetConstants(_state);
            for (int i = 0; i < 8; i++)
            {
                _state[4 + i] = BitConverter.ToUInt32(key, keyOffset + (4 * i));
            }

            _hasKey = true;
        }

        /// <summary>Writes one block of keystream, RFC 8439 section 2.3.</summary>
        /// <param name="nonce">Buffer holding the nonce.</param>
        /// <param name="nonceOffset">Where the 12 nonce bytes start.</param>
        /// <param name="counter">Block counter.</param>
        /// <param name="output">Receives 64 bytes.</param>
        /// <param name="outputOffset">Where they go.</param>
        /// <exception cref="ArgumentNullException">A buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A range is outside its buffer.</exception>
        /// <exception cref="InvalidOperationException">No key is set.</exception>
        public void Block(byte[] nonce, int nonceOffset, uint counter, byte[] output, int outputOffset)
        {
            CryptoBytes.CheckRange(output, outputOffset, BlockSize, "output");
            CryptoBytes.CheckRange(nonce, nonceOffset, NonceSize, "nonce");
            Start(nonce, nonceOffset, counter);
            Array.Clear(_block, 0, BlockSize);
            Run(null, null, _block, 0, output, outputOffset, BlockSize);
        }

        /// <summary>
        /// Encrypts or decrypts by adding the keystream, RFC 8439 section 2.4. Input and output may be the same range;
        /// ranges that overlap otherwise give a wrong result.
        /// </summary>
        /// <param name="nonce">Buffer holding the nonce.</param>
        /// <param name="nonceOffset">Where the 12 nonce bytes start.</param>
        /// <param name="counter">Counter of the first block.</param>
        /// <param name="input">Buffer read from.</param>
        /// <param name="inputOffset">Where the input starts.</param>
        /// <param name="output">Buffer written to.</param>
        /// <param name="outputOffset">Where the output starts.</param>
        /// <param name="count">Bytes to process, 0 or more.</param>
        /// <exception cref="ArgumentNullException">A buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A range is outside, or the counter would wrap.</exception>
        /// <exception cref="InvalidOperationException">No key is set.</exception>
        public void Xor(
            byte[] nonce, int nonceOffset, uint counter,
            byte[] input, int inputOffset, byte[] output, int outputOffset, int count)
        {
            CryptoBytes.CheckRange(input, inputOffset, count, "input");
            CryptoBytes.CheckRange(output, outputOffset, count, "output");
            if (((ulong)(uint)count + 63) / 64 > 0x100000000UL - counter)
            {
                throw new ArgumentOutOfRangeException("counter");
            }

            CryptoBytes.CheckRange(nonce, nonceOffset, NonceSize, "nonce");
            Start(nonce, nonceOffset, counter);
            Run(null, null, input, inputOffset, output, outputOffset, count);
        }

        /// <summary>Goes to a nonce and block for <see cref="Run"/>. The range of the nonce is not checked.</summary>
        /// <exception cref="InvalidOperationException">No key is set.</exception>
        internal void Start(byte[] nonce, int nonceOffset, uint counter)
        {
            CheckKey();
            _state[12] = counter;
            _state[13] = BitConverter.ToUInt32(nonce, nonceOffset);
            _state[14] = BitConverter.ToUInt32(nonce, nonceOffset + 4);
            _state[15] = BitConverter.ToUInt32(nonce, nonceOffset + 8);
        }

        /// <summary>Takes the eight words of a key, lowest first; bits above 32 are ignored.</summary>
        internal void SetKey(
            ulong k0, ulong k1, ulong k2, ulong k3, ulong k4, ulong k5, ulong k6, ulong k7)
        {
            ulong[] s = _state;
            SetConstants(s);
            s[4] = k0;
            s[5] = k1;
            s[6] = k2;
            s[7] = k3;
            s[8] = k4;
            s[9] = k5;
            s[10] = k6;
            s[11] = k7;
            _hasKey = true;
        }

        /// <summary>The cipher's own block: <see cref="NextKeyBlock"/> leaves its output there.</summary>
        internal byte[] OwnBlock
        {
            get { return _block; }
        }

        /// <summary>
        /// Fast key erasure: one block of keystream into <see cref="OwnBlock"/>, nonce and counter 0. Its first half is the
        /// key from then on and is overwritten there with zeros; the second half is output.
        /// </summary>
        /// <exception cref="InvalidOperationException">No key is set.</exception>
        internal void NextKeyBlock()
        {
            // The cleared block is the nonce too.
            Array.Clear(_block, 0, BlockSize);
            Start(_block, 0, 0);
            Run(null, null, _block, 0, _block, 0, BlockSize);
            SetKey(_block, 0);
            Array.Clear(_block, 0, KeySize);
        }

        /// <summary>Writes the key into the first half of <see cref="OwnBlock"/>.</summary>
        /// <exception cref="InvalidOperationException">No key is set.</exception>
        internal void WriteKeyToOwnBlock()
        {
            CheckKey();
            for (int i = 0; i < KeySize; i++)
            {
                _block[i] = (byte)(_state[4 + (i / 4)] >> (8 * (i % 4)));
            }
        }

        /// <summary>Overwrites the key and the scratch space. A key has to be set again before further use.</summary>
        public void Wipe()
        {
            Array.Clear(_state, 0, 16);
            Array.Clear(_block, 0, BlockSize);
            _hasKey = false;
        }

        private void CheckKey()
        {
            if (!_hasKey)
            {
                throw new InvalidOperationException("No key is set.");
            }
        }

        private static void SetConstants(ulong[] s)
        {
            // "expand 32-byte k", RFC 8439 section 2.3.
            s[0] = 0x61707865;
            s[1] = 0x3320646e;
            s[2] = 0x79622d32;
            s[3] = 0x6b206574;
        }

        /// <summary>
        /// Runs through blocks from where <see cref="Start"/> put it. The first one becomes a key if somebody is there to
        /// take one, and the others are added to the input. Ranges are not checked.
        /// </summary>
        /// <param name="mac">Takes half a block as its one-time key, RFC 8439 section 2.6; null for none.</param>
        /// <param name="derived">
        /// Takes the subkey of HChaCha20, which is the state without the last addition; nothing else happens then. Null for
        /// none.
        /// </param>
        /// <param name="input">Read from.</param>
        /// <param name="inputOffset">Where.</param>
        /// <param name="output">Written to.</param>
        /// <param name="outputOffset">Where.</param>
        /// <param name="count">Bytes to process, 0 or more.</param>
        internal void Run(
            Poly1305 mac, ChaCha20 derived, byte[] input, int inputOffset, byte[] output, int outputOffset, int count)
        {
            ulong[] s = _state;
            byte[] o = _block;
            ulong mask = 0xFFFFFFFF;
            ulong turn = 0x100000001;
            ulong v;

            // y: the three columns of the first round without the counter.
            ulong y1 = s[1], y5 = s[5], y9 = s[9], y13 = s[13];
            y1 += y5;
            y13 = (((y13 ^ y1) & mask) * turn) >> 16;
            y9 += y13;
            y5 = (((y5 ^ y9) & mask) * turn) >> 20;
            y1 += y5;
            y13 = (((y13 ^ y1) & mask) * turn) >> 24;
            y9 += y13;
            y5 = (((y5 ^ y9) & mask) * turn) >> 25;

            ulong y2 = s[2], y6 = s[6], y10 = s[10], y14 = s[14];
            y2 += y6;
            y14 = (((y14 ^ y2) & mask) * turn) >> 16;
            y10 += y14;
            y6 = (((y6 ^ y10) & mask) * turn) >> 20;
            y2 += y6;
            y14 = (((y14 ^ y2) & mask) * turn) >> 24;
            y10 += y14;
            y6 = (((y6 ^ y10) & mask) * turn) >> 25;

            ulong y3 = s[3], y7 = s[7], y11 = s[11], y15 = s[15];
            y3 += y7;
            y15 = (((y15 ^ y3) & mask) * turn) >> 16;
            y11 += y15;
            y7 = (((y7 ^ y11) & mask) * turn) >> 20;
            y3 += y7;
            y15 = (((y15 ^ y3) & mask) * turn) >> 24;
            y11 += y15;
            y7 = (((y7 ^ y11) & mask) * turn) >> 25;

            while (count > 0 || mac != null || derived != null)
            {
                ulong x0 = s[0], x1 = y1, x2 = y2, x3 = y3, x4 = s[4], x5 = y5, x6 = y6, x7 = y7;
                ulong x8 = s[8], x9 = y9, x10 = y10, x11 = y11, x12 = s[12], x13 = y13, x14 = y14, x15 = y15;
                x0 += x4;
                x12 = (((x12 ^ x0) & mask) * turn) >> 16;
                x8 += x12;
                x4 = (((x4 ^ x8) & mask) * turn) >> 20;
                x0 += x4;
                x12 = (((x12 ^ x0) & mask) * turn) >> 24;
                x8 += x12;
                x4 = (((x4 ^ x8) & mask) * turn) >> 25;
                for (int round = 1; ; round++)
                {
                    x0 += x5;
                    x15 = (((x15 ^ x0) & mask) * turn) >> 16;
                    x10 += x15;
                    x5 = (((x5 ^ x10) & mask) * turn) >> 20;
                    x0 += x5;
                    x15 = (((x15 ^ x0) & mask) * turn) >> 24;
                    x10 += x15;
                    x5 = (((x5 ^ x10) & mask) * turn) >> 25;

                    x1 += x6;
                    x12 = (((x12 ^ x1) & mask) * turn) >> 16;
                    x11 += x12;
                    x6 = (((x6 ^ x11) & mask) * turn) >> 20;
                    x1 += x6;
                    x12 = (((x12 ^ x1) & mask) * turn) >> 24;
                    x11 += x12;
                    x6 = (((x6 ^ x11) & mask) * turn) >> 25;

                    x2 += x7;
                    x13 = (((x13 ^ x2) & mask) * turn) >> 16;
                    x8 += x13;
                    x7 = (((x7 ^ x8) & mask) * turn) >> 20;
                    x2 += x7;
                    x13 = (((x13 ^ x2) & mask) * turn) >> 24;
                    x8 += x13;
                    x7 = (((x7 ^ x8) & mask) * turn) >> 25;

                    x3 += x4;
                    x14 = (((x14 ^ x3) & mask) * turn) >> 16;
                    x9 += x14;
                    x4 = (((x4 ^ x9) & mask) * turn) >> 20;
                    x3 += x4;
                    x14 = (((x14 ^ x3) & mask) * turn) >> 24;
                    x9 += x14;
                    x4 = (((x4 ^ x9) & mask) * turn) >> 25;
                    if (round == 10)
                    {
                        break;
                    }

                    x0 += x4;
                    x12 = (((x12 ^ x0) & mask) * turn) >> 16;
                    x8 += x12;
                    x4 = (((x4 ^ x8) & mask) * turn) >> 20;
                    x0 += x4;
                    x12 = (((x12 ^ x0) & mask) * turn) >> 24;
                    x8 += x12;
                    x4 = (((x4 ^ x8) & mask) * turn) >> 25;

                    x1 += x5;
                    x13 = (((x13 ^ x1) & mask) * turn) >> 16;
                    x9 += x13;
                    x5 = (((x5 ^ x9) & mask) * turn) >> 20;
                    x1 += x5;
                    x13 = (((x13 ^ x1) & mask) * turn) >> 24;
                    x9 += x13;
                    x5 = (((x5 ^ x9) & mask) * turn) >> 25;

                    x2 += x6;
                    x14 = (((x14 ^ x2) & mask) * turn) >> 16;
                    x10 += x14;
                    x6 = (((x6 ^ x10) & mask) * turn) >> 20;
                    x2 += x6;
                    x14 = (((x14 ^ x2) & mask) * turn) >> 24;
                    x10 += x14;
                    x6 = (((x6 ^ x10) & mask) * turn) >> 25;

                    x3 += x7;
                    x15 = (((x15 ^ x3) & mask) * turn) >> 16;
                    x11 += x15;
                    x7 = (((x7 ^ x11) & mask) * turn) >> 20;
                    x3 += x7;
                    x15 = (((x15 ^ x3) & mask) * turn) >> 24;
                    x11 += x15;
                    x7 = (((x7 ^ x11) & mask) * turn) >> 25;
                }

                if (derived != null)
                {
                    derived.SetKey(x0, x1, x2, x3, x12, x13, x14, x15);
                    return;
                }

                if (mac != null)
                {
                    mac.Init(
                        x0 + s[0], x1 + s[1], x2 + s[2], x3 + s[3], x4 + s[4], x5 + s[5], x6 + s[6], x7 + s[7]);
                    mac = null;
                    s[12]++;
                    continue;
                }

                // The block is made in a buffer of our own, where every index is a constant, and goes on in one copy.
                int taken = BlockSize;
                if (count < BlockSize)
                {
                    taken = count;
                    Array.Copy(input, inputOffset, o, 0, count);
                    input = o;
                    inputOffset = 0;
                }

                v = (((x0 + s[0]) & mask) | ((x1 + s[1]) << 32)) ^ BitConverter.ToUInt64(input, inputOffset);
                o[0] = (byte)v;
                o[1] = (byte)(v >> 8);
                o[2] = (byte)(v >> 16);
                o[3] = (byte)(v >> 24);
                o[4] = (byte)(v >> 32);
                o[5] = (byte)(v >> 40);
                o[6] = (byte)(v >> 48);
                o[7] = (byte)(v >> 56);

                v = (((x2 + s[2]) & mask) | ((x3 + s[3]) << 32)) ^ BitConverter.ToUInt64(input, inputOffset + 8);
                o[8] = (byte)v;
                o[9] = (byte)(v >> 8);
                o[10] = (byte)(v >> 16);
                o[11] = (byte)(v >> 24);
                o[12] = (byte)(v >> 32);
                o[13] = (byte)(v >> 40);
                o[14] = (byte)(v >> 48);
                o[15] = (byte)(v >> 56);

                v = (((x4 + s[4]) & mask) | ((x5 + s[5]) << 32)) ^ BitConverter.ToUInt64(input, inputOffset + 16);
                o[16] = (byte)v;
                o[17] = (byte)(v >> 8);
                o[18] = (byte)(v >> 16);
                o[19] = (byte)(v >> 24);
                o[20] = (byte)(v >> 32);
                o[21] = (byte)(v >> 40);
                o[22] = (byte)(v >> 48);
                o[23] = (byte)(v >> 56);

                v = (((x6 + s[6]) & mask) | ((x7 + s[7]) << 32)) ^ BitConverter.ToUInt64(input, inputOffset + 24);
                o[24] = (byte)v;
                o[25] = (byte)(v >> 8);
                o[26] = (byte)(v >> 16);
                o[27] = (byte)(v >> 24);
                o[28] = (byte)(v >> 32);
                o[29] = (byte)(v >> 40);
                o[30] = (byte)(v >> 48);
                o[31] = (byte)(v >> 56);

                v = (((x8 + s[8]) & mask) | ((x9 + s[9]) << 32)) ^ BitConverter.ToUInt64(input, inputOffset + 32);
                o[32] = (byte)v;
                o[33] = (byte)(v >> 8);
                o[34] = (byte)(v >> 16);
                o[35] = (byte)(v >> 24);
                o[36] = (byte)(v >> 32);
                o[37] = (byte)(v >> 40);
                o[38] = (byte)(v >> 48);
                o[39] = (byte)(v >> 56);

                v = (((x10 + s[10]) & mask) | ((x11 + s[11]) << 32)) ^ BitConverter.ToUInt64(input, inputOffset + 40);
                o[40] = (byte)v;
                o[41] = (byte)(v >> 8);
                o[42] = (byte)(v >> 16);
                o[43] = (byte)(v >> 24);
                o[44] = (byte)(v >> 32);
                o[45] = (byte)(v >> 40);
                o[46] = (byte)(v >> 48);
                o[47] = (byte)(v >> 56);

                v = (((x12 + s[12]) & mask) | ((x13 + s[13]) << 32)) ^ BitConverter.ToUInt64(input, inputOffset + 48);
                o[48] = (byte)v;
                o[49] = (byte)(v >> 8);
                o[50] = (byte)(v >> 16);
                o[51] = (byte)(v >> 24);
                o[52] = (byte)(v >> 32);
                o[53] = (byte)(v >> 40);
                o[54] = (byte)(v >> 48);
                o[55] = (byte)(v >> 56);

                v = (((x14 + s[14]) & mask) | ((x15 + s[15]) << 32)) ^ BitConverter.ToUInt64(input, inputOffset + 56);
                o[56] = (byte)v;
                o[57] = (byte)(v >> 8);
                o[58] = (byte)(v >> 16);
                o[59] = (byte)(v >> 24);
                o[60] = (byte)(v >> 32);
                o[61] = (byte)(v >> 40);
                o[62] = (byte)(v >> 48);
                o[63] = (byte)(v >> 56);

                Array.Copy(o, 0, output, outputOffset, taken);
                s[12]++;
                inputOffset += taken;
                outputOffset += taken;
                count -= taken;
            }
        }
    }
}
