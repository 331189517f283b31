namespace WhispurrNet.Virtual;

/// <summary>
/// One Bluetooth connection between two boards. Packets of a direction keep their order and move at connection events
/// only; a lost one is repeated at the next event, and silence longer than the supervision timeout ends the connection.
/// The ether's lock is held by every caller.
/// </summary>
internal sealed class Connection
{
    private readonly Ether _ether;
    private readonly long _anchorMicros;
    private readonly Direction _toServer;
    private readonly Direction _toCentral;
    private double _lastHeardMs;
    private bool _closing;

    public Connection(
        Ether ether, BluetoothRadio central, ushort centralHandle, BluetoothRadio server, ushort serverHandle)
    {
        _ether = ether;
        Central = central;
        CentralHandle = centralHandle;
        Server = server;
        ServerHandle = serverHandle;
        _anchorMicros = ether.Clock.NowMicros;
        _lastHeardMs = NowMs;
        _toServer = new Direction(this);
        _toCentral = new Direction(this);
        Supervise();
    }

    public BluetoothRadio Central { get; }

    public ushort CentralHandle { get; }

    public BluetoothRadio Server { get; }

    public ushort ServerHandle { get; }

    public bool IsOpen { get; private set; } = true;

    /// <summary>ATT MTU; only a phone or PC ever raises it (facts 1.4).</summary>
    public int Mtu { get; set; } = BluetoothLimits.BoardMtu;

    /// <summary>Characteristics whose notifications the central switched on, by value handle.</summary>
    public HashSet<ushort> Subscriptions { get; } = [];

    private double NowMs => _ether.Clock.NowMicros / 1000.0;

    /// <summary>
    /// Sends a packet to the server; false if it is <paramref name="limited"/> and no buffer is free, or nobody is
    /// connected.
    /// </summary>
    public bool SendToServer(bool limited, Action arrived) => _toServer.Send(limited, arrived);

    /// <summary>
    /// Sends a packet to the central; false if it is <paramref name="limited"/> and no buffer is free, or nobody is
    /// connected.
    /// </summary>
    public bool SendToCentral(bool limited, Action arrived) => _toCentral.Send(limited, arrived);

    /// <summary>Ends the connection in order: the other side hears of it at the next connection event.</summary>
    public void Terminate(string reason)
    {
        if (IsOpen && !_closing)
        {
            _closing = true;
            _ether.After(_ether.Timings.ConnectionInterval, () => Close(reason));
        }
    }

    /// <summary>Ends the connection for both sides now.</summary>
    public void Close(string reason)
    {
        if (!IsOpen)
        {
            return;
        }

        IsOpen = false;
        _ether.Tell(EtherEventKind.Disconnected, Central, Server, detail: reason);
        Central.Client.OnClosed(this);
        Server.Server.OnClosed(this);
    }

    /// <summary>Cuts a value to what the MTU leaves: silently for the program, visibly for the host.</summary>
    public byte[] Cut(byte[] value, BluetoothRadio sender)
    {
        int room = Mtu - 3;
        if (value.Length <= room)
        {
            return value;
        }

        BluetoothRadio receiver = sender == Central ? Server : Central;
        _ether.Tell(EtherEventKind.Truncated, sender, receiver, detail: $"{value.Length} bytes cut to {room}");
        return value[..room];
    }

    private bool Hears() => Central.IsPowered && Server.IsPowered && _ether.Hears(Central, Server);

    private void Supervise()
    {
        double quietMs = _ether.Timings.SupervisionTimeout;
        _ether.After(quietMs / 4, () =>
        {
            if (!IsOpen)
            {
                return;
            }

            if (Hears() && !_toServer.IsStuck && !_toCentral.IsStuck)
            {
                _lastHeardMs = NowMs;
            }

            if (NowMs - _lastHeardMs >= quietMs)
            {
                Close("supervision timeout");
                return;
            }

            Supervise();
        });
    }

    private sealed class Direction(Connection connection)
    {
        private readonly Queue<Action> _packets = new();
        private int _losses;
        private bool _scheduled;

        /// <summary>Whether repeated loss keeps a packet from getting through.</summary>
        public bool IsStuck => _losses > 2;

        public bool Send(bool limited, Action arrived)
        {
            if (!connection.IsOpen || (limited && _packets.Count >= connection._ether.Timings.PacketBuffers))
            {
                return false;
            }

            _packets.Enqueue(arrived);
            Schedule();
            return true;
        }

        private void Schedule()
        {
            if (_scheduled)
            {
                return;
            }

            _scheduled = true;
            // Always a later one: what arrives at one connection event is answered at the next.
            long interval = (long)(connection._ether.Timings.ConnectionInterval * 1000);
            long since = (connection._ether.Clock.NowMicros - connection._anchorMicros) % interval;
            connection._ether.After((interval - since) / 1000.0, OnConnectionEvent);
        }

        private void OnConnectionEvent()
        {
            _scheduled = false;
            double room = connection._ether.Timings.PacketsPerConnectionEvent;
            for (int sent = 0; connection.IsOpen && _packets.Count > 0 && sent < room; sent++)
            {
                if (!connection.Hears() || connection._ether.Draw(connection._ether.Loss))
                {
                    _losses++;
                    connection._ether.Tell(EtherEventKind.Lost, connection.Central, connection.Server);
                    break;
                }

                _losses = 0;
                connection._lastHeardMs = connection.NowMs;
                _packets.Dequeue()();
            }

            if (connection.IsOpen && _packets.Count > 0)
            {
                Schedule();
            }
        }
    }
}
