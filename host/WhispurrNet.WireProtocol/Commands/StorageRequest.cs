using System.Text;

namespace WhispurrNet.WireProtocol;

/// <summary>What is done to a file.</summary>
public enum StorageAction : uint
{
    /// <summary>Replaces or makes it.</summary>
    Write = 1,

    /// <summary>Deletes it.</summary>
    Delete = 2,

    /// <summary>Adds to its end.</summary>
    Append = 3,
}

/// <summary>How an access to a file went.</summary>
public enum StorageStatus : uint
{
    /// <summary>It was done.</summary>
    Done = 0x01,

    /// <summary>It could not be written.</summary>
    WriteFailed = 0x10,

    /// <summary>It could not be deleted.</summary>
    DeleteFailed = 0x20,

    /// <summary>The platform failed.</summary>
    PlatformFailed = 0x30,
}

/// <summary>
/// What <see cref="Command.StorageOperation"/> carries: four words (action, bytes of the name, bytes of the data,
/// offset, which today's firmware ignores), then the name without a zero, then the data. It is answered with a
/// <see cref="StorageStatus"/>.
/// </summary>
public static class StorageRequest
{
    /// <summary>Bytes before the name.</summary>
    public const int HeadBytes = 16;

    /// <summary>Reads it.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> payload, out StorageAction action, out string name, out ReadOnlySpan<byte> data)
    {
        action = default;
        name = string.Empty;
        data = default;
        if (payload.Length < HeadBytes)
        {
            return false;
        }

        ulong nameBytes = Words.At(payload, 1);
        ulong dataBytes = Words.At(payload, 2);
        if (HeadBytes + nameBytes + dataBytes > (ulong)payload.Length)
        {
            return false;
        }

        action = (StorageAction)Words.At(payload, 0);
        name = Encoding.UTF8.GetString(payload.Slice(HeadBytes, (int)nameBytes));
        data = payload.Slice(HeadBytes + (int)nameBytes, (int)dataBytes);
        return true;
    }

    /// <summary>The payload.</summary>
    public static byte[] ToPayload(StorageAction action, string name, uint offset, ReadOnlySpan<byte> data)
    {
        byte[] nameBytes = Encoding.UTF8.GetBytes(name);
        return Words.Write(
            [(uint)action, (uint)nameBytes.Length, (uint)data.Length, offset], [.. nameBytes, .. data]);
    }
}
