using System;
using System.Net.NetworkInformation;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Board.Platform
{
    /// <summary>
    /// The randomness of a board. System.Random is the hardware generator of the ESP32 whatever seed it is given, and
    /// it is truly random only while the radio is on: call this after the Bluetooth stack or Wi-Fi has started, not
    /// before. Many draws, the board's addresses and its clocks go through HMAC-SHA256, so that one weak source does
    /// not decide.
    /// </summary>
    internal static class EntropySource
    {
        /// <summary>Bytes of a seed.</summary>
        internal const int SeedSize = 32;

        private const int Draws = 16;

        /// <summary>A fresh seed, 32 bytes; the caller wipes it.</summary>
        internal static byte[] CreateSeed(IHmacSha256 hmac)
        {
            byte[] pool = new byte[SeedSize];
            byte[] draw = new byte[SeedSize];
            Random random = new Random();
            Mix(hmac, pool, Addresses());
            for (int i = 0; i < Draws; i++)
            {
                random.NextBytes(draw);
                Mix(hmac, pool, draw);
                Mix(hmac, pool, BitConverter.GetBytes(Environment.TickCount64));
                Mix(hmac, pool, BitConverter.GetBytes(DateTime.UtcNow.Ticks));
            }

            CryptoBytes.Wipe(draw);
            return pool;
        }

        /// <summary>The pool becomes the HMAC of the input under the old pool.</summary>
        private static void Mix(IHmacSha256 hmac, byte[] pool, byte[] input)
        {
            hmac.Compute(pool, input, 0, input.Length, pool, 0);
        }

        /// <summary>The hardware addresses: not secret, but different on every board.</summary>
        private static byte[] Addresses()
        {
            try
            {
                NetworkInterface[] interfaces = NetworkInterface.GetAllNetworkInterfaces();
                byte[] all = new byte[interfaces.Length * 6];
                for (int i = 0; i < interfaces.Length; i++)
                {
                    byte[] address = interfaces[i].PhysicalAddress;
                    if (address != null && address.Length == 6)
                    {
                        Array.Copy(address, 0, all, i * 6, 6);
                    }
                }

                return all;
            }
            catch (Exception exception)
            {
                SerialLog.Error("no hardware address for the seed", exception);
                return new byte[0];
            }
        }
    }
}
