using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Networking;

namespace WhispurrNet.BoardPrograms.Net
{
    /// <summary>Steps of a program that uses Wi-Fi; each is called from outside.</summary>
    public static class WifiSteps
    {
        /// <summary>
        /// Connects; returns success, state, exception, address and the wall clock's year, blanks between.
        /// </summary>
        public static string Connect(string ssid, string password, int limitMs, bool requiresTime)
        {
            using (CancellationTokenSource limit = new CancellationTokenSource(limitMs))
            {
                return Describe(WifiNetworkHelper.ConnectDhcp(
                    ssid, password, WifiReconnectionKind.Automatic, requiresTime, 0, limit.Token));
            }
        }

        /// <summary>Waits for the network that the chip has stored.</summary>
        public static string Reconnect(int limitMs)
        {
            using (CancellationTokenSource limit = new CancellationTokenSource(limitMs))
            {
                return Describe(WifiNetworkHelper.Reconnect(false, 0, limit.Token));
            }
        }

        /// <summary>Connects to a network that is not there and sets no limit.</summary>
        public static void ConnectWithoutLimit()
        {
            Console.WriteLine("connecting");
            bool connected = WifiNetworkHelper.ConnectDhcp("nowhere", "password");
            Console.WriteLine("returned " + connected.ToString());
        }

        /// <summary>Sets the helper up twice.</summary>
        public static void SetUpTwice()
        {
            WifiNetworkHelper.SetupNetworkHelper();
            WifiNetworkHelper.SetupNetworkHelper();
        }

        /// <summary>Whether the board has an address.</summary>
        public static bool HasAddress()
        {
            return NetworkInterface.GetAllNetworkInterfaces()[0].IPv4Address != "0.0.0.0";
        }

        private static string Describe(bool connected)
        {
            Exception exception = WifiNetworkHelper.HelperException;
            return connected.ToString() + " " + ((int)WifiNetworkHelper.Status).ToString() + " "
                + (exception == null ? "-" : exception.GetType().Name) + " " + HasNetwork().ToString() + " "
                + DateTime.UtcNow.Year.ToString();
        }

        private static bool HasNetwork()
        {
            return NetworkInterface.GetAllNetworkInterfaces().Length > 0 && HasAddress();
        }
    }
}
