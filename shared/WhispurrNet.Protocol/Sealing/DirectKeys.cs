using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Sealing
{
    /// <summary>What part 0 of a direct whisper gives its recipient besides the whisper.</summary>
    internal sealed class DirectKeys
    {
        /// <summary>The sender's public key, which the message proves, 32 bytes.</summary>
        internal readonly byte[] Sender = new byte[X25519.KeySize];

        /// <summary>The key of later parts, 32 bytes.</summary>
        internal readonly byte[] PartKey = new byte[X25519.KeySize];

        /// <summary>The key of the acknowledgement, 32 bytes.</summary>
        internal readonly byte[] AckKey = new byte[X25519.KeySize];

        /// <summary>Overwrites the keys.</summary>
        internal void Wipe()
        {
            CryptoBytes.Wipe(PartKey);
            CryptoBytes.Wipe(AckKey);
        }
    }
}
