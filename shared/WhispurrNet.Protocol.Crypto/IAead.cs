namespace WhispurrNet.Protocol.Crypto
{
    /// <summary>
    /// An AEAD that is keyed again rather than made anew: the board's own <see cref="ChaCha20Poly1305"/> and
    /// <see cref="XChaCha20Poly1305"/>, or what a desk has for them (<see cref="IPrimitives"/>).
    /// </summary>
    public interface IAead
    {
        /// <summary>Takes a copy of the key; it stays until the next key or <see cref="Wipe"/>.</summary>
        /// <param name="key">Buffer holding the key.</param>
        /// <param name="keyOffset">Where the 32 key bytes start.</param>
        void SetKey(byte[] key, int keyOffset);

        /// <summary>Encrypts and authenticates. Plaintext and output may start at one place.</summary>
        /// <param name="nonce">Buffer holding the nonce.</param>
        /// <param name="nonceOffset">Where its bytes start.</param>
        /// <param name="ad">Buffer holding the associated data; null when there is none.</param>
        /// <param name="adOffset">Where it starts.</param>
        /// <param name="adCount">Its size in bytes, 0 or more.</param>
        /// <param name="plaintext">Buffer holding the plaintext.</param>
        /// <param name="plaintextOffset">Where it starts.</param>
        /// <param name="count">Its size in bytes, 0 or more.</param>
        /// <param name="output">Receives <paramref name="count"/> + 16 bytes: ciphertext, then tag.</param>
        /// <param name="outputOffset">Where they go.</param>
        void Seal(
            byte[] nonce, int nonceOffset, byte[] ad, int adOffset, int adCount,
            byte[] plaintext, int plaintextOffset, int count, byte[] output, int outputOffset);

        /// <summary>Verifies and only then decrypts. Sealed bytes and output may start at one place.</summary>
        /// <param name="nonce">Buffer holding the nonce.</param>
        /// <param name="nonceOffset">Where its bytes start.</param>
        /// <param name="ad">Buffer holding the associated data; null when there is none.</param>
        /// <param name="adOffset">Where it starts.</param>
        /// <param name="adCount">Its size in bytes, 0 or more.</param>
        /// <param name="sealedBytes">Buffer holding ciphertext and tag.</param>
        /// <param name="sealedOffset">Where they start.</param>
        /// <param name="sealedCount">Their size in bytes; less than 16 is refused.</param>
        /// <param name="output">Receives <paramref name="sealedCount"/> - 16 bytes of plaintext.</param>
        /// <param name="outputOffset">Where they go.</param>
        /// <returns>True when the tag fits; otherwise false and the output is untouched.</returns>
        bool Open(
            byte[] nonce, int nonceOffset, byte[] ad, int adOffset, int adCount,
            byte[] sealedBytes, int sealedOffset, int sealedCount, byte[] output, int outputOffset);

        /// <summary>Overwrites the key and the scratch space. A key has to be set again before further use.</summary>
        void Wipe();
    }
}
