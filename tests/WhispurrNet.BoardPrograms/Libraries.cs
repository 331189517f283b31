using System;
using System.IO;
using System.Net.NetworkInformation;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Networking;
using nanoFramework.Runtime.Events;
using nanoFramework.Runtime.Native;
using WhispurrNet.Board.Platform;
using WhispurrNet.DeviceTests.Contracts;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>One call for each library that firmware may lean on.</summary>
    public static class Libraries
    {
        private static readonly AutoResetEvent s_event = new AutoResetEvent(false);
        private static uint s_data;

        /// <summary>A token that cancels itself; returns how long a wait on it took, and whether its callback ran.</summary>
        public static string Cancellation()
        {
            CancellationTokenSource source = new CancellationTokenSource(250);
            bool called = false;
            source.Token.Register(() => called = true);
            long start = System.Environment.TickCount64;
            source.Token.WaitHandle.WaitOne(5000, false);
            long waited = System.Environment.TickCount64 - start;
            Thread.Sleep(10);
            return waited + " " + source.IsCancellationRequested + " " + called;
        }

        /// <summary>Writes lines into memory and reads them back.</summary>
        public static string Streams()
        {
            MemoryStream memory = new MemoryStream();
            StreamWriter writer = new StreamWriter(memory, true);
            writer.WriteLine("one");
            writer.Write(2);
            writer.Flush();
            memory.Seek(0, SeekOrigin.Begin);
            StreamReader reader = new StreamReader(memory);
            return reader.ReadLine() + "," + reader.ReadLine() + "," + (reader.ReadLine() == null) + "," + memory.Length;
        }

        /// <summary>Text with a zero byte in it: the device's strings end there.</summary>
        public static string Text()
        {
            byte[] bytes = new byte[] { (byte)'a', (byte)'b', 0, (byte)'c' };
            return Encoding.UTF8.GetString(bytes, 0, bytes.Length) + Encoding.UTF8.GetBytes("ä").Length;
        }

        /// <summary>HMAC-SHA256 over the arguments.</summary>
        public static byte[] Hmac(byte[] key, byte[] data)
        {
            return HMACSHA256.HashData(key, data);
        }

        /// <summary>What the adapter of the native HMAC does wrong, or nothing.</summary>
        public static string HmacAdapter()
        {
            return HmacContract.Failure(new NativeHmacSha256());
        }

        /// <summary>A managed event through the event thread.</summary>
        public static uint Events()
        {
            CustomEvent.CustomEventPosted += OnCustom;
            EventSink.PostManagedEvent((byte)EventCategory.Custom, 0, 7, 4711);
            s_event.WaitOne(1000, false);
            return s_data;
        }

        /// <summary>The chip's base address, the heap, and a microsecond timer.</summary>
        public static string Chip()
        {
            byte[] address = NetworkInterface.GetAllNetworkInterfaces()[0].PhysicalAddress;
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.All, out uint total, out uint free, out uint largest);
            HighResTimer timer = new HighResTimer();
            timer.OnHighResTimerExpired += (sender, e) => s_event.Set();
            ulong start = HighResTimer.GetCurrent();
            timer.StartOneShot(30000);
            s_event.WaitOne(1000, false);
            return BitConverter.ToString(address) + " " + nanoFramework.Runtime.Native.GC.Run(true) + " "
                + (free == largest && free <= total) + " " + (HighResTimer.GetCurrent() - start >= 30000);
        }

        private static void OnCustom(object sender, CustomEventArgs e)
        {
            s_data = e.Data1 * 10000u + e.Data2;
            s_event.Set();
        }
    }
}
