extern alias nano;
extern alias net;
extern alias threading;

using System;
using System.Device.Wifi;
using WhispurrNet.Virtual;

namespace System.Device.Wifi
{
    public enum WifiReconnectionKind
    {
        Automatic = 0,
        Manual = 1,
    }
}

namespace nanoFramework.Networking
{
    /// <summary>
    /// Joins the board's Wi-Fi (<see cref="BoardWifi"/>), as patient as the library: it stores the network on the chip,
    /// does not ask whether joining succeeded, waits for an address without a limit of its own, and keeps exceptions to
    /// itself (facts 3).
    /// </summary>
    public static class WifiNetworkHelper
    {
        private const int PollMs = 200;
        private const int FirstValidYear = 2021;

        private static nano::System.Threading.ManualResetEvent s_ready =
            new nano::System.Threading.ManualResetEvent(false);

        private static bool s_instantiated;

        public static Exception HelperException { get; private set; }

        public static nano::System.Threading.ManualResetEvent NetworkReady => s_ready;

        public static net::nanoFramework.Networking.NetworkHelperStatus Status { get; private set; }

        public static bool ConnectDhcp(
            string ssid, string password, WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false, int wifiAdapterId = 0,
            threading::System.Threading.CancellationToken token = default)
        {
            return Guard(wifiAdapterId, () =>
            {
                Join(ssid, password);
                return WaitAvailable(requiresDateTime, token);
            });
        }

        public static bool ScanAndConnectDhcp(
            string ssid, string password, WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false, int WifiAdapter = 0,
            threading::System.Threading.CancellationToken token = default) =>
            ConnectDhcp(ssid, password, reconnectionKind, requiresDateTime, WifiAdapter, token);

        public static bool Reconnect(
            bool requiresDateTime = false, int wifiAdapterId = 0,
            threading::System.Threading.CancellationToken token = default) =>
            Guard(wifiAdapterId, () => WaitAvailable(requiresDateTime, token));

        public static void SetupNetworkHelper(bool requiresDateTime = false) => Setup(requiresDateTime);

        public static void SetupNetworkHelper(
            string ssid, string password, WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false)
        {
            Setup(requiresDateTime);
            if (ssid != Gate.Board.Hardware.Wifi.StoredSsid)
            {
                Join(ssid, password);
            }
        }

        public static void Disconnect()
        {
            Gate.Check();
            Gate.Board.Hardware.Wifi.Leave();
        }

        public static void Reset()
        {
            Gate.Check();
            s_instantiated = false;
            s_ready = new nano::System.Threading.ManualResetEvent(false);
            Status = net::nanoFramework.Networking.NetworkHelperStatus.None;
            HelperException = null;
        }

        private static void Join(string ssid, string password)
        {
            BoardWifi wifi = Gate.Board.Hardware.Wifi;
            if (wifi.IsUp && wifi.StoredSsid == ssid)
            {
                return;
            }

            wifi.Leave();
            wifi.Store(ssid, password);
            wifi.Join(ssid, password);
        }

        private static bool Guard(int adapter, Func<bool> operation)
        {
            Gate.Check();
            try
            {
                CheckAdapter(adapter);
                return operation();
            }
            catch (Exception exception) when (exception is not PowerOffException)
            {
                Status = net::nanoFramework.Networking.NetworkHelperStatus.ExceptionOccurred;
                HelperException = exception;
                return false;
            }
        }

        private static void CheckAdapter(int adapter)
        {
            if (adapter != 0 || !Gate.Board.Hardware.Wifi.HasAdapter)
            {
                throw new IndexOutOfRangeException();
            }
        }

        private static bool WaitAvailable(bool requiresDateTime, threading::System.Threading.CancellationToken token)
        {
            Status = net::nanoFramework.Networking.NetworkHelperStatus.Started;
            while (!token.IsCancellationRequested && !Gate.Board.Hardware.Wifi.IsUp)
            {
                Gate.Board.Sleep(PollMs);
            }

            if (token.IsCancellationRequested)
            {
                Status = net::nanoFramework.Networking.NetworkHelperStatus.TokenExpiredWaitingIPAddress;
                return false;
            }

            while (requiresDateTime && !token.IsCancellationRequested && !HasTime())
            {
                Gate.Board.Sleep(PollMs);
            }

            bool ready = !token.IsCancellationRequested;
            Status = ready
                ? net::nanoFramework.Networking.NetworkHelperStatus.NetworkIsReady
                : net::nanoFramework.Networking.NetworkHelperStatus.TokenExpiredWaitingDateTime;
            return ready;
        }

        private static bool HasTime() => Gate.Board.UtcNow.Year >= FirstValidYear;

        private static void Setup(bool requiresDateTime)
        {
            Gate.Check();
            if (s_instantiated)
            {
                throw new InvalidOperationException();
            }

            s_instantiated = true;
            CheckAdapter(0);
            Status = net::nanoFramework.Networking.NetworkHelperStatus.Started;
            Gate.Board.StartThread("wifi", () => Follow(requiresDateTime, s_ready));
        }

        private static void Follow(bool requiresDateTime, nano::System.Threading.ManualResetEvent ready)
        {
            bool wasReady = false;
            while (ready == s_ready)
            {
                bool isReady = Gate.Board.Hardware.Wifi.IsUp && (!requiresDateTime || HasTime());
                if (isReady && !wasReady)
                {
                    Status = net::nanoFramework.Networking.NetworkHelperStatus.NetworkIsReady;
                    ready.Set();
                }
                else if (wasReady && !isReady)
                {
                    Status = net::nanoFramework.Networking.NetworkHelperStatus.Reconnecting;
                    ready.Reset();
                }

                wasReady = isReady;
                Gate.Board.Sleep(PollMs);
            }
        }
    }
}
