namespace WhispurrNet.WireProtocol;

/// <summary>The kinds of configuration blocks.</summary>
public enum ConfigurationKind : uint
{
    /// <summary>A network interface: 117 bytes.</summary>
    Network = 1,

    /// <summary>A wireless network to join: 108 bytes, a password among them.</summary>
    Wireless = 2,

    /// <summary>A wireless network to offer.</summary>
    AccessPoint = 3,

    /// <summary>Certificates of authorities.</summary>
    RootCertificates = 4,

    /// <summary>Certificates of the device.</summary>
    DeviceCertificates = 5,

    /// <summary>All of them; the ESP32 refuses it.</summary>
    All = 255,
}

/// <summary>Which block <see cref="Command.QueryConfiguration"/> asks for: 8 bytes, answered with the block.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Index">Which of them.</param>
public readonly record struct ConfigurationQuery(ConfigurationKind Kind, uint Index)
{
    /// <summary>Reads it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out ConfigurationQuery query)
    {
        bool isThere = Words.Has(payload, 2);
        query = isThere ? new((ConfigurationKind)Words.At(payload, 0), Words.At(payload, 1)) : default;
        return isThere;
    }

    /// <summary>The payload.</summary>
    public byte[] ToPayload() => Words.Write((uint)Kind, Index);
}

/// <summary>
/// What <see cref="Command.UpdateConfiguration"/> has before the bytes of the block: 20 bytes. It is answered with one
/// word, 0 when the block is stored, 100 when not, 10 for an unknown kind.
/// </summary>
/// <param name="Query">Which block.</param>
/// <param name="Length">Bytes of this part of it.</param>
/// <param name="Offset">Where the part goes.</param>
/// <param name="IsLast">Whether no part follows.</param>
public readonly record struct ConfigurationUpdate(ConfigurationQuery Query, uint Length, uint Offset, bool IsLast)
{
    /// <summary>Bytes before the block.</summary>
    public const int Bytes = 20;

    /// <summary>Reads it and finds the block behind it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out ConfigurationUpdate update, out ReadOnlySpan<byte> data)
    {
        update = default;
        data = default;
        if (!ConfigurationQuery.TryRead(payload, out ConfigurationQuery query) || payload.Length < Bytes)
        {
            return false;
        }

        update = new(query, Words.At(payload, 2), Words.At(payload, 3), Words.At(payload, 4) != 0);
        data = payload[Bytes..];
        return update.Length <= data.Length;
    }

    /// <summary>The payload.</summary>
    public byte[] ToPayload(ReadOnlySpan<byte> data) =>
        Words.Write([(uint)Query.Kind, Query.Index, Length, Offset, IsLast ? 1u : 0u], data);
}
