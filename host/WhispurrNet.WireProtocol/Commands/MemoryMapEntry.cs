namespace WhispurrNet.WireProtocol;

/// <summary>What an entry of the memory map is.</summary>
public enum MemoryKind : uint
{
    /// <summary>RAM.</summary>
    Ram = 1,

    /// <summary>Flash.</summary>
    Flash = 2,
}

/// <summary>An entry of the answer to <see cref="Command.MemoryMap"/>: 12 bytes.</summary>
/// <param name="Range">Where it lies.</param>
/// <param name="Kind">What it is.</param>
public readonly record struct MemoryMapEntry(MemoryRange Range, MemoryKind Kind)
{
    /// <summary>Bytes of an entry.</summary>
    public const int Bytes = 12;

    /// <summary>Reads the whole entries of an answer.</summary>
    public static IReadOnlyList<MemoryMapEntry> ReadAll(ReadOnlySpan<byte> payload)
    {
        var entries = new MemoryMapEntry[payload.Length / Bytes];
        for (int i = 0; i < entries.Length; i++)
        {
            ReadOnlySpan<byte> entry = payload.Slice(i * Bytes, Bytes);
            entries[i] = new(new(Words.At(entry, 0), Words.At(entry, 1)), (MemoryKind)Words.At(entry, 2));
        }

        return entries;
    }

    /// <summary>The payload of an answer.</summary>
    public static byte[] ToPayload(IEnumerable<MemoryMapEntry> entries) =>
        Words.Write([.. entries.SelectMany(e => new[] { e.Range.Address, e.Range.Length, (uint)e.Kind })]);
}
