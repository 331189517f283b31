using System;
using nanoFramework.Device.Bluetooth;
using WhispurrNet.Board.Platform;

namespace WhispurrNet.Board.Radio
{
    /// <summary>
    /// The one way between the roles of the Bluetooth stack. Server and client exclude each other, and a direct
    /// change leaves library and stack of different minds, so every change goes through "not running". Each start and
    /// stop is a call into the firmware in which all threads of the board stand still, for hundreds of milliseconds
    /// or more.
    /// </summary>
    internal static class BluetoothStack
    {
        /// <summary>
        /// Starts the stack in the server role; the radio, and with it true randomness, is on afterwards.
        /// </summary>
        internal static void StartServer()
        {
            BluetoothLEServer.Instance.Start();
        }

        /// <summary>Makes sure that the stack is down; costs nothing if it is.</summary>
        internal static void Stop()
        {
            BluetoothLEServer.Instance.Stop();
        }

        /// <summary>The same after a failure, where stopping may fail in turn.</summary>
        internal static void StopQuietly()
        {
            try
            {
                BluetoothLEServer.Instance.Stop();
            }
            catch (Exception exception)
            {
                SerialLog.Error("the Bluetooth stack does not stop", exception);
            }
        }
    }
}
