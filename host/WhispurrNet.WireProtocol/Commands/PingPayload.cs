using System.Buffers.Binary;

namespace WhispurrNet.WireProtocol;

/// <summary>Who pings, or answers.</summary>
public enum PingSource : uint
{
    /// <summary>The CLR.</summary>
    Clr = 0x10000,

    /// <summary>The nanoBooter.</summary>
    Booter = 0x10001,

    /// <summary>A host.</summary>
    Host = 0x10002,
}

/// <summary>What a ping asks, and what its answer tells of the device.</summary>
[Flags]
public enum PingFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>From the host: stop before the program starts; honoured only while the CLR starts.</summary>
    Stop = 0x1,

    /// <summary>The program has ended.</summary>
    ProgramExited = 0x4,

    /// <summary>The device computes and checks checksums.</summary>
    Crc = 0x10,

    /// <summary>Payloads of up to 1,024 bytes.</summary>
    PacketSize1024 = 0x100,

    /// <summary>Payloads of up to 512 bytes.</summary>
    PacketSize512 = 0x200,

    /// <summary>Payloads of up to 256 bytes.</summary>
    PacketSize256 = 0x300,

    /// <summary>Payloads of up to 128 bytes.</summary>
    PacketSize128 = 0x400,

    /// <summary>Where the packet size is told.</summary>
    PacketSizeMask = 0xF00,

    /// <summary>The chip has a bootloader of its maker.</summary>
    VendorBooter = 0x10000,

    /// <summary>The firmware can update itself in place.</summary>
    InFieldUpdate = 0x20000,

    /// <summary>The configuration must be erased before it is written.</summary>
    ConfigurationNeedsErase = 0x40000,

    /// <summary>The device has a nanoBooter.</summary>
    NanoBooter = 0x80000,
}

/// <summary>What a ping and its answer carry: 8 bytes. The sign of life after a reset carries nothing.</summary>
/// <param name="Source">Who sends it.</param>
/// <param name="Flags">What it asks or tells.</param>
public readonly record struct PingPayload(PingSource Source, PingFlags Flags)
{
    /// <summary>Bytes of it.</summary>
    public const int Bytes = 8;

    /// <summary>The most payload that the sender takes, in bytes; 1,024 where it does not tell.</summary>
    public int MaxPayload => (Flags & PingFlags.PacketSizeMask) switch
    {
        PingFlags.PacketSize512 => 512,
        PingFlags.PacketSize256 => 256,
        PingFlags.PacketSize128 => 128,
        _ => PacketHeader.MaxDevicePayload,
    };

    /// <summary>Reads it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out PingPayload ping)
    {
        ping = default;
        if (payload.Length < Bytes)
        {
            return false;
        }

        ping = new(
            (PingSource)BinaryPrimitives.ReadUInt32LittleEndian(payload),
            (PingFlags)BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]));
        return true;
    }

    /// <summary>The payload.</summary>
    public byte[] ToPayload() => Words.Write((uint)Source, (uint)Flags);
}
