namespace WhispurrNet.Virtual;

/// <summary>What firmware and NimBLE fix by constants in their sources, in bytes, milliseconds or pieces.</summary>
public static class BluetoothLimits
{
    /// <summary>Bytes of a legacy advertisement and of a scan response (facts 1.2).</summary>
    public const int AdvertisementBytes = 31;

    /// <summary>ATT MTU between two boards: neither side starts an exchange (facts 1.4).</summary>
    public const int BoardMtu = 23;

    /// <summary>The MTU a board agrees to with a phone or PC (facts 1.4).</summary>
    public const int PreferredMtu = 256;

    /// <summary>Bytes of an attribute's value at most (facts 1.5).</summary>
    public const int AttributeBytes = 512;

    /// <summary>GATT procedures that a board's client can run at once (facts 1.4).</summary>
    public const int ClientProcedures = 4;

    /// <summary>Senders whose repetition the controller's scanner recognizes (facts 1.3).</summary>
    public const int ScanDuplicates = 200;

    /// <summary>Bytes of a write or notification between boards: the MTU less opcode and handle.</summary>
    public const int BoardPayload = BoardMtu - 3;

    /// <summary>
    /// Time a server's handler has to respond (facts 1.5), and a scan report to be picked up (facts 1.3).
    /// </summary>
    public const int HandlerMs = 2_000;

    /// <summary>Longest wait for the host when the stack starts; what comes of it is ignored (facts 1.1).</summary>
    public const int HostSyncMs = 10_000;

    /// <summary>Native connect timeout (facts 1.4).</summary>
    public const int ConnectMs = 7_000;

    /// <summary>Connections a board holds as central (facts 1.4).</summary>
    public const int Connections = 3;

    /// <summary>NimBLE: already in progress.</summary>
    public const ushort ErrorAlready = 2;

    /// <summary>NimBLE: out of buffers.</summary>
    public const ushort ErrorNoMemory = 6;

    /// <summary>NimBLE: not connected.</summary>
    public const ushort ErrorNotConnected = 7;

    /// <summary>NimBLE: timed out.</summary>
    public const ushort ErrorTimeout = 13;

    /// <summary>NimBLE: busy; connecting while scanning (facts 1.3).</summary>
    public const ushort ErrorBusy = 15;

    /// <summary>NimBLE: the stack is down.</summary>
    public const ushort ErrorNotSynced = 22;

    /// <summary>ATT: no such attribute.</summary>
    public const byte AttInvalidHandle = 0x01;

    /// <summary>ATT: the characteristic cannot be read.</summary>
    public const byte AttReadNotPermitted = 0x02;

    /// <summary>ATT: the characteristic cannot be written.</summary>
    public const byte AttWriteNotPermitted = 0x03;

    /// <summary>ATT: the attribute demands a paired central, and nobody pairs here (facts 1.5).</summary>
    public const byte AttInsufficientAuthentication = 0x05;

    /// <summary>ATT: the value is too long (facts 1.5).</summary>
    public const byte AttInvalidLength = 0x0D;

    /// <summary>ATT: the handler did not answer (facts 1.5).</summary>
    public const byte AttUnlikelyError = 0x0E;
}
