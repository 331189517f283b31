using System;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Costs
{
    /// <summary>A frame of the network's own gets a slot: a free one; that of another frame; or that of another
    /// frame while two neighbours contend for room.</summary>
    internal sealed class InsertOperation : Operation
    {
        private const int Runs = 32;
        private const int Lifetime = 3600 * 1000;
        private const int MembersSource = FrameStore.FirstNeighbour - 1;

        private readonly bool _evicting;
        private readonly bool _contended;
        private readonly RelayNode _node;
        private ulong _id;
        private int _source;

        internal InsertOperation(string name, bool evicting, bool contended, int frames, IHmacSha256 hmac)
            : base(name)
        {
            _evicting = evicting;
            _contended = contended;
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
            _source = !_contended ? MembersSource
                : _source == FrameStore.FirstNeighbour ? FrameStore.FirstNeighbour + 1 : FrameStore.FirstNeighbour;
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
