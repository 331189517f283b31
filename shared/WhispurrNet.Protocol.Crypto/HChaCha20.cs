using System;

namespace WhispurrNet.Protocol.Crypto
{
    // HChaCha20 is a ChaCha20 block without the final addition of the initial state. Rows one and four of that state
    // are public (constants and nonce), so the subkey is had by running the plain block function and taking them off
    // again, which spares a second copy of the kernel.

    /// <summary>HChaCha20, draft-irtf-cfrg-xchacha-03 section 2.2: a subkey from a key and a nonce.</summary>
    public sealed class HChaCha20
    {
        /// <summary>Size of a key, and of a subkey, in bytes.</summary>
        public const int KeySize = 32;

        /// <summary>Size of a nonce in bytes.</summary>
        public const int NonceSize = 16;

        private readonly ChaCha20 _cipher = new ChaCha20();
        private readonly byte[] _block = new byte[ChaCha20.BlockSize];

        /// <summary>Takes a copy of the key; it stays until the next key or <see cref="Wipe"/>.</summary>
        /// <param name="key">Buffer holding the key.</param>
        /// <param name="keyOffset">Where the 32 key bytes start.</param>
        /// <exception cref="ArgumentNullException">The buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Fewer than 32 bytes are there.</exception>
        public void SetKey(byte[] key, int keyOffset)
        {
            _cipher.SetKey(key, keyOffset);
        }

        /// <summary>Derives the subkey that belongs to a nonce.</summary>
        /// <param name="nonce">Buffer holding the nonce.</param>
        /// <param name="nonceOffset">Where the 16 nonce bytes start.</param>
        /// <param name="subkey">Receives 32 bytes.</param>
        /// <param name="subkeyOffset">Where they go.</param>
        /// <exception cref="ArgumentNullException">A buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A range is outside its buffer.</exception>
        /// <exception cref="InvalidOperationException">No key is set.</exception>
        public void DeriveKey(byte[] nonce, int nonceOffset, byte[] subkey, int subkeyOffset)
        {
            CryptoBytes.CheckRange(nonce, nonceOffset, NonceSize, "nonce");
            CryptoBytes.CheckRange(subkey, subkeyOffset, KeySize, "subkey");
            _cipher.Block(nonce, nonceOffset + 4, BitConverter.ToUInt32(nonce, nonceOffset), _block, 0);
            TakeOff(0, 0x61707865, subkey, subkeyOffset);
            TakeOff(4, 0x3320646e, subkey, subkeyOffset + 4);
            TakeOff(8, 0x79622d32, subkey, subkeyOffset + 8);
            TakeOff(12, 0x6b206574, subkey, subkeyOffset + 12);
            for (int i = 0; i < NonceSize; i += 4)
            {
                TakeOff(48 + i, BitConverter.ToUInt32(nonce, nonceOffset + i), subkey, subkeyOffset + 16 + i);
            }

            Array.Clear(_block, 0, _block.Length);
        }

        /// <summary>Overwrites the key and the scratch space. A key has to be set again before further use.</summary>
        public void Wipe()
        {
            _cipher.Wipe();
            Array.Clear(_block, 0, _block.Length);
        }

        private void TakeOff(int blockOffset, uint initial, byte[] subkey, int subkeyOffset)
        {
            CryptoBytes.StoreUInt32(BitConverter.ToUInt32(_block, blockOffset) - initial, subkey, subkeyOffset);
        }
    }
}
