using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Soak
{
    /// <summary>
    /// Two small cores that meet over and over: each contact brings ten new frames, five each way, one of them a broadcast that
    /// the application gets. A minute passes from contact to contact, so that identities rotate and frames end.
    /// </summary>
    public sealed class CoreSoak
    {
        /// <summary>New frames in each contact.</summary>
        public const int FramesEach = 10;

        private const int ContactEveryMs = 60 * 1000;

        private readonly NodeCore[] _nodes = new NodeCore[2];
        private readonly byte[] _unit;
        private readonly byte[] _payload = new byte[40];
        private readonly WhisperMessage _message;
        private long _nowMs;
        private int _contacts;

        /// <summary>Cores from a fixed seed.</summary>
        public CoreSoak()
        {
            for (int i = 0; i < _nodes.Length; i++)
            {
                byte[] seed = new byte[NodeCore.SeedSize];
                seed[0] = (byte)(i + 1);
                NodeConfiguration configuration = new NodeConfiguration();
                configuration.Network = NetworkKey.FromJoinCode(NetworkKey.PublicJoinCode);
                configuration.Limits = NodeLimits.Small();
                configuration.WhisperBurst = FramesEach;
                configuration.WhisperRefillMs = 1000;
                _nodes[i] = new NodeCore(configuration, new QuickMac(), seed, 0);
            }

            _unit = new byte[_nodes[0].MaxUnit];
            _message = new WhisperMessage(_nodes[0].MaxFramePayload);
        }

        /// <summary>Contacts that both sides finished.</summary>
        public int Contacts
        {
            get { return _contacts; }
        }

        /// <summary>Whispers that were queued and taken by the other side.</summary>
        public uint Frames
        {
            get { return _nodes[0].Statistics.FramesSent + _nodes[1].Statistics.FramesSent; }
        }

        /// <summary>Whispers that the applications got.</summary>
        public uint Delivered
        {
            get { return _nodes[0].Statistics.Delivered + _nodes[1].Statistics.Delivered; }
        }

        /// <summary>Holds so many more contacts.</summary>
        /// <returns>False when one was not finished, or a whisper was not queued.</returns>
        public bool Run(int contacts)
        {
            for (int i = 0; i < contacts; i++)
            {
                _nowMs += ContactEveryMs;
                if (!Whisper(_nodes[0]) || !Whisper(_nodes[1]) || !Meet(_nodes[i % 2], _nodes[1 - (i % 2)]))
                {
                    return false;
                }

                Deliver(_nodes[0]);
                Deliver(_nodes[1]);
                _contacts++;
            }

            return true;
        }

        private bool Whisper(NodeCore node)
        {
            node.HandleTimeout(_nowMs);
            bool queued = node.Broadcast(_payload, 0, _payload.Length, _nowMs) == SendResult.Queued;
            for (int i = 1; i < FramesEach / 2; i++)
            {
                queued &= node.Resonate("elsewhere", _payload, 0, _payload.Length, _nowMs) == SendResult.Queued;
            }

            return queued;
        }

        private bool Meet(NodeCore client, NodeCore server)
        {
            int from = client.OpenLink(LinkKind.Contact, true, FragmentWriter.UnitSizeMin, 0xB0, _nowMs);
            int to = server.OpenLink(LinkKind.Contact, false, FragmentWriter.UnitSizeMin, 0, _nowMs);
            bool quiet = false;
            while (!quiet)
            {
                quiet = !Carry(client, from, server, to) & !Carry(server, to, client, from);
            }

            bool finished = client.GetLinkState(from) == LinkState.Finished
                && server.GetLinkState(to) == LinkState.Finished;
            client.CloseLink(from, _nowMs);
            server.CloseLink(to, _nowMs);
            return finished;
        }

        private bool Carry(NodeCore from, int fromLink, NodeCore to, int toLink)
        {
            int count = from.PollTransmit(fromLink, _unit, 0, _nowMs);
            if (count > 0)
            {
                to.Receive(toLink, _unit, 0, count, _nowMs);
            }

            return count > 0;
        }

        private void Deliver(NodeCore node)
        {
            while (node.PollWhisper(_message))
            {
            }
        }
    }
}
