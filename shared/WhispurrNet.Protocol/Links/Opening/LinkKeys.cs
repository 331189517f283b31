using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Noise;

namespace WhispurrNet.Protocol.Links.Opening
{
    /// <summary>
    /// Everything that a link is given when it is opened, in one buffer: the secret of the next resumption, a key for each
    /// direction, the key of short ids, the link tag, and the responder's confirmation of a resumption.
    /// </summary>
    internal sealed class LinkKeys
    {
        internal const int ConfirmationSize = 8;
        internal const int ConfirmationOffset = TagOffset + 4;

        private const int KeySize = 32;
        private const int InitiatorKeyOffset = KeySize;
        private const int ResponderKeyOffset = 2 * KeySize;
        private const int ShortIdKeyOffset = 3 * KeySize;
        private const int TagOffset = ShortIdKeyOffset + LinkSession.KeySize;
        private const int Size = 4 * KeySize;
        private const int ExportedSize = 2 * KeySize;

        /// <summary>The next secret at the start, 32 bytes.</summary>
        internal readonly byte[] Bytes = new byte[Size];

        /// <summary>Writes the MAC by which the side that dials names a secret into the workspace.</summary>
        /// <param name="mac">The workspace.</param>
        /// <param name="secret">32 bytes.</param>
        /// <param name="sideA">Whether the side that dials is the one that began the full handshake.</param>
        internal static void ComputeHandle(MacWorkspace mac, byte[] secret, bool sideA)
        {
            byte[] label = Labels.Handle(LetterOf(sideA));
            mac.Compute(secret, label, 0, label.Length);
        }

        /// <summary>Writes the MAC of a RESUME into the workspace.</summary>
        /// <param name="mac">The workspace.</param>
        /// <param name="secret">32 bytes.</param>
        /// <param name="sideA">As for the handle.</param>
        /// <param name="record">Holds the record, complete but for its MAC.</param>
        /// <param name="offset">Where it starts.</param>
        internal static void ComputeMac(MacWorkspace mac, byte[] secret, bool sideA, byte[] record, int offset)
        {
            byte[] label = Labels.Resume(LetterOf(sideA));
            byte[] data = new byte[label.Length + OpeningRecord.MacOffset];
            System.Array.Copy(label, 0, data, 0, label.Length);
            System.Array.Copy(record, offset, data, label.Length, OpeningRecord.MacOffset);
            mac.Compute(secret, data, 0, data.Length);
        }

        /// <summary>Derives everything from a secret and both sides' nonces.</summary>
        /// <param name="hmac">HMAC-SHA256.</param>
        /// <param name="secret">32 bytes.</param>
        /// <param name="nonces">The initiator's, then the responder's.</param>
        internal void Resume(IHmacSha256 hmac, byte[] secret, byte[] nonces)
        {
            byte[] prk = new byte[KeySize];
            Hkdf hkdf = new Hkdf(hmac);
            hkdf.Extract(Labels.Resumption(), secret, prk);
            hkdf.Expand(prk, nonces, Bytes, 0, Size);
            CryptoBytes.Wipe(prk);
        }

        /// <summary>Takes everything from a finished handshake.</summary>
        internal void Take(IHmacSha256 hmac, HandshakeState handshake)
        {
            byte[] root = new byte[KeySize];
            byte[] other = new byte[KeySize];
            handshake.Split(root, other);
            System.Array.Copy(root, 0, Bytes, InitiatorKeyOffset, KeySize);
            System.Array.Copy(other, 0, Bytes, ResponderKeyOffset, KeySize);
            handshake.Export(Labels.LinkHandshake(), root);
            byte[] exported = new byte[ExportedSize];
            new Hkdf(hmac).Expand(root, Labels.LinkSecrets(), exported, 0, ExportedSize);
            System.Array.Copy(exported, 0, Bytes, 0, KeySize);
            System.Array.Copy(exported, KeySize, Bytes, ShortIdKeyOffset, LinkSession.KeySize + 4);
            CryptoBytes.Wipe(root);
            CryptoBytes.Wipe(other);
            CryptoBytes.Wipe(exported);
        }

        /// <summary>Gives a link its keys and its tag; what it sends from here on is protected.</summary>
        internal void Apply(LinkSession link)
        {
            link.Protection.SetKeys(
                Bytes,
                link.Initiator ? InitiatorKeyOffset : ResponderKeyOffset,
                link.Initiator ? ResponderKeyOffset : InitiatorKeyOffset);
            System.Array.Copy(Bytes, ShortIdKeyOffset, link.Key, 0, LinkSession.KeySize);
            link.Tag = ByteOrder.ReadUInt32(Bytes, TagOffset);
            link.IsProtected = true;
        }

        /// <summary>Overwrites everything.</summary>
        internal void Wipe()
        {
            CryptoBytes.Wipe(Bytes);
        }

        private static char LetterOf(bool sideA)
        {
            return sideA ? 'A' : 'B';
        }
    }
}
