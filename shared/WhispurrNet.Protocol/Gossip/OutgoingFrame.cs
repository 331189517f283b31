using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>What a held frame looks like when it is handed on (PROTOCOL.md, "Handing on").</summary>
    internal static class OutgoingFrame
    {
        /// <summary>
        /// True when a held frame has a whole unit of lifetime left. Less cannot be said on the wire, and rounding it up
        /// would let a frame live on from hop to hop.
        /// </summary>
        internal static bool CanHandOn(FrameStore store, int slot, long nowMs)
        {
            return store.DeadlineAt(slot) - nowMs >= FrameCodec.LifetimeUnitMs;
        }

        /// <summary>
        /// Copies a held frame as it goes out: hop budget and lifetime lowered. At its maximum the hop budget is lowered
        /// with probability one half only, and the lifetime loses up to one unit at random, so that fresh counters do not
        /// show a neighbour who the origin is.
        /// </summary>
        /// <param name="store">The frames held.</param>
        /// <param name="slot">A frame with a whole unit of lifetime left: <see cref="CanHandOn"/>.</param>
        /// <param name="frameSize">Bytes of a frame.</param>
        /// <param name="random">Tosses the coins.</param>
        /// <param name="buffer">Receives the frame.</param>
        /// <param name="offset">Where.</param>
        /// <param name="nowMs">Now.</param>
        internal static void Write(
            FrameStore store, int slot, int frameSize, ChaChaRandom random, byte[] buffer, int offset, long nowMs)
        {
            System.Array.Copy(store.Buffer, store.OffsetOf(slot), buffer, offset, frameSize);
            uint coins = random.NextByte();
            int hops = store.HopsAt(slot);
            if (hops > 0 && (hops < FrameCodec.HopBudgetMax || (coins & 1) != 0))
            {
                hops--;
            }

            int units = (int)((store.DeadlineAt(slot) - nowMs) / FrameCodec.LifetimeUnitMs);
            if (units > FrameCodec.LifetimeUnitsMax)
            {
                units = FrameCodec.LifetimeUnitsMax;
            }

            if (units > 1 && (coins & 2) != 0)
            {
                units--;
            }

            FrameCodec.WriteMutable(buffer, offset, frameSize, hops, units);
        }
    }
}
