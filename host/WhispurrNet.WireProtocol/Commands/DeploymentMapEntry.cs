namespace WhispurrNet.WireProtocol;

/// <summary>
/// An entry of the answer to <see cref="Command.DeploymentMap"/>: 12 bytes. Today's firmware knows the command and
/// answers with none; where programs go is told by <see cref="Command.FlashSectorMap"/>.
/// </summary>
/// <param name="Range">Where something is deployed.</param>
/// <param name="Crc">Its checksum.</param>
public readonly record struct DeploymentMapEntry(MemoryRange Range, uint Crc)
{
    /// <summary>Bytes of an entry.</summary>
    public const int Bytes = 12;

    /// <summary>Reads the whole entries of an answer.</summary>
    public static IReadOnlyList<DeploymentMapEntry> ReadAll(ReadOnlySpan<byte> payload)
    {
        var entries = new DeploymentMapEntry[payload.Length / Bytes];
        for (int i = 0; i < entries.Length; i++)
        {
            ReadOnlySpan<byte> entry = payload.Slice(i * Bytes, Bytes);
            entries[i] = new(new(Words.At(entry, 0), Words.At(entry, 1)), Words.At(entry, 2));
        }

        return entries;
    }
}
