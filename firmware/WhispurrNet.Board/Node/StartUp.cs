using System;
using System.Threading;
#if !BLUETOOTH_ONLY
using WhispurrNet.Board.Gateway;
using WhispurrNet.Board.Network;
#endif
using WhispurrNet.Board.Platform;
using WhispurrNet.Board.Radio;
using WhispurrNet.Board.SelfTest;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Obfuscation;

namespace WhispurrNet.Board.Node
{
    /// <summary>
    /// Everything between power on and a running node, in an order that matters: primitives are tested before there is
    /// a key, the radio is on before there is randomness, and there is randomness before there is an identity. What is
    /// missing is named once; what cannot be done without stops the board here.
    /// </summary>
    internal sealed class StartUp
    {
        /// <summary>
        /// Free heap from which a board counts as one with external RAM: without it, none has as much.
        /// </summary>
        private const uint FullHeapMin = 192 * 1024;

        /// <summary>Free heap that pumps, threads and a connection to the gateway need beside the node.</summary>
        private const uint RestHeapMin = 16 * 1024;

        private const int RadioAttemptsMax = 10;
        private const int RadioPauseMinMs = 1000;
        private const int RadioPauseMaxMs = 60 * 1000;
        private const int EntropyAttemptsMax = 5;
        private const int EntropyPauseMs = 5000;
        private const int RefusalPeriodMs = 60 * 1000;

        private readonly BoardSettings _settings;
#if !BLUETOOTH_ONLY
        private readonly StatusLed _led;
        private readonly WifiLink _wifi;
#endif
        private readonly GattServer _server;
        private bool _full;

        internal StartUp(BoardSettings settings, BoardStatistics statistics)
        {
            _settings = settings;
#if !BLUETOOTH_ONLY
            _led = StatusLed.Open(settings.LedPin, statistics);
#endif
            _server = new GattServer(statistics);
#if !BLUETOOTH_ONLY
            if (settings.WifiName.Length > 0 || settings.Gateway.Length > 0)
            {
                _wifi = new WifiLink(settings, statistics);
            }
#endif
        }

#if !BLUETOOTH_ONLY
        /// <summary>The Wi-Fi, or null if nothing needs it.</summary>
        internal WifiLink Wifi
        {
            get { return _wifi; }
        }
#endif

#if !BLUETOOTH_ONLY
        /// <summary>The status LED, or null.</summary>
        internal StatusLed Led
        {
            get { return _led; }
        }
#endif

        /// <summary>The server role of the radio.</summary>
        internal GattServer Server
        {
            get { return _server; }
        }

        /// <summary>What the node may hold; valid once there is a node.</summary>
        internal NodeLimits Limits
        {
            get
            {
                NodeLimits limits = _full ? NodeLimits.Full() : NodeLimits.Small();
#if BLUETOOTH_ONLY
                // Without a gateway there is one contact at a time, dialled or answered.
                limits.Links = 1;
#endif
                return limits;
            }
        }

        /// <summary>
        /// Brings the board up to a node without pumps. Takes a second or two; does not return if the board must not
        /// run.
        /// </summary>
        internal NodeHost CreateHost()
        {
            LastResort.Begin(BoardClock.NowMs);
            string problem = PowerOnTest.RunAll();
            if (problem != null)
            {
                Refuse(problem);
            }

            IHmacSha256 hmac = NativeHmacSha256.Choose();
#if !BLUETOOTH_ONLY
            if (_wifi != null)
            {
                _wifi.Start();
            }

#endif
            PowerRadio();
            byte[] seed = new byte[EntropySource.SeedSize];
            MakeSeed(hmac, seed);
            NodeHost host = new NodeHost(CreateCore(hmac, seed));
            CryptoBytes.Wipe(seed);
            return host;
        }

        /// <summary>The line that says what this board is.</summary>
        internal void PrintBoot(NodeHost host)
        {
            SerialLog.Line("boot name=" + _settings.Name
                + " identity=" + host.Core.IdentityText
                + (_full ? " size=full" : " size=small")
                + " frame=" + _settings.FrameSize.ToString()
                + (_settings.IsMember ? " network=member" : " network=none"));
        }

#if !BLUETOOTH_ONLY
        /// <summary>The status LED shows what the node does from now on.</summary>
        internal void Follow(NodeHost host, GatewayPump gateway)
        {
            if (_led != null)
            {
                _led.Follow(host, gateway);
            }
        }
#endif

