namespace WhispurrNet.WireProtocol;

/// <summary>What a packet asks or says. Below 0x20000 the monitor, from there on the debugger.</summary>
public enum Command : uint
{
    /// <summary>Who is there; also the sign of life after a reset, then without a payload.</summary>
    Ping = 0x00,

    /// <summary>Text of the program or of the CLR.</summary>
    Message = 0x01,

    /// <summary>Reads memory.</summary>
    ReadMemory = 0x02,

    /// <summary>Writes memory.</summary>
    WriteMemory = 0x03,

    /// <summary>Asks for the checksum of memory.</summary>
    CheckMemory = 0x04,

    /// <summary>Erases flash.</summary>
    EraseMemory = 0x05,

    /// <summary>Jumps to an address.</summary>
    Execute = 0x06,

    /// <summary>Restarts the chip or the CLR.</summary>
    Reboot = 0x07,

    /// <summary>Asks where RAM and flash lie.</summary>
    MemoryMap = 0x08,

    /// <summary>The program has ended.</summary>
    ProgramExit = 0x09,

    /// <summary>Asks where programs are deployed.</summary>
    DeploymentMap = 0x0B,

    /// <summary>Asks for the blocks of the flash and their use.</summary>
    FlashSectorMap = 0x0C,

    /// <summary>Asks for the maker's data.</summary>
    OemInfo = 0x0E,

    /// <summary>Reads a block of the configuration.</summary>
    QueryConfiguration = 0x0F,

    /// <summary>Writes a block of the configuration.</summary>
    UpdateConfiguration = 0x10,

    /// <summary>Writes, extends or deletes a file.</summary>
    StorageOperation = 0x11,

    /// <summary>Asks for the versions and names of the firmware.</summary>
    TargetInfo = 0x20,

    /// <summary>Sets and clears bits of the condition word.</summary>
    ChangeConditions = 0x20001,

    /// <summary>Asks what the CLR can do and which native assemblies it holds.</summary>
    QueryClrCapabilities = 0x20008,

    /// <summary>Asks for the numbers of the assemblies that the CLR has loaded.</summary>
    Assemblies = 0x20040,

    /// <summary>Asks for name and version of one of them.</summary>
    ResolveAssembly = 0x20050,
}
