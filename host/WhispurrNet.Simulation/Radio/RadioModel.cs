using WhispurrNet.Virtual;

namespace WhispurrNet.Simulation.Radio;

/// <summary>
/// What Bluetooth takes time for, in whole milliseconds: the table of the virtual board, and what the board's own program
/// adds to it.
/// </summary>
internal sealed class RadioModel
{
    /// <summary>Bytes of a write or notification between boards.</summary>
    public const int UnitSize = BluetoothLimits.BoardPayload;

    /// <summary>
    /// Exchanges of a client before the first unit: three for services, three for characteristics, two for descriptors of
    /// the outbox, one to subscribe.
    /// </summary>
    public const int DiscoveryExchanges = 9;

    /// <summary>Bytes on air of one such exchange, both ways: requests and answers of ATT, not exact.</summary>
    public const int DiscoveryExchangeBytes = 24;

    /// <summary>How long the board waits after a connection is closed before it stops the stack.</summary>
    public const int SettleMs = 100;

    /// <summary>One operation on the curve, on a board (guessed).</summary>
    public const int CurveOperationMs = 400;

    /// <summary>Curve operations that one side of a full handshake does while the other waits.</summary>
    public const int HandshakeOperations = 3;

    /// <summary>Writes without response that a client puts before one with response.</summary>
    public const int WritesBeforeResponse = 3;

    /// <summary>Bytes of an advertisement on air: preamble, access address, header, address, data, CRC.</summary>
    public const int AdvertisementBytes = 1 + 4 + 2 + 6 + BluetoothLimits.AdvertisementBytes + 3;

    /// <summary>Times of the table in use.</summary>
    public static RadioModel Default { get; } = new(Timings.Default);

    private RadioModel(Timings timings)
    {
        StackStartMs = Whole(timings.StackStart);
        StackStopMs = Whole(timings.StackStop);
        StackStopConnectedMs = Whole(timings.StackStopConnected);
        AdvertisingIntervalMs = Whole(timings.AdvertisingInterval);
        ScanReportMs = Whole(timings.ScanReport);
        ConnectMs = Whole(timings.Connect);
        IntervalMs = Whole(timings.ConnectionInterval);
        PacketsPerEvent = Whole(timings.PacketsPerConnectionEvent);
        PacketBuffers = Whole(timings.PacketBuffers);
        SupervisionMs = Whole(timings.SupervisionTimeout);
        DiscoveryStepMs = Whole(timings.DiscoveryStep);
    }

    public int StackStartMs { get; }

    public int StackStopMs { get; }

    public int StackStopConnectedMs { get; }

    public int AdvertisingIntervalMs { get; }

    public int ScanReportMs { get; }

    public int ConnectMs { get; }

    public int IntervalMs { get; }

    public int PacketsPerEvent { get; }

    public int PacketBuffers { get; }

    public int SupervisionMs { get; }

    public int DiscoveryStepMs { get; }

    private static int Whole(Timing timing) => checked((int)Math.Ceiling(timing.Value));
}
