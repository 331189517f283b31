using System.Threading;
#if !BLUETOOTH_ONLY
using WhispurrNet.Board.Gateway;
#endif
using WhispurrNet.Board.Platform;
using WhispurrNet.Board.Radio;
using Exception = System.Exception;
using OutOfMemoryException = System.OutOfMemoryException;
using GC = nanoFramework.Runtime.Native.GC;

namespace WhispurrNet.Board.Node
{
    /// <summary>
    /// Looks after the others once a second: keeps the deadlines of contacts, runs the core's timers while the pumps
    /// are inside a library, sets the core's clock, watches the heap, prints statistics, and reboots the board when
    /// nothing else is left. The delivery thread looks after this one.
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

        /// <summary>This thread comes by every second, or after the pause of a thread that starts again.</summary>
        private const int OwnStallMs = 5 * 60 * 1000;

        /// <summary>Free heap below which everything that can be spared goes.</summary>
        private const uint HeapMin = 3 * 1024;

        /// <summary>
        /// A library whose thread had no memory to call a handler has lost that thread, and nobody hears of it. So a
        /// board that was short of memory and has heard nothing since, for this long, takes its radio for deaf.
        /// </summary>
        private const int DeafMs = 20 * 60 * 1000;

        /// <summary>Minutes of that after which only a reboot helps.</summary>
        private const int HeapMinutesMax = 10;

        private readonly NodeHost _host;
        private readonly RadioPump _radio;
#if !BLUETOOTH_ONLY
        private readonly GatewayPump _gateway;
#endif
        private readonly LoopThread _delivery;
        private readonly BoardStatistics _statistics;
        private readonly WallClock _wallClock = new WallClock();
        private long _statisticsDueMs;
        private long _progressMs;
        private long _shortMs;
        private uint _heapFree;
        private int _heapMinutes;

#if BLUETOOTH_ONLY
        internal Supervisor(NodeHost host, RadioPump radio, LoopThread delivery, BoardStatistics statistics)
#else
        /// <param name="host">The core.</param>
        /// <param name="radio">The radio's pump.</param>
        /// <param name="gateway">The gateway's pump, or null.</param>
        /// <param name="delivery">Hands whispers to the application.</param>
        /// <param name="statistics">What the pumps count.</param>
        internal Supervisor(
            NodeHost host, RadioPump radio, GatewayPump gateway, LoopThread delivery, BoardStatistics statistics)
#endif
            : base("supervisor", statistics)
        {
            _host = host;
            _radio = radio;
#if !BLUETOOTH_ONLY
            _gateway = gateway;
#endif
            _delivery = delivery;
            _statistics = statistics;
            _progressMs = BoardClock.NowMs;
            _statisticsDueMs = _progressMs + StatisticsPeriodMs;
        }

        /// <inheritdoc/>
        protected override void Run()
        {
            while (true)
            {
                long nowMs = BoardClock.NowMs;
                _progressMs = nowMs;
                _radio.Guard(nowMs);
                _host.Tick(nowMs);
                if (nowMs >= _statisticsDueMs)
                {
                    _statisticsDueMs = nowMs + StatisticsPeriodMs;
                    SetClock(nowMs);
                    WatchHeap(nowMs);
                    PrintStatistics();
                }

                ReportEventFailure();
                NoteShortage(nowMs);
                RebootIfLost(nowMs);
                Thread.Sleep(PeriodMs);
            }
        }

