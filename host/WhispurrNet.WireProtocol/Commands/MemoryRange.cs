namespace WhispurrNet.WireProtocol;

/// <summary>How an access to memory went.</summary>
public enum MemoryStatus : uint
{
    /// <summary>It was done.</summary>
    Done = 0x01,

    /// <summary>This memory must not be accessed so.</summary>
    PermissionDenied = 0x10,

    /// <summary>The device has no buffer to read into.</summary>
    NoBuffer = 0x20,

    /// <summary>The flash refused, or there is no such address.</summary>
    Failed = 0x30,
}

/// <summary>
/// What <see cref="Command.ReadMemory"/>, <see cref="Command.CheckMemory"/> and <see cref="Command.EraseMemory"/> ask
/// for, and what <see cref="Command.WriteMemory"/> has before its data: address and length, 8 bytes.
/// </summary>
/// <param name="Address">Where it begins.</param>
/// <param name="Length">Bytes.</param>
/// <remarks>
/// Answers: to a read a word, which is 0, and the bytes; to a check the checksum (<see cref="Crc32"/>); to an erase or
/// a write a <see cref="MemoryStatus"/>. A check that fails is answered with <see cref="PacketFlags.Nack"/>.
/// </remarks>
public readonly record struct MemoryRange(uint Address, uint Length)
{
    /// <summary>Bytes of it.</summary>
    public const int Bytes = 8;

    /// <summary>The address behind it.</summary>
    public ulong End => (ulong)Address + Length;

    /// <summary>Reads it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out MemoryRange range)
    {
        bool isThere = Words.Has(payload, 2);
        range = isThere ? new(Words.At(payload, 0), Words.At(payload, 1)) : default;
        return isThere;
    }

    /// <summary>The payload of a request.</summary>
    /// <param name="data">What to write, if it is a write.</param>
    public byte[] ToPayload(ReadOnlySpan<byte> data = default) => Words.Write([Address, Length], data);
}
