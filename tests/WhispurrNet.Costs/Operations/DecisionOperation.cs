using System;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Costs
{
    /// <summary>What becomes of a frame: decoded, admitted or not, looked up among the seen, stored and spread to the links; or known
    /// already.</summary>
    internal sealed class DecisionOperation : Operation
    {
        private const int Runs = 32;

        private readonly bool _known;
        private readonly RelayNode _node;
        private readonly byte[] _frame = new byte[RelayNode.FrameSize];

        internal DecisionOperation(string name, bool known, int frames, IHmacSha256 hmac)
            : base(name)
        {
            _known = known;
            _node = new RelayNode(frames, LinkKind.Stream, hmac);
        }

        /// <inheritdoc/>
        public override int MeanOver
        {
            get { return Runs; }
        }

        /// <inheritdoc/>
        public override void Prepare()
        {
            _node.NextFrame(false, _frame, 0);
            if (_known)
            {
                Receive();
            }

            _node.Settle();
        }

        /// <inheritdoc/>
        public override void Run()
        {
            if (Receive() != (_known ? FrameVerdict.Duplicate : FrameVerdict.Stored))
            {
                throw new InvalidOperationException("The frame was not taken for what it is.");
            }
        }

        private FrameVerdict Receive()
        {
            return _node.Gossip.Receive(_frame, 0, RelayNode.FrameSize, _node.In, 0, _node.NowMs);
        }
    }
}
