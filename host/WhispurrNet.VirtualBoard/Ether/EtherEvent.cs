namespace WhispurrNet.Virtual;

/// <summary>What happened on the air or in a board's stack.</summary>
public enum EtherEventKind
{
    /// <summary>A stack came up; the detail names the role.</summary>
    StackStarted,

    /// <summary>A stack went down.</summary>
    StackStopped,

    /// <summary>A late or second Respond left a stack useless until it restarts.</summary>
    StackDied,

    /// <summary>Advertising began or resumed; the data is the advertisement.</summary>
    AdvertisingStarted,

    /// <summary>Advertising ended or paused for a connection.</summary>
    AdvertisingStopped,

    /// <summary>A scan began.</summary>
    ScanStarted,

    /// <summary>A scan ended.</summary>
    ScanStopped,

    /// <summary>A scanner heard an advertisement: from the advertiser to the scanner.</summary>
    Heard,

    /// <summary>A connection stands: from the central to the server.</summary>
    Connected,

    /// <summary>A connect did not succeed; the detail says why.</summary>
    ConnectFailed,

    /// <summary>A connection is gone; the detail says why.</summary>
    Disconnected,

    /// <summary>A write arrived at the server.</summary>
    Write,

    /// <summary>A notification arrived at the central.</summary>
    Notification,

    /// <summary>A value was longer than the MTU allows and was cut silently.</summary>
    Truncated,

    /// <summary>A packet was lost on the air and will be sent again.</summary>
    Lost,

    /// <summary>A write's handler did not respond in time.</summary>
    ResponseTimeout,
}

/// <summary>One event of the ether, for the live page, logs and tests.</summary>
/// <param name="BoardMs">Board time in milliseconds.</param>
/// <param name="Kind">What happened.</param>
/// <param name="From">The board that did it.</param>
/// <param name="To">The other board, or null.</param>
/// <param name="Data">Payload bytes, as delivered.</param>
/// <param name="Detail">Free text.</param>
public sealed record EtherEvent(
    long BoardMs, EtherEventKind Kind, string From, string? To, ReadOnlyMemory<byte> Data, string Detail);
