using System;

namespace WhispurrNet.Protocol.Crypto
{
    // The board interprets IL, and there a 64-bit operation costs what a 32-bit one costs. So every state word
    // lives in the low half of a ulong, additions leave their carries in the high half, and a rotation is one
    // product: (v * (2^32 + 1)) >> (32 - n) has rotl(v, n) in its low half. Only the value about to be rotated has
    // to be cut to 32 bits, which makes a step 14 IL instructions instead of the 16 of plain shifts.

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

            // "expand 32-byte k", RFC 8439 section 2.3.
            _state[0] = 0x61707865;
            _state[1] = 0x3320646e;
            _state[2] = 0x79622d32;
            _state[3] = 0x6b206574;
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
            Start(nonce, nonceOffset, counter);
            Array.Clear(_block, 0, BlockSize);
            XorBlock(_block, 0);
            Array.Copy(_block, 0, output, outputOffset, BlockSize);
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

            Start(nonce, nonceOffset, counter);
            while (count >= BlockSize)
            {
                XorBlock(input, inputOffset);
                Array.Copy(_block, 0, output, outputOffset, BlockSize);
                _state[12]++;
                inputOffset += BlockSize;
                outputOffset += BlockSize;
                count -= BlockSize;
            }

            if (count > 0)
            {
                Array.Copy(input, inputOffset, _block, 0, count);
                XorBlock(_block, 0);
                Array.Copy(_block, 0, output, outputOffset, count);
            }
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
            XorBlock(_block, 0);
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

        private void Start(byte[] nonce, int nonceOffset, uint counter)
        {
            CryptoBytes.CheckRange(nonce, nonceOffset, NonceSize, "nonce");
            CheckKey();
            _state[12] = counter;
            _state[13] = BitConverter.ToUInt32(nonce, nonceOffset);
            _state[14] = BitConverter.ToUInt32(nonce, nonceOffset + 4);
            _state[15] = BitConverter.ToUInt32(nonce, nonceOffset + 8);
        }

        // One block: block = input[offset .. offset + 63] xor keystream. The result goes to a buffer of our own, where
        // every index is a constant, and from there in one native copy.
        private void XorBlock(byte[] input, int offset)
        {
            ulong[] s = _state;
            ulong mask = 0xFFFFFFFF;
            ulong turn = 0x100000001;
            ulong x0 = s[0], x1 = s[1], x2 = s[2], x3 = s[3];
            ulong x4 = s[4], x5 = s[5], x6 = s[6], x7 = s[7];
            ulong x8 = s[8], x9 = s[9], x10 = s[10], x11 = s[11];
            ulong x12 = s[12], x13 = s[13], x14 = s[14], x15 = s[15];
            for (int round = 0; round < 10; round++)
            {
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
            }

            byte[] o = _block;
            ulong v;
            v = (((x0 + s[0]) & mask) | ((x1 + s[1]) << 32)) ^ BitConverter.ToUInt64(input, offset);
            o[0] = (byte)v;
            o[1] = (byte)(v >> 8);
            o[2] = (byte)(v >> 16);
            o[3] = (byte)(v >> 24);
            o[4] = (byte)(v >> 32);
            o[5] = (byte)(v >> 40);
            o[6] = (byte)(v >> 48);
            o[7] = (byte)(v >> 56);

            v = (((x2 + s[2]) & mask) | ((x3 + s[3]) << 32)) ^ BitConverter.ToUInt64(input, offset + 8);
            o[8] = (byte)v;
            o[9] = (byte)(v >> 8);
            o[10] = (byte)(v >> 16);
            o[11] = (byte)(v >> 24);
            o[12] = (byte)(v >> 32);
            o[13] = (byte)(v >> 40);
            o[14] = (byte)(v >> 48);
            o[15] = (byte)(v >> 56);

            v = (((x4 + s[4]) & mask) | ((x5 + s[5]) << 32)) ^ BitConverter.ToUInt64(input, offset + 16);
            o[16] = (byte)v;
            o[17] = (byte)(v >> 8);
            o[18] = (byte)(v >> 16);
            o[19] = (byte)(v >> 24);
            o[20] = (byte)(v >> 32);
            o[21] = (byte)(v >> 40);
            o[22] = (byte)(v >> 48);
            o[23] = (byte)(v >> 56);

            v = (((x6 + s[6]) & mask) | ((x7 + s[7]) << 32)) ^ BitConverter.ToUInt64(input, offset + 24);
            o[24] = (byte)v;
            o[25] = (byte)(v >> 8);
            o[26] = (byte)(v >> 16);
            o[27] = (byte)(v >> 24);
            o[28] = (byte)(v >> 32);
            o[29] = (byte)(v >> 40);
            o[30] = (byte)(v >> 48);
            o[31] = (byte)(v >> 56);

            v = (((x8 + s[8]) & mask) | ((x9 + s[9]) << 32)) ^ BitConverter.ToUInt64(input, offset + 32);
            o[32] = (byte)v;
            o[33] = (byte)(v >> 8);
            o[34] = (byte)(v >> 16);
            o[35] = (byte)(v >> 24);
            o[36] = (byte)(v >> 32);
            o[37] = (byte)(v >> 40);
            o[38] = (byte)(v >> 48);
            o[39] = (byte)(v >> 56);

            v = (((x10 + s[10]) & mask) | ((x11 + s[11]) << 32)) ^ BitConverter.ToUInt64(input, offset + 40);
            o[40] = (byte)v;
            o[41] = (byte)(v >> 8);
            o[42] = (byte)(v >> 16);
            o[43] = (byte)(v >> 24);
            o[44] = (byte)(v >> 32);
            o[45] = (byte)(v >> 40);
            o[46] = (byte)(v >> 48);
            o[47] = (byte)(v >> 56);

            v = (((x12 + s[12]) & mask) | ((x13 + s[13]) << 32)) ^ BitConverter.ToUInt64(input, offset + 48);
            o[48] = (byte)v;
            o[49] = (byte)(v >> 8);
            o[50] = (byte)(v >> 16);
            o[51] = (byte)(v >> 24);
            o[52] = (byte)(v >> 32);
            o[53] = (byte)(v >> 40);
            o[54] = (byte)(v >> 48);
            o[55] = (byte)(v >> 56);

            v = (((x14 + s[14]) & mask) | ((x15 + s[15]) << 32)) ^ BitConverter.ToUInt64(input, offset + 56);
            o[56] = (byte)v;
            o[57] = (byte)(v >> 8);
            o[58] = (byte)(v >> 16);
            o[59] = (byte)(v >> 24);
            o[60] = (byte)(v >> 32);
            o[61] = (byte)(v >> 40);
            o[62] = (byte)(v >> 48);
            o[63] = (byte)(v >> 56);
        }
    }
}
