using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Protocol.Node
{
    /// <summary>
    /// Watches a node. Calls come from inside the core, in order; they must return soon and must not call back into it.
    /// A link tag is a number that both ends of a link compute from its keys; frame ids are the first eight bytes
    /// of the message id.
    /// </summary>
    public interface INodeObserver
    {
        /// <summary>Both hellos are through.</summary>
        void LinkOpened(int link, LinkKind kind, bool initiator, uint linkTag);

        /// <summary>The link is gone; <paramref name="last"/> is the state it was in.</summary>
        void LinkClosed(int link, uint linkTag, LinkState last);

        /// <summary>A frame was stored; the tag is 0 when this node is its origin.</summary>
        void FrameStored(ulong frameId, uint linkTag, bool own, int hopBudget);

        /// <summary>A frame was handed to a link.</summary>
        void FrameSent(ulong frameId, uint linkTag);

        /// <summary>A received frame was refused.</summary>
        void FrameRefused(FrameVerdict reason, uint linkTag);

        /// <summary>The contact card of an identity came: direct whispers can be sent to it.</summary>
        /// <param name="id">First 16 bytes of its hash. Not copied: to be read at once.</param>
        /// <param name="timestamp">When it was made.</param>
        void ContactLearned(byte[] id, uint timestamp);

        /// <summary>The node has taken its identity of the next hour.</summary>
        /// <param name="id">First 16 bytes of its hash. Not copied: to be read at once.</param>
        /// <param name="timestamp">When it was made.</param>
        void IdentityRenewed(byte[] id, uint timestamp);

        /// <summary>An own whisper has come further, or its time is over.</summary>
        /// <param name="innerId">Its inner id: <see cref="NodeCore.LastSentInnerId"/> when it was sent.</param>
        /// <param name="status">How far it has come.</param>
        void WhisperStatusChanged(ulong innerId, WhisperStatus status);
    }
}
