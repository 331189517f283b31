using System;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Costs
{
    /// <summary>The 24 bytes of an advertisement over full caches of the seen, written, or compared with those of a node that has seen
    /// the same.</summary>
    internal sealed class DigestOperation : Operation
    {
        private const int Runs = 8;

        private readonly bool _compare;
        private readonly RelayNode _node;
        private readonly IHmacSha256 _hmac;
        private readonly byte[] _digest = new byte[Digest.Size];

        internal DigestOperation(string name, bool compare, int frames, IHmacSha256 hmac)
            : base(name)
        {
            _compare = compare;
            _hmac = hmac;
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
            if (_compare)
            {
                _node.Digest.Write(_digest, 0, _node.Random);
            }

            OperationList.Forget(_hmac);
        }

        /// <inheritdoc/>
        public override void Run()
        {
            if (!_compare)
            {
                _node.Digest.Write(_digest, 0, _node.Random);
            }
            else if (_node.Digest.Differs(_digest, 0, 0, false))
            {
                throw new InvalidOperationException("The digests should agree.");
            }
        }
    }
}
