using System;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Extras.Crypto;
using WhispurrNet.Protocol.Noise;

namespace WhispurrNet.Protocol.Extras.Noise
{
    // IL: a MAC is four blocks of BLAKE2s at 5,127, and one more for every 64 bytes of message after the first 64.

    /// <summary>BLAKE2s for handshakes and HMAC over it, Noise specification revision 34, sections 4.3 and 12.7.</summary>
    public sealed class NoiseBlake2s : INoiseHash
    {
        private readonly Blake2s _hash = new Blake2s();

        // A MAC may be asked for in the middle of a message.
        private readonly Blake2s _mac = new Blake2s();
        private readonly byte[] _padded = new byte[Blake2s.BlockSize];
        private readonly byte[] _digest = new byte[Blake2s.HashSize];

        /// <inheritdoc/>
        public string Name
        {
            get { return "BLAKE2s"; }
        }

        /// <inheritdoc/>
        public void Update(byte[] data, int offset, int count)
        {
            _hash.Update(data, offset, count);
        }

        /// <inheritdoc/>
        public void Finish(byte[] hash, int offset)
        {
            _hash.Finish(hash, offset);
        }

        /// <inheritdoc/>
        /// <exception cref="ArgumentNullException">A buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A range is outside its buffer, or the key too long.</exception>
        public void Hmac(byte[] key, byte[] data, int offset, int count, byte[] mac, int macOffset)
        {
            if (key == null)
            {
                throw new ArgumentNullException("key");
            }

            if (key.Length > Blake2s.BlockSize)
            {
                throw new ArgumentOutOfRangeException("key");
            }

            CryptoBytes.CheckRange(data, offset, count, "data");
            CryptoBytes.CheckRange(mac, macOffset, Blake2s.HashSize, "mac");
            Array.Copy(key, 0, _padded, 0, key.Length);
            AddPad(0x36);
            _mac.Update(data, offset, count);
            _mac.Finish(_digest, 0);
            AddPad(0x36 ^ 0x5c);
            _mac.Update(_digest, 0, Blake2s.HashSize);
            _mac.Finish(mac, macOffset);
            CryptoBytes.Wipe(_padded);
            CryptoBytes.Wipe(_digest);
        }

        /// <inheritdoc/>
        public void Wipe()
        {
            _hash.Wipe();
            _mac.Wipe();
            CryptoBytes.Wipe(_padded);
            CryptoBytes.Wipe(_digest);
        }

        // Changes the padded key in place, so that the second pad takes the first one off again.
        private void AddPad(byte pad)
        {
            for (int i = 0; i < Blake2s.BlockSize; i++)
            {
                _padded[i] ^= pad;
            }

            _mac.Update(_padded, 0, Blake2s.BlockSize);
        }
    }
}
