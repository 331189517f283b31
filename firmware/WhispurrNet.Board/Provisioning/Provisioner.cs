using System;
using System.Device.Wifi;
using System.IO;
using System.Threading;
using nanoFramework.Networking;
using nanoFramework.Runtime.Native;
using WhispurrNet.Board.Network;
using WhispurrNet.Board.Platform;

namespace WhispurrNet.Board.Provisioning
{
    /// <summary>
    /// Lets a phone set the board up over Bluetooth while its time for that lasts: from power on if the board was never set
    /// up, or from the press of a button. The radio's thread calls <see cref="Pump"/> and never waits; joining Wi-Fi and
    /// writing the settings is done on this thread. Then the board starts anew.
    /// </summary>
    internal sealed class Provisioner : LoopThread
    {
        /// <summary>What the settings and the firmware call themselves.</summary>
        private const string FirmwareName = "WhispurrNet";

        /// <summary>A board that was never set up can be for so long after power on.</summary>
        internal const int OpenMs = 10 * 60 * 1000;

        /// <summary>A board can be set up for so long after its button was pressed.</summary>
        internal const int ButtonOpenMs = 5 * 60 * 1000;

        /// <summary>Longest wait for an address on the network that a phone named.</summary>
        internal const int JoinLimitMs = 30 * 1000;

        /// <summary>The phone has so long to read the result before the board starts anew.</summary>
        internal const int RestartMs = 8 * 1000;

        private readonly BoardSettings _settings;
        private readonly WifiLink _wifi;
        private readonly StatusLed _led;
        private readonly AutoResetEvent _wake;
        private readonly AutoResetEvent _work = new AutoResetEvent(false);
        private readonly ImprovService _service;
        private readonly ImprovSession _session;
        private readonly byte[] _write = new byte[Improv.DataSizeMax + Improv.Overhead];
        private bool _created;
        private bool _pressed;
        private bool _open;
        private long _untilMs;
        private long _restartAtMs = long.MaxValue;

        // Handed to the thread and back; whoever has it is the only one to touch the settings.
        private ImprovAction _job;
        private string _ssid;
        private string _password;
        private bool _done;
        private ImprovError _outcome;

        /// <param name="settings">What is changed and saved.</param>
        /// <param name="wifi">The board's own Wi-Fi, or null.</param>
        /// <param name="led">Shows which board it is, or null.</param>
        /// <param name="wake">Wakes the radio's thread.</param>
        /// <param name="statistics">Counts.</param>
        internal Provisioner(
            BoardSettings settings, WifiLink wifi, StatusLed led, AutoResetEvent wake, BoardStatistics statistics)
            : base("provisioning", statistics)
        {
            _settings = settings;
            _wifi = wifi;
            _led = led;
            _wake = wake;
            _service = new ImprovService(statistics, wake);
            _session = new ImprovSession(
                new string[] { FirmwareName, BoardVersion.Text, SystemInfo.TargetName, settings.Name });
        }

        /// <summary>Whether phones may find the board now.</summary>
        internal bool IsOpen
        {
            get { return _open; }
        }

        /// <summary>When a client last used the service; 0 for never.</summary>
        internal long UsedAtMs
        {
            get { return _service.UsedAtMs; }
        }

        /// <summary>When <see cref="Pump"/> wants to be called without an event; long.MaxValue for not at all.</summary>
        internal long NextPumpMs
        {
            get { return _restartAtMs < _untilMs ? _restartAtMs : _open ? _untilMs : long.MaxValue; }
        }

        /// <summary>Lets phones in without a button, from now on.</summary>
        internal void Begin(long nowMs)
        {
            Open(OpenMs, nowMs);
            _session.Authorize(false, nowMs);
        }

        /// <summary>The button was pressed; called from the library's event thread.</summary>
        internal void Press()
        {
            _pressed = true;
            _wake.Set();
        }

        /// <summary>What an advertisement says about this.</summary>
        internal void WriteServiceData(byte[] target)
        {
            Improv.WriteServiceData(target, _session.State);
        }

        /// <summary>Moves writes into the session and its changes to the client; on the radio's thread.</summary>
        /// <param name="connected">Whether a central is connected.</param>
        /// <param name="nowMs">Now.</param>
        /// <returns>Whether advertising has to start anew, for the service or what it says to be there.</returns>
        internal bool Pump(bool connected, long nowMs)
        {
            bool opened = TakePress(nowMs);
            if (!_open)
            {
                return false;
            }

            TakeOutcome(nowMs);
            while (_job == ImprovAction.None)
            {
                int count = _service.TryTake(_write);
                if (count < 0)
                {
                    break;
                }

                Do(_session.Receive(_write, count, nowMs), nowMs);
                Protocol.Crypto.CryptoBytes.Wipe(_write);
            }

            _session.HandleTimeout(nowMs);
            uint changes = _session.TakeChanges();
            if (changes != 0u)
            {
                _session.GiveBack(_service.Publish(_session, changes));
            }

            return EndOrGoOn(connected, nowMs) || opened;
        }

