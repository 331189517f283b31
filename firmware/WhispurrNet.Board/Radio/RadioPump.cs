using System;
using System.Threading;
using WhispurrNet.Board.Node;
using WhispurrNet.Board.Platform;
#if !BLUETOOTH_ONLY
using WhispurrNet.Board.Provisioning;
#endif
using WhispurrNet.Protocol.Gossip;

namespace WhispurrNet.Board.Radio
{
    /// <summary>
    /// The one thread that uses the Bluetooth radio: asks the <see cref="RadioScheduler"/> what to do, does it, says
    /// how it went.
    /// </summary>
    internal sealed class RadioPump : LoopThread
    {
        /// <summary>
        /// Failures in a row of one role after which the board starts anew, unless the gateway still reaches it.
        /// </summary>
        private const int FailuresMax = 8;

        private const int Roles = 4;

#if !BLUETOOTH_ONLY
        /// <summary>
        /// While a phone may set the board up, one serving is advertised to phones and the next to the mesh, which then may
        /// take so long.
        /// </summary>
        private const int MeshTurnMs = 8 * 1000;
#endif

        private const int PauseMinMs = 1000;
        private const int PauseMaxMs = 60 * 1000;

        private readonly NodeHost _host;
        private readonly RadioScheduler _scheduler;
        private readonly GattServer _server;
        private readonly InboundContact _inbound;
        private readonly GattContact _contact;
        private readonly Scanner _scanner;
        private readonly BoardStatistics _statistics;
        private readonly byte[] _seen = new byte[MeshService.AdvertisementSize];
        private readonly Random _random = new Random();
        private readonly int[] _failures = new int[Roles];
#if !BLUETOOTH_ONLY
        private readonly byte[] _serviceData = new byte[Improv.ServiceDataSize];
        private Provisioner _provisioner;
        private bool _servesPhones;
        private long _meshUntilMs;
#endif
        private long _progressMs = BoardClock.NowMs;
        private long _heardMs;

        internal RadioPump(NodeHost host, RadioScheduler scheduler, GattServer server, BoardStatistics statistics)
            : base("radio", statistics)
        {
            _host = host;
            _scheduler = scheduler;
            _server = server;
            _statistics = statistics;
            _server.Attach(host.RadioWake);
            _inbound = new InboundContact(host, server, statistics);
            _contact = new GattContact(host, statistics);
            _scanner = new Scanner(host, statistics);
        }

        /// <summary>When the thread last came by, milliseconds of the board clock.</summary>
        internal long ProgressMs
        {
            get { return _progressMs; }
        }

        /// <summary>When an advertisement of the mesh was last heard; 0 for never.</summary>
        internal long HeardMs
        {
            get { return _heardMs; }
        }

