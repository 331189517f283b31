using System.Buffers.Binary;

namespace WhispurrNet.WireProtocol;

/// <summary>Payloads that are little-endian 32-bit words.</summary>
internal static class Words
{
    /// <summary>Writes words, and bytes behind them.</summary>
    public static byte[] Write(ReadOnlySpan<uint> words, ReadOnlySpan<byte> tail)
    {
        byte[] payload = new byte[(words.Length * 4) + tail.Length];
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(i * 4), words[i]);
        }

        tail.CopyTo(payload.AsSpan(words.Length * 4));
        return payload;
    }

    /// <summary>Writes words.</summary>
    public static byte[] Write(params ReadOnlySpan<uint> words) => Write(words, []);

    /// <summary>The word at an index.</summary>
    public static uint At(ReadOnlySpan<byte> payload, int index) =>
        BinaryPrimitives.ReadUInt32LittleEndian(payload[(index * 4)..]);

    /// <summary>Reads the first word.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out uint word)
    {
        bool isThere = payload.Length >= 4;
        word = isThere ? At(payload, 0) : 0;
        return isThere;
    }

    /// <summary>Whether a payload holds so many words at least.</summary>
    public static bool Has(ReadOnlySpan<byte> payload, int count) => payload.Length >= count * 4;
}
