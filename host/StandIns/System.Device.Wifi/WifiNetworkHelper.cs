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
    /// The board's Wi-Fi is the host's network: connecting succeeds after a while, and with <c>requiresDateTime</c> the
    /// clock is right afterwards, as after SNTP.
    /// </summary>
    public static class WifiNetworkHelper
    {
        private const int ConnectMs = 3_000;
        private const int DateTimeMs = 1_000;

        private static readonly nano::System.Threading.ManualResetEvent s_ready =
            new nano::System.Threading.ManualResetEvent(false);

        public static Exception HelperException => null;

        public static nano::System.Threading.ManualResetEvent NetworkReady => s_ready;

        public static net::nanoFramework.Networking.NetworkHelperStatus Status { get; private set; }

        public static bool ConnectDhcp(
            string ssid, string password, WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false, int wifiAdapterId = 0,
            threading::System.Threading.CancellationToken token = default)
        {
            Status = net::nanoFramework.Networking.NetworkHelperStatus.Started;
            Gate.Board.Sleep(ConnectMs);
            if (requiresDateTime)
            {
                Gate.Board.Sleep(DateTimeMs);
                Gate.Board.SetUtcNow(DateTime.UtcNow);
            }

            Status = net::nanoFramework.Networking.NetworkHelperStatus.NetworkIsReady;
            s_ready.Set();
            return true;
        }

        public static bool ScanAndConnectDhcp(
            string ssid, string password, WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false, int WifiAdapter = 0,
            threading::System.Threading.CancellationToken token = default) =>
            ConnectDhcp(ssid, password, reconnectionKind, requiresDateTime, WifiAdapter, token);

        public static bool Reconnect(
            bool requiresDateTime = false, int wifiAdapterId = 0,
            threading::System.Threading.CancellationToken token = default) =>
            ConnectDhcp("", "", WifiReconnectionKind.Automatic, requiresDateTime, wifiAdapterId, token);

        public static void SetupNetworkHelper(bool requiresDateTime = false) =>
            Gate.Board.StartThread("wifi", () => Reconnect(requiresDateTime));

        public static void SetupNetworkHelper(
            string ssid, string password, WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false) =>
            SetupNetworkHelper(requiresDateTime);

        public static void Disconnect() => Reset();

        public static void Reset()
        {
            Gate.Check();
            Status = net::nanoFramework.Networking.NetworkHelperStatus.None;
            s_ready.Reset();
        }
    }
}