        /// <summary>
        /// All counters of core and pumps as <c>name=value</c>, blanks between, in the order of README.md. A
        /// reader goes by name: new counters come behind those of their part, and v grows when one changes its meaning.
        /// </summary>
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

#if BLUETOOTH_ONLY
            uint refused = _radio.Refused;
#else
            uint refused = _radio.Refused + (_gateway == null ? 0 : _gateway.Refused);
#endif
            return "v=1 uptime=" + (BoardClock.NowMs / 1000).ToString() + " heapFree=" + _heapFree.ToString()
                + " held=" + held.ToString() + " neighbours=" + neighbours.ToString()
                + " queueRefused=" + refused.ToString() + " " + core + " " + _statistics.ToLine();
        }

        /// <summary>Reboots the board if this thread hangs; to be called from another.</summary>
        internal void Guard(long nowMs)
        {
            if (nowMs - _progressMs > OwnStallMs)
            {
                LastResort.Demand("the supervisor hangs", nowMs);
            }
        }

        private void PrintStatistics()
        {
            SerialLog.Line("stats " + StatisticsLine());
        }

        private void SetClock(long nowMs)
        {
            uint unixSeconds = _wallClock.Read(BoardClock.UnixSeconds, nowMs);
            lock (_host.Gate)
            {
                _host.Core.SetUnixTime(unixSeconds, nowMs);
            }
        }

        /// <summary>Handlers of library events leave what they caught here, since they must not report it.</summary>
        private void ReportEventFailure()
        {
            Exception failure = _statistics.EventFailure;
            if (failure != null)
            {
                _statistics.EventFailure = null;
                _statistics.ShortOfMemory |= failure is OutOfMemoryException;
                SerialLog.Error("an event could not be taken", failure);
            }
        }

        private void NoteShortage(long nowMs)
        {
            if (_statistics.ShortOfMemory)
            {
                _statistics.ShortOfMemory = false;
                _shortMs = _shortMs > _radio.HeardMs ? _shortMs : nowMs;
            }
        }

        /// <summary>Whether it heard others before it was short of memory, and nobody since.</summary>
        private bool IsDeaf(long nowMs)
        {
            return _radio.HeardMs != 0 && _shortMs > _radio.HeardMs && nowMs - _shortMs > DeafMs;
        }

        /// <summary>
        /// The connection to the gateway is what can be spared: two threads, a timer and queues of the library. The core
        /// has all its memory from the start, and the radio's is a few hundred bytes.
        /// </summary>
        private void WatchHeap(long nowMs)
        {
            _heapFree = GC.Run(false);
            if (_heapFree < HeapMin)
            {
                _heapFree = GC.Run(true);
            }

            if (_heapFree >= HeapMin)
            {
                _heapMinutes = 0;
                return;
            }

            _statistics.HeapLow++;
            _statistics.ShortOfMemory = true;
            _heapMinutes++;
#if !BLUETOOTH_ONLY
            if (_gateway != null)
            {
                _gateway.Drop();
            }

#endif
            if (_heapMinutes >= HeapMinutesMax)
            {
                LastResort.Demand("there is hardly any heap left", nowMs);
            }
        }

        private void RebootIfLost(long nowMs)
        {
            LoopThread failing = Failing();
#if BLUETOOTH_ONLY
            const bool reachable = false;
#else
            bool reachable = _gateway != null && _gateway.IsOpen;
#endif
            if (nowMs - _radio.ProgressMs > RadioStallMs)
            {
                LastResort.Demand("the radio's thread hangs inside the Bluetooth stack", nowMs);
            }
            else if (_radio.IsDead && !reachable)
            {
                LastResort.Demand("the radio does not start any more", nowMs);
            }
            else if (IsDeaf(nowMs))
            {
                LastResort.Demand("nothing was heard since memory ran out", nowMs);
            }
            else if (failing != null)
            {
                LastResort.Demand("the " + failing.Name + " thread fails again and again", nowMs);
            }
            else if (!_radio.IsDead)
            {
                LastResort.Healthy(nowMs);
            }
        }

        private LoopThread Failing()
        {
            return GaveUp ? this
                : _radio.GaveUp ? _radio
                : _delivery.GaveUp ? _delivery
#if !BLUETOOTH_ONLY
                : _gateway != null && _gateway.GaveUp ? (LoopThread)_gateway
#endif
                : null;
        }
    }
}
