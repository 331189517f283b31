using System;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Costs
{
    /// <summary>
    /// One side of the opening of a link between two members, in a whole node: from the link's making until its protection
    /// stands, by resumption or by a full handshake with key pairs made ahead.
    /// </summary>
    internal sealed class OpeningOperation : Operation
    {
        private const long StartMs = 1000;
        private const long MeetingMs = 120000;
        private const ulong InitiatorAddress = 0xA1;
        private const ulong ResponderAddress = 0xB2;
        private const int FlightsMax = 3;

        private readonly bool _resumes;
        private readonly bool _initiator;
        private readonly IHmacSha256 _hmac;
        private readonly byte[][] _units = new byte[FlightsMax][];
        private readonly NodeCore[] _nodes = new NodeCore[2];
        private byte[] _buffer;

        internal OpeningOperation(string name, bool resumes, bool initiator, IHmacSha256 hmac)
            : base(name)
        {
            _resumes = resumes;
            _initiator = initiator;
            _hmac = hmac;
        }

        /// <summary>
        /// Lets the link be opened by two nodes, and brings two more, which draw the same numbers, to where it begins.
        /// </summary>
        public override void Prepare()
        {
            if (_units[0] == null)
            {
                MakeNodes();
                Open(true);
            }

            MakeNodes();
            OperationList.Forget(_hmac);
        }

        /// <inheritdoc/>
        public override void Run()
        {
            int side = _initiator ? 0 : 1;
            int link = OpenLink(side, MeetingMs);
            for (int i = 0; i < Flights; i++)
            {
                if (i % 2 == side)
                {
                    _nodes[side].PollTransmit(link, _buffer, 0, MeetingMs);
                }
                else
                {
                    // A node may change what it is given.
                    Array.Copy(_units[i], 0, _buffer, 0, _units[i].Length);
                    _nodes[side].Receive(link, _buffer, 0, _units[i].Length, MeetingMs);
                }
            }

            if (_nodes[side].GetLinkTag(link) == 0)
            {
                throw new InvalidOperationException("The link was not opened.");
            }
        }

        private int Flights
        {
            get { return _resumes ? 2 : 3; }
        }

        private void MakeNodes()
        {
            for (int i = 0; i < _nodes.Length; i++)
            {
                NodeConfiguration configuration = new NodeConfiguration();
                byte[] secret = OperationList.Bytes(JoinCode.SecretSize, 24);
                configuration.Network = NetworkKey.FromJoinCode(NetworkKey.CreateJoinCode(secret));
                configuration.Limits = NodeLimits.Small();
                configuration.Discoverable = false;
                _nodes[i] = new NodeCore(configuration, _hmac, OperationList.Bytes(NodeCore.SeedSize, 25 + i), StartMs);
                _nodes[i].HandleTimeout(StartMs);
                _buffer = new byte[_nodes[i].MaxUnit];
            }

            if (_resumes)
            {
                int[] links = Open(false);
                Exchange(links, 8);
                _nodes[0].CloseLink(links[0], StartMs);
                _nodes[1].CloseLink(links[1], StartMs);
            }
        }

        /// <summary>Opens a link from the first node to the second.</summary>
        /// <param name="record">Whether to keep what is sent until protection stands.</param>
        private int[] Open(bool record)
        {
            long nowMs = record ? MeetingMs : StartMs;
            int[] links = { OpenLink(0, nowMs), OpenLink(1, nowMs) };
            for (int i = 0; record && i < Flights; i++)
            {
                int count = _nodes[i % 2].PollTransmit(links[i % 2], _buffer, 0, nowMs);
                _units[i] = new byte[count];
                Array.Copy(_buffer, 0, _units[i], 0, count);
                _nodes[1 - (i % 2)].Receive(links[1 - (i % 2)], _buffer, 0, count, nowMs);
            }

            return links;
        }

        private int OpenLink(int side, long nowMs)
        {
            ulong address = side == 0 ? ResponderAddress : InitiatorAddress;
            return _nodes[side].OpenLink(LinkKind.Stream, side == 0, FragmentWriter.UnitSizeMin, address, nowMs);
        }

        private void Exchange(int[] links, int turns)
        {
            for (int i = 0; i < turns; i++)
            {
                int count = _nodes[i % 2].PollTransmit(links[i % 2], _buffer, 0, StartMs);
                if (count > 0)
                {
                    _nodes[1 - (i % 2)].Receive(links[1 - (i % 2)], _buffer, 0, count, StartMs);
                }
            }
        }
    }
}
