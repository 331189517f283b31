using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Networking;
using WhispurrNet.Board.Platform;

namespace WhispurrNet.Board.Network
{
    /// <summary>
    /// Keeps the board on Wi-Fi, on a thread of its own, so that nothing else ever waits for an access point: connects,
    /// watches, and connects again. With a network in the settings the chip is told, and remembers it; otherwise the
    /// chip's own stored network is waited for. Each change of state is one <c>wn wifi</c> line.
    /// </summary>
    internal sealed class WifiLink : LoopThread
    {
        /// <summary>
        /// An attempt ends after this: without a limit the library waits for an address for ever.
        /// </summary>
        private const int ConnectLimitMs = 60 * 1000;

        private const int PauseMinMs = 5000;
        private const int PauseMaxMs = 5 * 60 * 1000;
        private const int WatchPeriodMs = 5000;

        /// <summary>
        /// Every so many attempts the chip is told the network anew, which writes to its flash; in between it goes on
        /// trying by itself.
        /// </summary>
        private const int TellEvery = 8;

        private readonly string _ssid;
        private readonly string _password;
        private readonly bool _needsTime;
        private readonly ManualResetEvent _ready = new ManualResetEvent(false);
        private readonly Random _random = new Random();
        private bool _timeKnown;
        private bool _paused;

        internal WifiLink(BoardSettings settings, BoardStatistics statistics)
            : base("wifi", statistics)
        {
            _ssid = settings.WifiName;
            _password = settings.Password;

            // Certificates have dates.
            _needsTime = settings.Gateway.StartsWith("wss://");
        }

        /// <summary>Waits until the gateway can be dialled.</summary>
        /// <param name="limitMs">Milliseconds, or -1 for as long as it takes.</param>
        /// <returns>Whether it can.</returns>
        internal bool WaitReady(int limitMs)
        {
            return _ready.WaitOne(limitMs, false);
        }

        /// <summary>Leaves the chip alone, while somebody else tells it a network, or goes on.</summary>
        internal void Pause(bool pause)
        {
            _paused = pause;
        }

        /// <inheritdoc/>
        protected override void Run()
        {
            string address = Connect();
            SerialLog.Line("wifi ready address=" + address);
            while (Address() != null)
            {
                NoteTime();
                if (_timeKnown || !_needsTime)
                {
                    _ready.Set();
                }

                Thread.Sleep(WatchPeriodMs);
            }

            _ready.Reset();
            SerialLog.Line("wifi lost");
        }

        /// <returns>The board's address.</returns>
        private string Connect()
        {
            SerialLog.Line("wifi connecting ssid=" + (_ssid.Length == 0 ? "stored" : SerialLog.Word(_ssid)));
            int pauseMs = PauseMinMs;
            for (int attempt = 0; ; attempt++)
            {
                while (_paused)
                {
                    Thread.Sleep(WatchPeriodMs);
                }

                bool connected = TryConnect(attempt % TellEvery == 0);
                string address = Address();
                if (connected && address != null)
                {
                    return address;
                }

                if (attempt == 0)
                {
                    Complain();
                }

                Thread.Sleep((pauseMs / 2) + _random.Next(pauseMs / 2));
                pauseMs = pauseMs * 2 > PauseMaxMs ? PauseMaxMs : pauseMs * 2;
            }
        }

        private bool TryConnect(bool tell)
        {
            using (CancellationTokenSource limit = new CancellationTokenSource(ConnectLimitMs))
            {
                return tell && _ssid.Length > 0
                    ? WifiNetworkHelper.ConnectDhcp(
                        _ssid, _password, WifiReconnectionKind.Automatic, false, 0, limit.Token)
                    : WifiNetworkHelper.Reconnect(false, 0, limit.Token);
            }
        }

        /// <summary>Once in a row of failures: a network may be away for days.</summary>
        private static void Complain()
        {
            Exception exception = WifiNetworkHelper.HelperException;
            if (exception != null)
            {
                SerialLog.Error("Wi-Fi does not connect, trying on", exception);
                return;
            }

            SerialLog.Error("Wi-Fi gives no address, trying on: the network is away, or name or password are wrong");
        }

        private void NoteTime()
        {
            if (!_timeKnown && BoardClock.UnixSeconds != 0)
            {
                _timeKnown = true;
                SerialLog.Line("wifi time");
            }
        }

        private static string Address()
        {
            NetworkInterface[] interfaces = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < interfaces.Length; i++)
            {
                string address = interfaces[i].IPv4Address;
                if (!string.IsNullOrEmpty(address) && address[0] != '0')
                {
                    return address;
                }
            }

            return null;
        }
    }
}
