using WhispurrNet.Board.Platform;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Board.Node
{
    /// <summary>
    /// Writes the core's events to the serial port, for people and for programs that follow a frame from board to
    /// board. Only attached when the settings say <c>trace=on</c>: the port is slow and the lines are made while the
    /// core is locked.
    /// </summary>
    internal sealed class BoardObserver : INodeObserver
    {
        /// <inheritdoc/>
        public void LinkOpened(int link, LinkKind kind, bool initiator, uint linkTag)
        {
            SerialLog.Line("link " + Hex.ToText(linkTag) + (kind == LinkKind.Contact ? " ble" : " ws")
                + (initiator ? " out open" : " in open"));
        }

        /// <inheritdoc/>
        public void LinkClosed(int link, uint linkTag, LinkState last)
        {
            SerialLog.Line("link " + Hex.ToText(linkTag) + " closed " + NameOf(last));
        }

        /// <inheritdoc/>
        public void FrameStored(ulong frameId, uint linkTag, bool own, int hopBudget)
        {
            SerialLog.Line("frame " + Hex.ToText(frameId) + " stored " + Hex.ToText(linkTag)
                + (own ? " own hops=" : " stranger hops=") + hopBudget.ToString());
        }

        /// <inheritdoc/>
        public void FrameSent(ulong frameId, uint linkTag)
        {
            SerialLog.Line("frame " + Hex.ToText(frameId) + " sent " + Hex.ToText(linkTag));
        }

        /// <inheritdoc/>
        public void FrameRefused(FrameVerdict reason, uint linkTag)
        {
            // Counted in the core's statistics; a line for each would let a flood of bad frames flood the port.
        }

        /// <inheritdoc/>
        public void ContactLearned(byte[] id, uint timestamp)
        {
            SerialLog.Line("contact " + EphemeralIdentity.Format(id, timestamp));
        }

        /// <inheritdoc/>
        public void IdentityRenewed(byte[] id, uint timestamp)
        {
            SerialLog.Line("identity " + EphemeralIdentity.Format(id, timestamp));
        }

        private static string NameOf(LinkState state)
        {
            switch (state)
            {
                case LinkState.Finished:
                    return "finished";
                case LinkState.Failed:
                    return "failed";
                default:
                    return "open";
            }
        }
    }
}
