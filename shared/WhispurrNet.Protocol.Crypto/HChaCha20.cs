using System;

namespace WhispurrNet.Protocol.Crypto
{
    // HChaCha20 is a ChaCha20 block without the final addition of the initial state: the cipher's kernel hands out its
    // words before that addition, straight into the cipher that the subkey is for.
    //
    // IL: 5,787, of which the block has 5,074.

    /// <summary>HChaCha20, draft-irtf-cfrg-xchacha-03 section 2.2: a subkey from a key and a nonce.</summary>
    public sealed class HChaCha20
    {
        /// <summary>Size of a key, and of a subkey, in bytes.</summary>
        public const int KeySize = 32;

        /// <summary>Size of a nonce in bytes.</summary>
        public const int NonceSize = 16;

        private readonly ChaCha20 _cipher = new ChaCha20();
        private readonly ChaCha20 _derived = new ChaCha20();

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
            CryptoBytes.CheckRange(subkey, subkeyOffset, KeySize, "subkey");
            Derive(_cipher, nonce, nonceOffset, _derived);
            _derived.WriteKeyToOwnBlock();
            Array.Copy(_derived.OwnBlock, 0, subkey, subkeyOffset, KeySize);
            _derived.Wipe();
        }

        /// <summary>Gives a cipher the subkey that belongs to another one's key and a nonce of 16 bytes.</summary>
        internal static void Derive(ChaCha20 cipher, byte[] nonce, int nonceOffset, ChaCha20 derived)
        {
            CryptoBytes.CheckRange(nonce, nonceOffset, NonceSize, "nonce");
            cipher.Start(nonce, nonceOffset + 4, BitConverter.ToUInt32(nonce, nonceOffset));
            cipher.Run(null, derived, null, 0, null, 0, 0);
        }

        /// <summary>Overwrites the key and the scratch space. A key has to be set again before further use.</summary>
        public void Wipe()
        {
            _cipher.Wipe();
        }
    }
}
