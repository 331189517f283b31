using System;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Costs
{
    /// <summary>A frame of the network's own gets a slot: a free one, or that of another frame, with a second neighbour's frames in the
    /// store.</summary>
    internal sealed class InsertOperation : Operation
    {
        private const int Runs = 32;
        private const int Lifetime = 3600 * 1000;
        private const int FirstSource = FrameStore.FirstNeighbour;

        private readonly bool _evicting;
        private readonly RelayNode _node;
        private ulong _id;
        private int _source;

        internal InsertOperation(string name, bool evicting, int frames, IHmacSha256 hmac)
            : base(name)
        {
            _evicting = evicting;
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
            _node.NowMs += 1000;
            _id = _node.Random.NextUInt64();
            _source = FirstSource + (_source + 1) % 2;
            if (!_evicting)
            {
                FrameStore store = _node.Gossip.Store;
                store.Remove((int)(_id % (uint)store.Capacity));
            }
        }

        /// <inheritdoc/>
        public override void Run()
        {
            FrameStore store = _node.Gossip.Store;
            long deadlineMs = _node.NowMs + Lifetime;
            int slot = store.ChooseSlot(true, _node.StrangersMax, deadlineMs, _source, _node.NowMs);
            if (store.Has(slot, FrameStore.Used))
            {
                store.Remove(slot);
            }

            store.Commit(slot, _id, FrameStore.Own | FrameStore.Shared, deadlineMs, deadlineMs, _source, _node.NowMs);
        }
    }
}
