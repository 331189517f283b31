using System;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Costs
{
    /// <summary>An id that is not known is looked for: in a full cache of the seen, or among the frames held.</summary>
    internal sealed class LookupOperation : Operation
    {
        private const int Runs = 64;

        private readonly bool _seen;
        private readonly RelayNode _node;
        private ulong _id;

        internal LookupOperation(string name, bool seen, int frames, IHmacSha256 hmac)
            : base(name)
        {
            _seen = seen;
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
            _id = _node.Random.NextUInt64();
        }

        /// <inheritdoc/>
        public override void Run()
        {
            int found = _seen ? _node.Gossip.SeenOwn.Find(_id) : _node.Gossip.Store.Find(_id);
            if (found != SeenCache.None)
            {
                throw new InvalidOperationException("The id should not be known.");
            }
        }
    }
}
