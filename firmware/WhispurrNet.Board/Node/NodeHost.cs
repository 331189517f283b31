using System.Threading;
using WhispurrNet.Board.Platform;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Board.Node
{
    /// <summary>
    /// The protocol core with what several pumps need to share it: one lock, one wake-up for each pump, one place that
    /// keeps its timers. The core never blocks, so the lock is held for computing time only, never for input or output.
    /// </summary>
    internal sealed class NodeHost
    {
        /// <summary>Longest sleep of a pump, milliseconds: a wake-up that got lost costs this much, not more.</summary>
        internal const int LongestWaitMs = 5000;

        private const int ShortestWaitMs = 5;

        /// <summary>The core; touch it only under <see cref="Gate"/>.</summary>
        internal readonly NodeCore Core;

        /// <summary>The lock.</summary>
        internal readonly object Gate = new object();

        /// <summary>Wakes the radio's pump.</summary>
        internal readonly AutoResetEvent RadioWake = new AutoResetEvent(false);

        /// <summary>Wakes the gateway's pump.</summary>
        internal readonly AutoResetEvent GatewayWake = new AutoResetEvent(false);

        /// <summary>Wakes the thread that hands whispers to the application.</summary>
        internal readonly AutoResetEvent DeliveryWake = new AutoResetEvent(false);

        private uint _frames;

        internal NodeHost(NodeCore core)
        {
            Core = core;
        }

        /// <summary>
        /// To be called once after one or more units went into the core: runs its timers, and wakes the others if a
        /// frame came of it. Most units are pieces of one, and a board has better to do than to wake three threads for
        /// each.
        /// </summary>
        internal void AfterReceive(long nowMs)
        {
            uint frames;
            lock (Gate)
            {
                Core.HandleTimeout(nowMs);
                frames = Core.Statistics.FramesOwn + Core.Statistics.FramesStranger + Core.Statistics.Upgrades;
            }

            // Two pumps may come by at once; then one wake-up too many is the worst.
            if (frames != _frames)
            {
                _frames = frames;
                WakeAll();
            }
        }

        /// <summary>Runs the core's timers if they are due; every pump calls it whenever it comes by.</summary>
        internal void Tick(long nowMs)
        {
            bool moved = false;
            lock (Gate)
            {
                long dueMs = Core.NextDeadlineMs;
                if (dueMs <= nowMs)
                {
                    Core.HandleTimeout(nowMs);
                    moved = Core.NextDeadlineMs != dueMs;
                }
            }

            // Only then: pumps that woke each other without cause would never sleep again.
            if (moved)
            {
                WakeAll();
            }
        }

        /// <summary>Sleeps until a moment, a wake-up, or <see cref="LongestWaitMs"/>, whichever is first.</summary>
        /// <param name="wake">The caller's own wake-up.</param>
        /// <param name="untilMs">The moment; long.MaxValue for none.</param>
        /// <param name="nowMs">Now.</param>
        internal static void Wait(AutoResetEvent wake, long untilMs, long nowMs)
        {
            // A deadline that has passed belongs to somebody else's link; he gets the time to see to it.
            int waitMs = BoardClock.WaitMs(untilMs, nowMs, LongestWaitMs);
            wake.WaitOne(waitMs < ShortestWaitMs ? ShortestWaitMs : waitMs, false);
        }

        /// <summary>Tells every pump that the core may have something for it.</summary>
        internal void WakeAll()
        {
            RadioWake.Set();
            GatewayWake.Set();
            DeliveryWake.Set();
        }
    }
}
