namespace WhispurrNet.LongRun.Faults;

/// <summary>What can go wrong with a board or around it.</summary>
internal enum FaultKind
{
    /// <summary>The Bluetooth stack refuses to start.</summary>
    RadioRefuses,

    /// <summary>The Bluetooth stack starts and refuses to advertise.</summary>
    RadioSilent,

    /// <summary>Every start of the stack takes its whole limit and comes to nothing.</summary>
    RadioHangs,

    /// <summary>The gateway ends, and starts again empty.</summary>
    GatewayGone,

    /// <summary>The managed heap shrinks to little more than what is in use.</summary>
    HeapFull,

    /// <summary>The drive is full.</summary>
    DriveFull,

    /// <summary>The wall clock is set, or, set already, jumps by seconds to years, either way.</summary>
    ClockJump,

    /// <summary>The power goes, and comes back.</summary>
    PowerCut,

    /// <summary>The board is carried out of everybody's reach, and back.</summary>
    Away,

    /// <summary>Packets and contacts get lost.</summary>
    Loss,
}