        /// <inheritdoc/>
        protected override void Run()
        {
            while (true)
            {
                _work.WaitOne();
                ImprovError outcome = ImprovError.Unknown;
                try
                {
                    outcome = _job == ImprovAction.Connect ? Join() : Save();
                }
                catch (Exception exception)
                {
                    SerialLog.Error("a phone's settings cannot be taken", exception);
                }

                _outcome = outcome;
                _done = true;
                _wake.Set();
            }
        }

        private bool TakePress(long nowMs)
        {
            if (!_pressed)
            {
                return false;
            }

            _pressed = false;
            bool opened = !_open;
            Open(ButtonOpenMs, nowMs);
            _session.Authorize(true, nowMs);
            return opened;
        }

        private void Open(int forMs, long nowMs)
        {
            if (!_created)
            {
                _created = true;
                _service.Create();
                Start();
            }

            if (!_open)
            {
                SerialLog.Line("provision open seconds=" + (forMs / 1000).ToString());
            }

            _open = true;
            _untilMs = nowMs + forMs;
            _service.Publish(_session, 0u);
        }

        /// <summary>Starts the board anew, or ends the time, when it is up.</summary>
        private bool EndOrGoOn(bool connected, long nowMs)
        {
            if (nowMs >= _restartAtMs || (_restartAtMs != long.MaxValue && !connected))
            {
                SerialLog.Line("provision restart");
                Power.RebootDevice();
            }

            if (nowMs < _untilMs || _job != ImprovAction.None || _restartAtMs != long.MaxValue)
            {
                return false;
            }

            _open = false;
            _session.Revoke();
            _service.Publish(_session, _session.TakeChanges());
            SerialLog.Line("provision closed");
            return true;
        }

        private void Do(ImprovAction action, long nowMs)
        {
            switch (action)
            {
                case ImprovAction.Identify:
                    SerialLog.Line("provision identify name=" + SerialLog.Word(_settings.Name));
                    if (_led != null)
                    {
                        _led.Identify();
                    }

                    break;
                case ImprovAction.Set:
                    _session.Answer(Improv.SetValue, _settings.Change(_session.First, _session.Second));
                    break;
                case ImprovAction.Connect:
                case ImprovAction.Apply:
                    _ssid = _session.First;
                    _password = _session.Second;
                    _untilMs = _untilMs > nowMs + JoinLimitMs ? _untilMs : nowMs + JoinLimitMs;
                    _job = action;
                    _work.Set();
                    break;
            }
        }

        private void TakeOutcome(long nowMs)
        {
            if (!_done)
            {
                return;
            }

            _done = false;
            ImprovAction job = _job;
            _ssid = null;
            _password = null;
            bool good = _outcome == ImprovError.None;
            if (job == ImprovAction.Apply)
            {
                _session.Answer(Improv.Apply, good ? null : "cannot be stored");
            }
            else if (good)
            {
                _session.Connected();
            }
            else
            {
                _session.ConnectFailed(_outcome, nowMs);
            }

            _restartAtMs = good ? nowMs + RestartMs : long.MaxValue;
            _job = ImprovAction.None;
        }

        private ImprovError Join()
        {
            string problem = _settings.CheckWifi(_ssid, _password);
            if (problem != null)
            {
                SerialLog.Error("a phone's Wi-Fi " + problem);
                return ImprovError.UnableToConnect;
            }

            SerialLog.Line("provision wifi ssid=" + SerialLog.Word(_ssid));
            Pause(true);
            try
            {
                using (CancellationTokenSource limit = new CancellationTokenSource(JoinLimitMs))
                {
                    bool connected = WifiNetworkHelper.ConnectDhcp(
                        _ssid, _password, WifiReconnectionKind.Automatic, false, 0, limit.Token);
                    if (!connected)
                    {
                        SerialLog.Error("a phone's Wi-Fi gives no address: the network is away, or name or password are wrong");
                        return ImprovError.UnableToConnect;
                    }
                }
            }
            finally
            {
                Pause(false);
            }

            _settings.WifiName = _ssid;
            _settings.WifiPassword = _password;
            return Save();
        }

        private ImprovError Save()
        {
            try
            {
                _settings.Save();
            }
            catch (IOException exception)
            {
                SerialLog.Error("a phone's settings cannot be stored", exception);
                return ImprovError.Unknown;
            }

            SerialLog.Line("provision stored");
            return ImprovError.None;
        }

        private void Pause(bool pause)
        {
            if (_wifi != null)
            {
                _wifi.Pause(pause);
            }
        }
    }
}
