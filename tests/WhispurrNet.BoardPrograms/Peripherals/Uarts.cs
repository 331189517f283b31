using System;
using System.IO.Ports;
using nanoFramework.Hardware.Esp32;

namespace WhispurrNet.BoardPrograms.Peripherals
{
    /// <summary>Steps with UARTs, called one by one.</summary>
    public static class Uarts
    {
        private static SerialPort s_port;
        private static int s_events;

        /// <summary>Opens a port; how that went.</summary>
        public static string Open(string name, int bufferSize, int receivePin, int transmitPin)
        {
            try
            {
                if (receivePin >= 0)
                {
                    Configuration.SetPinFunction(transmitPin, DeviceFunction.COM2_TX);
                    Configuration.SetPinFunction(receivePin, DeviceFunction.COM2_RX);
                }

                s_port = new SerialPort(name, 921600);
                s_port.ReadBufferSize = bufferSize;
                s_port.Open();
                s_port.DataReceived += (sender, e) => s_events++;
                return "open";
            }
            catch (Exception exception)
            {
                if (s_port != null)
                {
                    s_port.Dispose();
                }

                return exception.GetType().Name;
            }
        }

        /// <summary>A second object for the same port; how that went.</summary>
        public static string OpenAgain(string name)
        {
            try
            {
                new SerialPort(name);
                return "made";
            }
            catch (Exception exception)
            {
                return exception.GetType().Name;
            }
        }

        /// <summary>Bytes that wait, and events so far.</summary>
        public static string Seen()
        {
            return s_port.BytesToRead.ToString() + " bytes, " + (s_events > 0 ? "told" : "not told");
        }

        /// <summary>Reads so many bytes; their sum, or what went wrong.</summary>
        public static string Read(int count, int timeoutMs)
        {
            byte[] bytes = new byte[count];
            s_port.ReadTimeout = timeoutMs;
            try
            {
                int read = s_port.Read(bytes, 0, count);
                int sum = 0;
                for (int i = 0; i < read; i++)
                {
                    sum += bytes[i];
                }

                return read.ToString() + " bytes, sum " + sum.ToString();
            }
            catch (TimeoutException)
            {
                return "timeout";
            }
        }

        /// <summary>Writes bytes from 0 up.</summary>
        public static void Write(int count)
        {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++)
            {
                bytes[i] = (byte)i;
            }

            s_port.Write(bytes, 0, count);
        }
    }
}
