using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Node
{
    /// <summary>
    /// An own whisper that the node still has something to do for: parts to let out, or an acknowledgement to wait for.
    /// </summary>
    internal sealed class OutgoingWhisper
    {
        /// <summary>What it is.</summary>
        internal WhisperType Type;

        /// <summary>The intent of a resonance; else null.</summary>
        internal string Intent;

        /// <summary>The recipient's identity hash, 16 bytes; null unless it is direct.</summary>
        internal byte[] Recipient;

        /// <summary>The whole payload; null once nothing is to be sent any more.</summary>
        internal byte[] Payload;

        /// <summary>Bytes of the payload.</summary>
        internal int Count;

        /// <summary>The same in every part and every resend.</summary>
        internal ulong InnerId;

        /// <summary>The identity that sends, 16 bytes, also when it has been left since.</summary>
        internal readonly byte[] Sender = new byte[WhisperHeader.SenderSize];

        /// <summary>When that was made.</summary>
        internal uint SenderTimestamp;

        /// <summary>Which of the node's identities it is, see <see cref="IdentityKeeper.Number"/>.</summary>
        internal uint IdentityNumber;

        /// <summary>When the application sent it, seconds since 1970; 0 without a clock.</summary>
        internal uint SentUnixSeconds;

        /// <summary>The frames of the present send, one for each part.</summary>
        internal ulong[] FrameIds;

        /// <summary>A bit for each of them that a neighbour has taken.</summary>
        internal uint Taken;

        /// <summary>The part that goes next; as many as there are when all are out.</summary>
        internal int NextPart;

        /// <summary>The key of later parts of the present send; null unless a direct whisper has any.</summary>
        internal byte[] PartKey;

        /// <summary>Sends that have begun.</summary>
        internal int Sends = 1;

        /// <summary>Not before this the next part, or the next send.</summary>
        internal long DueMs;

        /// <summary>When its time is over.</summary>
        internal long UntilMs;

        /// <summary>True when every part of the present send is in the store.</summary>
        internal bool IsOut
        {
            get { return NextPart == FrameIds.Length; }
        }

        /// <summary>True when every frame of the present send was taken by a neighbour.</summary>
        internal bool IsTaken
        {
            get { return IsOut && Taken == (1u << FrameIds.Length) - 1; }
        }

        /// <summary>The node's whisper begins its next send.</summary>
        internal void BeginSend()
        {
            Sends++;
            NextPart = 0;
            Taken = 0;
        }

        /// <summary>Overwrites what is secret.</summary>
        internal void Wipe()
        {
            CryptoBytes.Wipe(Payload);
            CryptoBytes.Wipe(PartKey);
            Payload = null;
            PartKey = null;
        }
    }
}
