using System;
using System.Threading;
using nanoFramework.Runtime.Native;
using WhispurrNet.Board.Gateway;
using WhispurrNet.Board.Platform;
using WhispurrNet.Board.Radio;

namespace WhispurrNet.Board.Node
{
    /// <summary>
    /// Looks after the others once a second: keeps the deadlines of contacts, runs the core's timers while the pumps
    /// are inside a library, sets the core's clock, prints statistics, and reboots the board when nothing else is left.
    /// </summary>
    internal sealed class Supervisor : LoopThread
    {
        private const int PeriodMs = 1000;
        private const int StatisticsPeriodMs = 60 * 1000;

        /// <summary>
        /// The radio's thread comes by far more often: the longest way through the library is a contact whose steps
        /// each take the library's own limit, a bit more than a minute.
        /// </summary>
        private const int RadioStallMs = 150 * 1000;

        private readonly NodeHost _host;
        private readonly RadioPump _radio;
        private readonly GatewayLink _gateway;
        private readonly BoardStatistics _statistics;
        private long _statisticsDueMs;

        /// <param name="host">The core.</param>
        /// <param name="radio">The radio's pump.</param>
        /// <param name="gateway">The gateway's pump, or null.</param>
        /// <param name="statistics">What the pumps count.</param>
        internal Supervisor(NodeHost host, RadioPump radio, GatewayLink gateway, BoardStatistics statistics)
            : base("supervisor", statistics)
        {
            _host = host;
            _radio = radio;
            _gateway = gateway;
            _statistics = statistics;
            _statisticsDueMs = BoardClock.NowMs + StatisticsPeriodMs;
        }

        /// <inheritdoc/>
        protected override void Run()
        {
            while (true)
            {
                long nowMs = BoardClock.NowMs;
                _radio.Guard(nowMs);
                _host.Tick(nowMs);
                if (nowMs >= _statisticsDueMs)
                {
                    _statisticsDueMs = nowMs + StatisticsPeriodMs;
                    SetClock(nowMs);
                    PrintStatistics();
                }

                RebootIfLost(nowMs);
                Thread.Sleep(PeriodMs);
            }
        }

        /// <summary>All counters of core and pumps as <c>name=value</c>, blanks between.</summary>
        internal string StatisticsLine()
        {
            string core;
            int held;
            int neighbours;
            lock (_host.Gate)
            {
                core = _host.Core.Statistics.ToLine();
                held = _host.Core.HeldFrames;
                neighbours = _host.Core.Neighbours.Count;
            }

            uint refused = _radio.Refused + (_gateway == null ? 0 : _gateway.Refused);
            return core + " held=" + held.ToString() + " neighbours=" + neighbours.ToString()
                + " queueRefused=" + refused.ToString() + " " + _statistics.ToLine();
        }

        private void PrintStatistics()
        {
            SerialLog.Line("stats " + StatisticsLine());
        }

        private void SetClock(long nowMs)
        {
            uint unixSeconds = BoardClock.UnixSeconds;
            lock (_host.Gate)
            {
                _host.Core.SetUnixTime(unixSeconds, nowMs);
            }
        }

        private void RebootIfLost(long nowMs)
        {
            bool stalled = nowMs - _radio.ProgressMs > RadioStallMs;
            bool reachable = _gateway != null && _gateway.IsOpen;
            if (!stalled && (!_radio.GaveUp || reachable))
            {
                return;
            }

            SerialLog.Error(stalled
                ? "the radio's thread hangs inside the Bluetooth stack, rebooting"
                : "the radio does not start any more, rebooting");
            Power.RebootDevice();
        }
    }
}
