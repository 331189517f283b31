namespace WhispurrNet.Virtual;

/// <summary>Where a timing comes from.</summary>
public enum TimingBasis
{
    /// <summary>Measured on a board.</summary>
    Measured,

    /// <summary>Estimated, from defaults in the sources or from experience.</summary>
    Guessed,
}

/// <summary>One entry of the table.</summary>
/// <param name="Name">What takes the time.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">Of the value: ms or count.</param>
/// <param name="Basis">Measured or guessed.</param>
/// <param name="Source">Where the number comes from.</param>
public sealed record Timing(string Name, double Value, string Unit, TimingBasis Basis, string Source)
{
    /// <summary>The value.</summary>
    public static implicit operator double(Timing timing) => timing.Value;
}

/// <summary>
/// Everything the simulated Bluetooth takes time for, in one table, in board time. What firmware itself fixes
/// (timeouts, sizes) is in <see cref="BluetoothLimits"/>. Facts n.m are sections of the platform notes this project was
/// built from.
/// </summary>
public sealed record Timings
{
    /// <summary>The table in use unless a test brings its own.</summary>
    public static Timings Default { get; } = new();

    /// <summary>Bringing the stack up; every managed thread stands still.</summary>
    public Timing StackStart { get; init; } = Guess(
        "stack start", 400, "ms", "host and controller init: hundreds of ms (facts 1.1)");

    /// <summary>Taking the stack down without connections; every managed thread stands still.</summary>
    public Timing StackStop { get; init; } = Guess(
        "stack stop", 300, "ms", "host stop and deinit: hundreds of ms (facts 1.1)");

    /// <summary>Taking the stack down while connected: the host terminates the connections first.</summary>
    public Timing StackStopConnected { get; init; } = Guess(
        "stack stop, connected", 900, "ms", "host stop may take 2000 ms at most (facts 1.1)");

    /// <summary>Time between two advertisements of one board.</summary>
    public Timing AdvertisingInterval { get; init; } = Guess(
        "advertising interval", 50, "ms", "NimBLE default 30 to 60 ms when connectable");

    /// <summary>From hearing an advertisement to the report's event.</summary>
    public Timing ScanReport { get; init; } = Guess("scan report", 5, "ms", "host task to managed event queue");

    /// <summary>From the peer's advertisement to a usable connection.</summary>
    public Timing Connect { get; init; } = Guess("connect", 100, "ms", "connect request plus two connection events");

    /// <summary>Time between two connection events; packets move only there.</summary>
    public Timing ConnectionInterval { get; init; } = Guess(
        "connection interval", 40, "ms", "NimBLE default 30 to 50 ms (facts 1.7)");

    /// <summary>Packets of one direction that fit into one connection event.</summary>
    public Timing PacketsPerConnectionEvent { get; init; } = Guess(
        "packets per connection event", 4, "count", "controller default, not tried");

    /// <summary>Unacknowledged packets one connection can hold before NimBLE is out of buffers.</summary>
    public Timing PacketBuffers { get; init; } = Guess(
        "packet buffers", 12, "count", "pool of 12 x 256 B shared with the host (facts 1.4)");

    /// <summary>A link without a packet for so long is lost.</summary>
    public Timing SupervisionTimeout { get; init; } = Guess(
        "supervision timeout", 2560, "ms", "NimBLE default 0x100 x 10 ms");

    /// <summary>Managed work of the peer for one discovery answer, on top of the exchange.</summary>
    public Timing DiscoveryStep { get; init; } = Guess("discovery step", 5, "ms", "event to managed code and back");

    /// <summary>All entries, in the order of this file.</summary>
    public IReadOnlyList<Timing> All =>
    [
        StackStart, StackStop, StackStopConnected, AdvertisingInterval, ScanReport, Connect, ConnectionInterval,
        PacketsPerConnectionEvent, PacketBuffers, SupervisionTimeout, DiscoveryStep,
    ];

    private static Timing Guess(string name, double value, string unit, string source) =>
        new(name, value, unit, TimingBasis.Guessed, source);
}
