using System;
#if !BLUETOOTH_ONLY
using WhispurrNet.Board.Gateway;
#endif
using WhispurrNet.Board.Node;
using WhispurrNet.Board.Platform;
#if !BLUETOOTH_ONLY
using WhispurrNet.Board.Provisioning;
#endif
using WhispurrNet.Board.Radio;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Board
{
    /// <summary>
    /// A node of the mesh on an ESP32: carries frames over Bluetooth, and to a gateway if it has one, and sends and
    /// receives whispers for the application.
    /// <code>
    /// WhispurrBoard board = new WhispurrBoard(BoardSettings.Load());
    /// board.OnWhisper += heard => Console.WriteLine(heard.Text);
    /// board.Start();
    /// board.Whisper("emotion_data", "calm");
    /// </code>
    /// All members can be called from any thread.
    /// </summary>
    public sealed partial class WhispurrBoard
    {
        private readonly BoardSettings _settings;
        private readonly BoardStatistics _statistics = new BoardStatistics();
        private NodeHost _host;
        private Supervisor _supervisor;

        /// <summary>A board; nothing happens before <see cref="Start"/>.</summary>
        /// <param name="settings">What it is told; not to be changed afterwards.</param>
        /// <exception cref="ArgumentNullException">No settings.</exception>
        public WhispurrBoard(BoardSettings settings)
        {
            if (settings == null)
            {
                throw new ArgumentNullException("settings");
            }

            _settings = settings;
        }

        /// <summary>
        /// A whisper came. Called on a thread of its own, one whisper after the other; take as long as you like, but
        /// later whispers wait meanwhile, and a few can.
        /// </summary>
        public event WhisperHandler OnWhisper;

        /// <summary>Whether <see cref="Start"/> is through.</summary>
        public bool IsRunning
        {
            get { return _host != null; }
        }

        /// <summary>The identity that others see now; a new one every hour.</summary>
        public string Identity
        {
            get
            {
                NodeHost host = Running();
                lock (host.Gate)
                {
                    return host.Core.IdentityText;
                }
            }
        }

        /// <summary>Most bytes of a whisper. One that does not fit into a frame goes in parts, over a minute or two.</summary>
        public int MaxPayload
        {
            get { return Running().Core.MaxPayload; }
        }

        /// <summary>Most bytes of an emergency, which goes in one frame.</summary>
        public int MaxEmergencyPayload
        {
            get { return Running().Core.MaxFramePayload; }
        }

        /// <summary>
        /// Tests the primitives, then starts radio, node and threads; takes a second or two. Call it once, when
        /// everything is set up. It does not return if the board must not run: a primitive computes wrongly, or the
        /// random generator is broken. The serial port and the status LED say so.
        /// </summary>
        /// <exception cref="InvalidOperationException">It was called before.</exception>
        public void Start()
        {
            if (IsRunning)
            {
                throw new InvalidOperationException("The board is running.");
            }

            StartUp start = new StartUp(_settings, _statistics);
            NodeHost host = start.CreateHost();
            RadioScheduler scheduler = new RadioScheduler(host.Core, BoardClock.NowMs);
            RadioPump radio = new RadioPump(host, scheduler, start.Server, _statistics);
#if !BLUETOOTH_ONLY
            GatewayPump gateway = CreateGateway(host, start);
            Provisioner provisioner = CreateProvisioner(host, start);
            radio.Attach(provisioner);
#endif
            DeliveryLoop delivery = new DeliveryLoop(host, this, _statistics);
#if BLUETOOTH_ONLY
            _supervisor = new Supervisor(host, radio, delivery, _statistics);
#else
            _supervisor = new Supervisor(host, radio, gateway, delivery, _statistics);
#endif
            _host = host;
            BoardInspector.Attach(this);
            start.PrintBoot(host);

            delivery.Start();
            radio.Start();
#if !BLUETOOTH_ONLY
            if (gateway != null)
            {
                gateway.Start();
            }

            start.Follow(host, gateway);
#endif
            _supervisor.Start();
        }

        /// <summary>Listens to one more intent.</summary>
        /// <param name="intent">1 to 64 printable ASCII characters without a blank.</param>
        /// <returns>False if the name is not valid or the key ring is full.</returns>
        /// <exception cref="InvalidOperationException">The board was not started.</exception>
        public bool Listen(string intent)
        {
            NodeHost host = Running();
            lock (host.Gate)
            {
                return host.Core.Tune(intent);
            }
        }

        /// <summary>The counters, as in the statistics line.</summary>
        internal string StatisticsLine()
        {
            Running();
            return _supervisor.StatisticsLine();
        }

        /// <summary>Looks after the thread that looks after the others.</summary>
        internal void GuardSupervisor(long nowMs)
        {
            _supervisor.Guard(nowMs);
        }

        /// <summary>The node with its lock.</summary>
        /// <exception cref="InvalidOperationException">The board was not started.</exception>
        internal NodeHost Running()
        {
            NodeHost host = _host;
            if (host == null)
            {
                throw new InvalidOperationException("Start the board first.");
            }

            return host;
        }

#if !BLUETOOTH_ONLY
        /// <summary>The way to the gateway, or null if the settings name none.</summary>
        private GatewayPump CreateGateway(NodeHost host, StartUp start)
        {
            if (_settings.Serial.Length > 0)
            {
                if (_settings.Gateway.Length > 0)
                {
                    SerialLog.Error("the settings name a gateway and a serial port; the serial port counts");
                }

                return new Serial.SerialGateway(host, Serial.SerialSettings.Parse(_settings.Serial), _statistics);
            }

            return _settings.Gateway.Length == 0
                ? null
                : new GatewayLink(
                    host, _settings.Gateway, _settings.Stealth, start.Wifi, start.Limits.OfferMax, _statistics);
        }

        /// <summary>Who lets phones set the board up, or null if nobody may: it takes memory.</summary>
        private Provisioner CreateProvisioner(NodeHost host, StartUp start)
        {
            int when = _settings.Provisioning;
            bool now = when == BoardSettings.ProvisionAlways || (when == BoardSettings.ProvisionBlank && _settings.IsBlank);
            if (!now && when < 0)
            {
                return null;
            }

            Provisioner provisioner =
                new Provisioner(_settings, start.Wifi, start.Led, host.RadioWake, _statistics);
            if (now)
            {
                provisioner.Begin(BoardClock.NowMs);
            }
            else
            {
                ProvisionButton.Attach(when, provisioner);
            }

            return provisioner;
        }
#endif

        /// <summary>Calls the application.</summary>
        internal void Raise(ReceivedWhisper whisper)
        {
            WhisperHandler handler = OnWhisper;
            if (handler != null)
            {
                handler(whisper);
            }
        }
    }
}