        /// <summary>Whether a role of the radio has failed so often that only a reboot is left to try.</summary>
        internal bool IsDead
        {
            get
            {
                for (int i = 0; i < Roles; i++)
                {
                    if (_failures[i] >= FailuresMax)
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        /// <summary>Units and reports refused because a queue was full.</summary>
        internal uint Refused
        {
            get { return _server.Inbox.Refused + _contact.Refused + _scanner.Refused; }
        }

#if !BLUETOOTH_ONLY
        /// <summary>Lets phones set the board up from now on; to be called before the thread starts.</summary>
        internal void Attach(Provisioner provisioner)
        {
            _provisioner = provisioner;
            _inbound.Provisioner = provisioner;
        }
#endif

        /// <summary>
        /// Keeps the deadlines of a contact from another thread; see <see cref="GattContact.Guard"/>.
        /// </summary>
        internal void Guard(long nowMs)
        {
            _contact.Guard(nowMs);
        }

        /// <inheritdoc/>
        protected override void Run()
        {
            while (true)
            {
                long nowMs = BoardClock.NowMs;
                _progressMs = nowMs;
                RadioAction action;
                lock (_host.Gate)
                {
                    action = _scheduler.Next(nowMs);
                }

                try
                {
                    // Down between any two roles, whatever the last one left behind.
                    BluetoothStack.Stop();
                    Do(action);
                    _failures[(int)action] = 0;
                }
                catch (Exception exception)
                {
                    Fail(action, exception);
                }
            }
        }

        private void Do(RadioAction action)
        {
            switch (action)
            {
                case RadioAction.Serve:
                    Serve();
                    break;
                case RadioAction.Scan:
                    Scan();
                    break;
                case RadioAction.Contact:
                    Dial();
                    break;
                default:
                    Rest();
                    break;
            }
        }

        private void Serve()
        {
            lock (_host.Gate)
            {
                _scheduler.WriteAdvertisement(_server.Advertisement, 0, BoardClock.NowMs);
            }

            _statistics.RadioStarts++;
            StartServing();
            try
            {
                ServeUntilDue();
            }
            finally
            {
                _inbound.Close(BoardClock.NowMs);
                _server.StopServing();
            }
        }

        private void StartServing()
        {
#if !BLUETOOTH_ONLY
            // In turns: both do not fit into one advertisement, and neither may be in the scan response.
            _servesPhones = !_servesPhones && _provisioner != null && _provisioner.IsOpen;
            if (_servesPhones)
            {
                _provisioner.WriteServiceData(_serviceData);
                _server.StartServing(Improv.Service(), _serviceData);
                return;
            }

            _meshUntilMs = BoardClock.NowMs + MeshTurnMs;
#endif
            _server.StartServing();
        }

        private void ServeUntilDue()
        {
            while (true)
            {
                long nowMs = BoardClock.NowMs;
                _progressMs = nowMs;
                if (EndsServing(_inbound.Pump(nowMs), nowMs))
                {
                    return;
                }

                _host.Tick(nowMs);
                long untilMs = _inbound.NextPumpMs();
                bool inContact = _inbound.IsOpen;
#if !BLUETOOTH_ONLY
                if (PumpPhone(inContact, nowMs, ref untilMs))
                {
                    return;
                }

#endif
                lock (_host.Gate)
                {
                    untilMs = Earlier(untilMs, _host.Core.NextDeadlineMs);

                    // Whoever is being answered is answered to the end, which AnswerLimitMs bounds.
                    if (!inContact)
                    {
                        if (_scheduler.Next(nowMs) != RadioAction.Serve || _scheduler.IsAdvertisementOld(nowMs))
                        {
                            return;
                        }

                        untilMs = Earlier(untilMs, _scheduler.DeadlineMs);
                    }
                }

                NodeHost.Wait(_host.RadioWake, untilMs, nowMs);
            }
        }

#if !BLUETOOTH_ONLY
        /// <returns>Whether what is advertised has to change.</returns>
        private bool PumpPhone(bool inContact, long nowMs, ref long untilMs)
        {
            if (_provisioner == null)
            {
                return false;
            }

            bool changes = _provisioner.Pump(_server.ConnectedAtMs != 0, nowMs);
            untilMs = Earlier(untilMs, _provisioner.NextPumpMs);
            if (inContact)
            {
                return false;
            }

            bool turn = _provisioner.IsOpen && !_servesPhones;
            untilMs = turn ? Earlier(untilMs, _meshUntilMs) : untilMs;
            return changes || (turn && nowMs >= _meshUntilMs);
        }
#endif

        private bool EndsServing(InboundState state, long nowMs)
        {
            if (state == InboundState.None)
            {
                return false;
            }

            bool stuck = state == InboundState.Stuck;
            if (stuck)
            {
                _statistics.AnsweredStuck++;
            }

            lock (_host.Gate)
            {
                _scheduler.InboundEnded(stuck, nowMs);
            }

            return state != InboundState.Ended;
        }

        /// <summary>The radio is off: whoever dials in would only hold the place.</summary>
        private void Rest()
        {
            while (true)
            {
                long nowMs = BoardClock.NowMs;
                _progressMs = nowMs;
                _host.Tick(nowMs);
                long untilMs;
                lock (_host.Gate)
                {
                    if (_scheduler.Next(nowMs) != RadioAction.Rest)
                    {
                        return;
                    }

                    untilMs = _scheduler.DeadlineMs;
                }

                NodeHost.Wait(_host.RadioWake, untilMs, nowMs);
            }
        }

        private void Scan()
        {
            _statistics.RadioStarts++;
            _statistics.Scans++;
            _scanner.Start();
            try
            {
                lock (_host.Gate)
                {
                    _scheduler.ScanBegan(BoardClock.NowMs);
                }

                ScanUntilDue();
            }
            finally
            {
                _scanner.Stop();
            }

            lock (_host.Gate)
            {
                _scheduler.ScanEnded(BoardClock.NowMs);
            }
        }

        private void ScanUntilDue()
        {
            while (true)
            {
                long nowMs = BoardClock.NowMs;
                _progressMs = nowMs;
                ulong address;
                while (_scanner.TryTake(out address, _seen))
                {
                    _heardMs = nowMs;
                    lock (_host.Gate)
                    {
                        _scheduler.AdvertisementSeen(address, _seen, 0, _seen.Length, nowMs);
                    }
                }

                _host.Tick(nowMs);
                long untilMs;
                lock (_host.Gate)
                {
                    untilMs = _scheduler.DeadlineMs;
                }

                if (untilMs <= nowMs)
                {
                    return;
                }

                NodeHost.Wait(_host.RadioWake, untilMs, nowMs);
            }
        }

        private void Dial()
        {
            ulong address;
            lock (_host.Gate)
            {
                address = _scheduler.ContactAddress;
            }

            _statistics.RadioStarts++;
            _statistics.Dialled++;
            ContactResult result = ContactResult.Failed;
            try
            {
                result = _contact.Run(address);
            }
            finally
            {
                lock (_host.Gate)
                {
                    _scheduler.ContactEnded(address, result, BoardClock.NowMs);
                }

                if (result != ContactResult.Completed)
                {
                    _statistics.DialledCut++;
                }
            }
        }

        private void Fail(RadioAction action, Exception exception)
        {
            _statistics.RadioFailures++;
            _statistics.ShortOfMemory |= exception is OutOfMemoryException;
            SerialLog.Error("the radio failed to " + NameOf(action), exception);
            BluetoothStack.StopQuietly();
            lock (_host.Gate)
            {
                _scheduler.RoleFailed(BoardClock.NowMs);
            }

            // Doubled with every failure, and a random part of it, so that neighbours with the same trouble do not
            // come back together.
            int pauseMs = PauseMinMs;
            for (int i = 0; i < _failures[(int)action] && pauseMs < PauseMaxMs; i++)
            {
                pauseMs *= 2;
            }

            _failures[(int)action]++;
            pauseMs = pauseMs > PauseMaxMs ? PauseMaxMs : pauseMs;
            Thread.Sleep((pauseMs / 2) + _random.Next(pauseMs / 2));
        }

        private static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }

        private static string NameOf(RadioAction action)
        {
            switch (action)
            {
                case RadioAction.Serve:
                    return "serve";
                case RadioAction.Scan:
                    return "scan";
                case RadioAction.Contact:
                    return "dial";
                default:
                    return "rest";
            }
        }
    }
}