        private void PowerRadio()
        {
            int pauseMs = RadioPauseMinMs;
            for (int i = 0; ; i++)
            {
                if (TryPowerBluetooth(i == 0))
                {
                    return;
                }

#if BLUETOOTH_ONLY
                Thread.Sleep(pauseMs);
#else
                if (_wifi == null)
                {
                    Thread.Sleep(pauseMs);
                }
                else if (_wifi.WaitReady(pauseMs))
                {
                    // The radio's thread goes on trying; Wi-Fi is enough for randomness, and for the gateway.
                    return;
                }

#endif
                pauseMs = pauseMs * 2 > RadioPauseMaxMs ? RadioPauseMaxMs : pauseMs * 2;
                if (i >= RadioAttemptsMax)
                {
                    LastResort.Demand("no radio starts, so there is neither randomness nor a way out", BoardClock.NowMs);
                }
            }
        }

        private bool TryPowerBluetooth(bool first)
        {
            try
            {
                _server.CreateService();
                BluetoothStack.StartServer();
                return true;
            }
            catch (Exception exception)
            {
                if (first)
                {
                    SerialLog.Error("Bluetooth did not start, trying on", exception);
                }

                BluetoothStack.StopQuietly();
                return false;
            }
        }

        private void MakeSeed(IHmacSha256 hmac, byte[] seed)
        {
            EntropySource source = new EntropySource(hmac);
            for (int i = 1; ; i++)
            {
                string problem = source.CreateSeed(seed);
                if (problem == null)
                {
                    return;
                }

                problem = "the random generator is unhealthy, so no keys are made: " + problem;
                if (i == EntropyAttemptsMax)
                {
                    Refuse(problem);
                }

                SerialLog.Error(problem);
                Thread.Sleep(EntropyPauseMs);
            }
        }

        private NodeCore CreateCore(IHmacSha256 hmac, byte[] seed)
        {
            // With library and radio in place, and before the pumps, which are small beside either size.
            _full = _settings.Size == BoardSize.Full
                || (_settings.Size == BoardSize.Auto && nanoFramework.Runtime.Native.GC.Run(true) >= FullHeapMin);
            if (_full)
            {
                NodeCore core = TryCreateFullCore(hmac, seed);
                if (core != null)
                {
                    return core;
                }

                SerialLog.Error("there is no memory for the full size, the board goes on with the small one");
                _full = false;
                nanoFramework.Runtime.Native.GC.Run(true);
            }

            return CreateCoreOfSize(hmac, seed);
        }

        /// <summary>The core in the full size, or null if it does not leave enough for the rest.</summary>
        private NodeCore TryCreateFullCore(IHmacSha256 hmac, byte[] seed)
        {
            try
            {
                NodeCore core = CreateCoreOfSize(hmac, seed);
                if (nanoFramework.Runtime.Native.GC.Run(true) >= RestHeapMin)
                {
                    return core;
                }

                core.Wipe();
            }
            catch (OutOfMemoryException)
            {
                // Nothing to add: there is no memory.
            }

            return null;
        }

        private NodeCore CreateCoreOfSize(IHmacSha256 hmac, byte[] seed)
        {
            NodeConfiguration configuration = new NodeConfiguration();
            configuration.Network = _settings.CreateNetworkKey();
            configuration.Limits = Limits;
            configuration.FrameSize = _settings.FrameSize;
            configuration.Obfuscation = _settings.Stealth ? new StealthObfuscation() : null;
            long nowMs = BoardClock.NowMs;
            NodeCore core = new NodeCore(configuration, hmac, seed, nowMs);
            core.SetUnixTime(BoardClock.UnixSeconds, nowMs);
            TuneAll(core);
            if (_settings.Trace)
            {
                core.Observer = new BoardObserver();
            }

            return core;
        }

        private void TuneAll(NodeCore core)
        {
            string[] intents = _settings.Intents;
            if (intents.Length > 0 && !_settings.IsMember)
            {
                SerialLog.Error("the intents have no meaning without a join code, since this board is in no network");
                return;
            }

            for (int i = 0; i < intents.Length; i++)
            {
                if (!core.Tune(intents[i]))
                {
                    SerialLog.Error("no place for the intent " + intents[i]);
                }
            }
        }

        /// <summary>
        /// Says for ever why the board does not run. No reboot: it would change nothing and hide the reason.
        /// </summary>
        private void Refuse(string reason)
        {
#if !BLUETOOTH_ONLY
            if (_led != null)
            {
                _led.Refuse();
            }

#endif
            while (true)
            {
                SerialLog.Error(reason + "; this board does not run");
                Thread.Sleep(RefusalPeriodMs);
            }
        }
    }
}
