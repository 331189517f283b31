using System;
#if !BLUETOOTH_ONLY
using System.Net.NetworkInformation;
#endif
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Board.Platform
{
    /// <summary>
    /// The randomness of a board. System.Random is the hardware generator of the ESP32 whatever seed it is given, and
    /// it is truly random only while the radio is on: call this after the Bluetooth stack or Wi-Fi has started, not
    /// before. Many draws, a seed left by the last start, the board's addresses and its clocks go through HMAC-SHA256,
    /// so that one weak source does not decide. The draws must pass <see cref="EntropyHealth"/>.
    /// </summary>
    internal sealed class EntropySource
    {
        /// <summary>Bytes of a seed.</summary>
        internal const int SeedSize = 32;

        private const int Draws = 16;

        private readonly IHmacSha256 _hmac;
        private readonly Random _random = new Random();
        private readonly byte[] _pool = new byte[SeedSize];
        private readonly byte[] _draw = new byte[SeedSize];

        /// <param name="hmac">Mixes.</param>
        internal EntropySource(IHmacSha256 hmac)
        {
            _hmac = hmac;
        }

        /// <summary>A fresh seed.</summary>
        /// <param name="seed">Receives 32 bytes; the caller wipes them.</param>
        /// <returns>Null if there is a seed, else what is wrong with the generator.</returns>
        internal string CreateSeed(byte[] seed)
        {
            EntropyHealth health = new EntropyHealth();
            string problem = null;
            for (int i = 0; i < EntropyHealth.StartUpSamples && problem == null; i += SeedSize)
            {
                problem = Draw(health);
            }

#if !BLUETOOTH_ONLY
            Mix(Addresses());
#endif
            for (int i = 0; i < Draws && problem == null; i++)
            {
                problem = Draw(health);
                Mix(_draw);
                Mix(BitConverter.GetBytes(Environment.TickCount64));
                Mix(BitConverter.GetBytes(DateTime.UtcNow.Ticks));
            }

            if (problem == null)
            {
                // Two labels of one pool: neither of the two tells anything about the other.
                byte[] stored = StoredSeed.Read();
                Mix(stored);
                CryptoBytes.Wipe(stored);
                Derive(1, seed);
                StoredSeed.Write(seed);
                Derive(0, seed);
            }

            CryptoBytes.Wipe(_draw);
            CryptoBytes.Wipe(_pool);
            return problem;
        }

        private string Draw(EntropyHealth health)
        {
            _random.NextBytes(_draw);
            return health.Test(_draw);
        }

        /// <summary>The pool becomes the HMAC of the input under the old pool.</summary>
        private void Mix(byte[] input)
        {
            _hmac.Compute(_pool, input, 0, input.Length, _pool, 0);
        }

        private void Derive(byte label, byte[] output)
        {
            _hmac.Compute(_pool, new byte[] { label }, 0, 1, output, 0);
        }

#if !BLUETOOTH_ONLY
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
#endif
    }
}
