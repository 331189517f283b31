using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Sealing
{
    /// <summary>How a direct whisper is sealed: Noise X inside, the recipient's mailbox outside.</summary>
    internal sealed class OutgoingDirectSeal : OutgoingSeal
    {
        /// <summary>The sender's private key, 32 bytes.</summary>
        internal readonly byte[] StaticKey = new byte[X25519.KeySize];

        /// <summary>Its public key.</summary>
        internal readonly byte[] StaticPublic = new byte[X25519.KeySize];

        /// <summary>The recipient's public key.</summary>
        internal readonly byte[] Recipient = new byte[X25519.KeySize];

        /// <summary>The key of later parts, 32 bytes, once part 0 is written.</summary>
        internal readonly byte[] PartKey = new byte[X25519.KeySize];

        /// <summary>The key of the acknowledgement, 32 bytes, once part 0 is written.</summary>
        internal readonly byte[] AckKey = new byte[X25519.KeySize];

        private readonly MacWorkspace _mac;

        internal OutgoingDirectSeal(MacWorkspace mac)
        {
            _mac = mac;
        }

        /// <inheritdoc/>
        internal override bool Write(
            WhisperHeader header,
            byte[] payload,
            int offset,
            byte[] frame,
            int at,
            byte[] whisper,
            ChaChaRandom random)
        {
            byte[] inner = new byte[whisper.Length - DirectSeal.Overhead];
            header.Write(payload, offset, inner, 0, inner.Length);
            return DirectSeal.Seal(inner, StaticKey, StaticPublic, Recipient, random, _mac, frame, at, whisper, PartKey,
                AckKey);
        }

        /// <inheritdoc/>
        internal override void Wipe()
        {
            base.Wipe();
            CryptoBytes.Wipe(StaticKey);
            CryptoBytes.Wipe(PartKey);
            CryptoBytes.Wipe(AckKey);
        }
    }
}
