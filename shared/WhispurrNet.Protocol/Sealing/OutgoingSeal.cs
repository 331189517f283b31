using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Sealing
{
    /// <summary>
    /// How one whisper is sealed: the keys of its tag and its seal, and its lifetime. Made for one whisper, wiped and
    /// dropped.
    /// </summary>
    internal class OutgoingSeal
    {
        /// <summary>Key of the tag, 32 bytes.</summary>
        internal readonly byte[] TagKey = new byte[NetworkKeySize];

        /// <summary>Key of the seal, 32 bytes.</summary>
        internal readonly byte[] SealKey = new byte[NetworkKeySize];

        /// <summary>Where in the tag key's HMAC of the nonce the tag stands: 0, or 8 for an emergency.</summary>
        internal int TagPosition;

        /// <summary>Whose budget it takes from: one of the following.</summary>
        internal int Budget;

        /// <summary>The application's whispers.</summary>
        internal const int OfWhispers = 0;

        /// <summary>The application's emergencies: other whispers cannot use theirs up.</summary>
        internal const int OfEmergencies = 1;

        /// <summary>
        /// What the node does by itself, acknowledgements and successors: it takes nothing from the application's.
        /// </summary>
        internal const int OfNode = 2;

        /// <summary>None: the node's contact card, which comes once an hour.</summary>
        internal const int OfNobody = 3;

        private const int NetworkKeySize = Network.NetworkKeys.KeySize;

        /// <summary>Writes what goes inside the seal.</summary>
        /// <param name="header">The whisper's header.</param>
        /// <param name="payload">Holds the payload.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="frame">The frame, up to its nonce.</param>
        /// <param name="at">Where it starts.</param>
        /// <param name="whisper">Receives it.</param>
        /// <param name="random">The node's random source.</param>
        /// <returns>False when it cannot be sealed; the frame is then of no use.</returns>
        internal virtual bool Write(
            WhisperHeader header,
            byte[] payload,
            int offset,
            byte[] frame,
            int at,
            byte[] whisper,
            ChaChaRandom random)
        {
            header.Write(payload, offset, whisper, 0, whisper.Length);
            return true;
        }

        /// <summary>Overwrites the keys.</summary>
        internal virtual void Wipe()
        {
            CryptoBytes.Wipe(TagKey);
            CryptoBytes.Wipe(SealKey);
        }
    }
}
