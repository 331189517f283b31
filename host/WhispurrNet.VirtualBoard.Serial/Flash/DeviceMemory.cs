using WhispurrNet.WireProtocol;

namespace WhispurrNet.Virtual.Serial.Flash;

/// <summary>
/// The memory of a board as its monitor lets one at it (nf-interpreter: <c>Debugger.cpp: AccessMemory</c> and the flash
/// driver of the ESP32). Partitions for programs and configuration exist; that of the CLR is only a range.
/// </summary>
internal sealed class DeviceMemory(DeviceDescription description, DeviceFaults faults)
{
    private readonly Dictionary<uint, FlashPartition> _partitions = description.Sectors
        .Where(s => s.Usage is FlashUsage.Deployment or FlashUsage.Configuration)
        .ToDictionary(s => s.Start, s => new FlashPartition((int)s.Length, faults));

    /// <summary>The partition that programs are in.</summary>
    public FlashPartition Deployment => _partitions[DeploymentSector.Start];

    /// <summary>Whether a range lies in that partition.</summary>
    public bool IsDeployment(MemoryRange range) =>
        FindSector(range, out FlashSector sector) && sector.Usage == FlashUsage.Deployment;

    private FlashSector DeploymentSector => description.Sectors.First(s => s.Usage == FlashUsage.Deployment);

    /// <summary>Reads; where that is forbidden the firmware answers with zeros.</summary>
    /// <param name="range">What to read.</param>
    /// <param name="destination">Zeros, at least as long.</param>
    public void Read(MemoryRange range, Span<byte> destination)
    {
        if (FindSector(range, out FlashSector sector) && sector.Usage == FlashUsage.Configuration)
        {
            _partitions[sector.Start].Cells.Slice((int)(range.Address - sector.Start), (int)range.Length)
                .CopyTo(destination);
        }
    }

    /// <summary>Programs flash.</summary>
    public MemoryStatus Write(MemoryRange range, ReadOnlySpan<byte> data)
    {
        if (!FindSector(range, out FlashSector sector))
        {
            return MemoryStatus.Failed;
        }

        if (sector.Usage is FlashUsage.Code)
        {
            return MemoryStatus.PermissionDenied;
        }

        // The driver takes every address for one in the partition of programs.
        if (sector.Usage != FlashUsage.Deployment)
        {
            return MemoryStatus.Failed;
        }

        _partitions[sector.Start].Program((int)(range.Address - sector.Start), data);
        return MemoryStatus.Done;
    }

    /// <summary>Erases flash.</summary>
    public MemoryStatus Erase(MemoryRange range)
    {
        if (!FindSector(range, out FlashSector sector))
        {
            return MemoryStatus.Failed;
        }

        if (sector.Usage == FlashUsage.Code)
        {
            return MemoryStatus.PermissionDenied;
        }

        if (sector.Usage != FlashUsage.Deployment)
        {
            return MemoryStatus.Failed;
        }

        FlashPartition partition = _partitions[sector.Start];
        int offset = (int)(range.Address - sector.Start);
        if (!description.HasWholePartitionBlocks)
        {
            int block = (int)sector.BytesPerBlock;
            int first = offset / block * block;
            int end = (offset + (int)range.Length + block - 1) / block * block;
            partition.Erase(first, end - first);
        }
        else if (!partition.IsErasedFrom(offset))
        {
            partition.Erase(0, (int)sector.Length);
        }

        return MemoryStatus.Done;
    }

    /// <summary>The checksum of memory; null where it cannot be had.</summary>
    public uint? Check(MemoryRange range)
    {
        if (!FindSector(range, out FlashSector sector)
            || !_partitions.TryGetValue(sector.Start, out FlashPartition? partition))
        {
            return null;
        }

        int offset = description.HasWholePartitionBlocks && (sector.Flags & FlashSector.MemoryMapped) != 0
            ? 0
            : (int)(range.Address - sector.Start);
        return Crc32.Compute(partition.Cells.Slice(offset, (int)range.Length));
    }

    private bool FindSector(MemoryRange range, out FlashSector sector)
    {
        sector = description.Sectors.FirstOrDefault(s =>
            range.Address >= s.Start && range.End <= s.Start + s.Length);
        return sector.BytesPerBlock != 0;
    }
}
