using System;

namespace WhispurrNet.Protocol.Crypto
{
    // Half the work of a short MAC is hashing the two padded keys, and protocols use one key several times in a row
    // (HKDF does so within one call). So the hash states after the pads of the last key are kept. Whether they fit is
    // decided by comparing the key's bytes, not the reference: callers overwrite key buffers in place. The pads are added
    // while the hash reads the key's block, and no padded key is written.
    //
    // IL: 28,754 for 32 bytes under a new key, four blocks; half of that under the last one.

    /// <summary>Managed HMAC-SHA256, RFC 2104. Keeps the last key's pads until <see cref="Wipe"/>.</summary>
    public sealed class HmacSha256 : IHmacSha256
    {
        /// <summary>Size of a MAC in bytes.</summary>
        public const int MacSize = Sha256.HashSize;

        private readonly Sha256 _hash = new Sha256();
        private readonly byte[] _padded = new byte[Sha256.BlockSize];
        private readonly byte[] _cachedKey = new byte[Sha256.BlockSize];
        private readonly uint[] _innerState = new uint[Sha256.StateSize];
        private readonly uint[] _outerState = new uint[Sha256.StateSize];
        private readonly byte[] _digest = new byte[Sha256.HashSize];
        private bool _hasCachedKey;

        /// <summary>Computes a MAC, RFC 2104 over SHA-256.</summary>
        /// <param name="key">The whole array is the key; any size, also 0. More than 64 bytes are hashed first.</param>
        /// <param name="data">Buffer holding the message.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its size in bytes, 0 or more.</param>
        /// <param name="mac">Receives 32 bytes; may be the buffer the message or the key is in.</param>
        /// <param name="macOffset">Where they go.</param>
        /// <exception cref="ArgumentNullException">A buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A range is outside its buffer.</exception>
        public void Compute(byte[] key, byte[] data, int offset, int count, byte[] mac, int macOffset)
        {
            if (key == null)
            {
                throw new ArgumentNullException("key");
            }

            CryptoBytes.CheckRange(data, offset, count, "data");
            CryptoBytes.CheckRange(mac, macOffset, MacSize, "mac");
            PreparePads(key);
            _hash.ContinueFrom(_innerState);
            _hash.Update(data, offset, count);
            _hash.Finish(_digest, 0);
            _hash.ContinueFrom(_outerState);
            _hash.Update(_digest, 0, MacSize);
            _hash.Finish(mac, macOffset);
            Array.Clear(_digest, 0, MacSize);
        }

        /// <summary>Overwrites the kept key, its pads and the scratch space.</summary>
        public void Wipe()
        {
            _hash.Wipe();
            Array.Clear(_padded, 0, _padded.Length);
            Array.Clear(_cachedKey, 0, _cachedKey.Length);
            Array.Clear(_innerState, 0, _innerState.Length);
            Array.Clear(_outerState, 0, _outerState.Length);
            Array.Clear(_digest, 0, _digest.Length);
            _hasCachedKey = false;
        }

        private void PreparePads(byte[] key)
        {
            Array.Clear(_padded, 0, _padded.Length);
            if (key.Length > Sha256.BlockSize)
            {
                _hash.Update(key, 0, key.Length);
                _hash.Finish(_padded, 0);
            }
            else
            {
                Array.Copy(key, 0, _padded, 0, key.Length);
            }

            ulong difference = 0;
            for (int i = 0; i < Sha256.BlockSize; i += 8)
            {
                difference |= BitConverter.ToUInt64(_padded, i) ^ BitConverter.ToUInt64(_cachedKey, i);
            }

            if (_hasCachedKey && difference == 0)
            {
                return;
            }

            Array.Copy(_padded, 0, _cachedKey, 0, _padded.Length);
            _hash.HashFirstBlock(_padded, 0x3636363636363636, _innerState);
            _hash.HashFirstBlock(_padded, 0x5c5c5c5c5c5c5c5c, _outerState);
            Array.Clear(_padded, 0, _padded.Length);
            _hasCachedKey = true;
        }
    }
}
