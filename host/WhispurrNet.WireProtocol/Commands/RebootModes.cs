namespace WhispurrNet.WireProtocol;

/// <summary>How <see cref="Command.Reboot"/> restarts: one word, answered without a payload before it happens.</summary>
[Flags]
public enum RebootModes : uint
{
    /// <summary>The whole chip.</summary>
    Normal = 0,

    /// <summary>Into the nanoBooter; refused where there is none.</summary>
    NanoBooter = 1,

    /// <summary>The CLR only.</summary>
    ClrOnly = 2,

    /// <summary>The CLR stops before the program starts.</summary>
    StopDebugger = 4,

    /// <summary>Into the bootloader of the chip's maker.</summary>
    VendorBooter = 8,
}
