using System;
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
    /// core is locked. Nothing here throws, since the core is in the middle of something; a line for which there is no
    /// memory is left out.
    /// </summary>
    internal sealed class BoardObserver : INodeObserver
    {
        /// <inheritdoc/>
        public void LinkOpened(int link, LinkKind kind, bool initiator, uint linkTag)
        {
            try
            {
                SerialLog.Line("link " + Hex.ToText(linkTag) + (kind == LinkKind.Contact ? " ble" : " ws")
                    + (initiator ? " out open" : " in open"));
            }
            catch (Exception)
            {
                // See the class.
            }
        }

        /// <inheritdoc/>
        public void LinkClosed(int link, uint linkTag, LinkState last)
        {
            try
            {
                SerialLog.Line("link " + Hex.ToText(linkTag) + " closed " + NameOf(last));
            }
            catch (Exception)
            {
                // See the class.
            }
        }

        /// <inheritdoc/>
        public void FrameStored(ulong frameId, uint linkTag, bool own, int hopBudget)
        {
            try
            {
                SerialLog.Line("frame " + Hex.ToText(frameId) + " stored " + Hex.ToText(linkTag)
                    + (own ? " own hops=" : " stranger hops=") + hopBudget.ToString());
            }
            catch (Exception)
            {
                // See the class.
            }
        }

        /// <inheritdoc/>
        public void FrameSent(ulong frameId, uint linkTag)
        {
            try
            {
                SerialLog.Line("frame " + Hex.ToText(frameId) + " sent " + Hex.ToText(linkTag));
            }
            catch (Exception)
            {
                // See the class.
            }
        }

        /// <inheritdoc/>
        public void FrameRefused(FrameVerdict reason, uint linkTag)
        {
            // Counted in the core's statistics; a line for each would let a flood of bad frames flood the port.
        }

        /// <inheritdoc/>
        public void ContactLearned(byte[] id, uint timestamp)
        {
            try
            {
                SerialLog.Line("contact " + EphemeralIdentity.Format(id, timestamp));
            }
            catch (Exception)
            {
                // See the class.
            }
        }

        /// <inheritdoc/>
        public void IdentityRenewed(byte[] id, uint timestamp)
        {
            SerialLog.Line("identity " + EphemeralIdentity.Format(id, timestamp));
        }

        /// <inheritdoc/>
        public void WhisperStatusChanged(ulong innerId, WhisperStatus status)
        {
            try
            {
                SerialLog.Line("status " + Hex.ToText(innerId) + " " + NameOf(status));
            }
            catch (Exception)
            {
                // See the class.
            }
        }

        /// <summary>Enumeration values print as numbers on the board.</summary>
        internal static string NameOf(WhisperStatus status)
        {
            switch (status)
            {
                case WhisperStatus.Queued:
                    return "queued";
                case WhisperStatus.Relayed:
                    return "relayed";
                case WhisperStatus.Delivered:
                    return "delivered";
                case WhisperStatus.Expired:
                    return "expired";
                default:
                    return "unknown";
            }
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
