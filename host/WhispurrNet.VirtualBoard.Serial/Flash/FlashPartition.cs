namespace WhispurrNet.Virtual.Serial.Flash;

/// <summary>
/// A partition of NOR flash: erased it reads 0xFF, a write can only clear bits. The power may go in the middle of
/// either.
/// </summary>
internal sealed class FlashPartition
{
    public const int SectorBytes = 4_096;
    public const int WorkPerSector = 256;

    private const byte Erased = 0xFF;

    private readonly DeviceFaults _faults;
    private readonly byte[] _cells;

    public FlashPartition(int bytes, DeviceFaults faults)
    {
        _faults = faults;
        _cells = new byte[bytes];
        Array.Fill(_cells, Erased);
    }

    /// <summary>What it holds.</summary>
    public ReadOnlySpan<byte> Cells => _cells;

    /// <summary>Whether nothing is written from somewhere on to the end.</summary>
    public bool IsErasedFrom(int offset) => !_cells.AsSpan(offset).ContainsAnyExcept(Erased);

    /// <summary>Clears the bits that are clear in the data.</summary>
    public void Program(int offset, ReadOnlySpan<byte> data)
    {
        for (int i = 0; i < data.Length; i++)
        {
            Work(1);
            _cells[offset + i] &= data[i];
        }
    }

    /// <summary>Erases whole sectors, from the first to the last.</summary>
    public void Erase(int offset, int length)
    {
        int end = offset + length;
        for (int at = offset / SectorBytes * SectorBytes; at < end; at += SectorBytes)
        {
            Span<byte> sector = _cells.AsSpan(at, Math.Min(SectorBytes, _cells.Length - at));
            if (_faults.PowerCutAfterFlashWork is < WorkPerSector)
            {
                // Interrupted: some of its cells are empty already.
                sector[(sector.Length / 2)..].Fill(Erased);
            }

            Work(WorkPerSector);
            sector.Fill(Erased);
        }
    }

    private void Work(int amount)
    {
        if (_faults.PowerCutAfterFlashWork is not { } rest)
        {
            return;
        }

        if (rest < amount)
        {
            _faults.PowerCutAfterFlashWork = null;
            throw new PowerCutException();
        }

        _faults.PowerCutAfterFlashWork = rest - amount;
    }
}
