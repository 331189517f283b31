using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Links.Opening
{
    /// <summary>
    /// X25519 key pairs made ahead of need, so that nobody in a contact waits for one. Each is used for one handshake and
    /// forgotten here as soon as it is taken.
    /// </summary>
    public sealed class KeyPairPool
    {
        private const int PairSize = 2 * X25519.KeySize;

        private readonly byte[] _pairs;
        private int _count;

        /// <summary>An empty pool.</summary>
        /// <param name="capacity">Most pairs.</param>
        public KeyPairPool(int capacity)
        {
            _pairs = new byte[capacity * PairSize];
        }

        /// <summary>Pairs that are ready.</summary>
        public int Count
        {
            get { return _count; }
        }

        /// <summary>True when no further pair has room.</summary>
        public bool IsFull
        {
            get { return _count * PairSize == _pairs.Length; }
        }

        /// <summary>Makes one pair, if there is room; one curve operation.</summary>
        /// <param name="random">Source of the private key.</param>
        /// <param name="mac">Has the curve.</param>
        public void Make(ChaChaRandom random, MacWorkspace mac)
        {
            if (IsFull)
            {
                return;
            }

            // Dropped again: it takes most of a kilobyte and is needed now and then.
            IX25519 curve = mac.CreateCurve();
            byte[] privateKey = new byte[X25519.KeySize];
            byte[] publicKey = new byte[X25519.KeySize];
            random.NextBytes(privateKey, 0, X25519.KeySize);
            curve.ScalarMultiplyBase(privateKey, publicKey);
            int at = _count * PairSize;
            System.Array.Copy(privateKey, 0, _pairs, at, X25519.KeySize);
            System.Array.Copy(publicKey, 0, _pairs, at + X25519.KeySize, X25519.KeySize);
            CryptoBytes.Wipe(privateKey);
            _count++;
        }

        /// <summary>Takes a pair out of the pool.</summary>
        /// <param name="privateKey">Receives 32 bytes; the caller's to wipe.</param>
        /// <param name="publicKey">Receives 32 bytes.</param>
        /// <returns>False when none is ready.</returns>
        public bool TryTake(byte[] privateKey, byte[] publicKey)
        {
            if (_count == 0)
            {
                return false;
            }

            _count--;
            int at = _count * PairSize;
            System.Array.Copy(_pairs, at, privateKey, 0, X25519.KeySize);
            System.Array.Copy(_pairs, at + X25519.KeySize, publicKey, 0, X25519.KeySize);
            System.Array.Clear(_pairs, at, PairSize);
            return true;
        }

        /// <summary>Overwrites every pair.</summary>
        public void Wipe()
        {
            CryptoBytes.Wipe(_pairs);
            _count = 0;
        }
    }
}
