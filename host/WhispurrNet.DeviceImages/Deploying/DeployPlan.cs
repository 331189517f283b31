using WhispurrNet.WireProtocol;

namespace WhispurrNet.DeviceImages.Deploying;

/// <summary>Bytes and where they go.</summary>
/// <param name="Address">Their address.</param>
/// <param name="Data">The bytes.</param>
public sealed record FlashWrite(uint Address, ReadOnlyMemory<byte> Data);

/// <summary>What a deployment does, worked out before anything is written.</summary>
/// <remarks>
/// The header of mscorlib is written last: without it the firmware resolves no assembly, so that whatever an interrupted
/// deployment leaves behind is no program.
/// </remarks>
/// <param name="Target">The board.</param>
/// <param name="Features">What its CLR can do.</param>
/// <param name="Regions">Where programs go, by address, without gaps.</param>
/// <param name="Writes">All but the header, by address.</param>
/// <param name="Seal">The header.</param>
/// <param name="Image">The image, filled up to what the flash programs at once.</param>
public sealed record DeployPlan(
    TargetInfo Target,
    ClrFeatures Features,
    IReadOnlyList<FlashSector> Regions,
    IReadOnlyList<FlashWrite> Writes,
    FlashWrite Seal,
    ReadOnlyMemory<byte> Image)
{
    private const byte Erased = 0xFF;

    /// <summary>Bytes that programs may take.</summary>
    public ulong Capacity => Regions.Aggregate(0UL, (sum, r) => sum + r.Length);

    /// <summary>Lays an image out.</summary>
    /// <param name="image">The image.</param>
    /// <param name="target">The board.</param>
    /// <param name="features">What its CLR can do.</param>
    /// <param name="sectors">Its flash.</param>
    /// <param name="maxPayload">The most payload it takes.</param>
    /// <exception cref="DeployException">It has no place for it.</exception>
    public static DeployPlan Create(
        DeploymentImage image,
        TargetInfo target,
        ClrFeatures features,
        IReadOnlyList<FlashSector> sectors,
        int maxPayload)
    {
        FlashSector[] regions =
            [.. sectors.Where(s => s.Usage == FlashUsage.Deployment && s.Length > 0).OrderBy(s => s.Start)];
        if (regions.Length == 0)
        {
            throw new DeployException("The board reports no flash for programs.");
        }

        for (int i = 1; i < regions.Length; i++)
        {
            if (regions[i].Start != regions[i - 1].Start + regions[i - 1].Length)
            {
                throw new DeployException("The board's flash for programs has gaps, which this cannot deploy to.");
            }
        }

        int width = regions.Max(r => r.ProgramBytes);
        byte[] padded = new byte[RoundUp(image.Bytes.Length, width)];
        Array.Fill(padded, Erased);
        image.Bytes.Span.CopyTo(padded);
        ulong capacity = regions.Aggregate(0UL, (sum, r) => sum + r.Length);
        if ((ulong)padded.Length > capacity)
        {
            throw new DeployException(
                $"The image has {image.Bytes.Length} bytes, the board takes {capacity} at most.");
        }

        int core = image.Parts.First(p => p.Assembly.Name == DeviceAssembly.CoreLibrary).Offset;
        int sealFrom = core / width * width;
        int sealEnd = Math.Min(padded.Length, RoundUp(core + DeviceAssembly.HeaderBytes, width));
        int chunk = (maxPayload - MemoryRange.Bytes) / width * width;
        uint start = regions[0].Start;
        return new(
            target,
            features,
            regions,
            [.. Split(padded, 0, sealFrom, chunk, start), .. Split(padded, sealEnd, padded.Length, chunk, start)],
            new(start + (uint)sealFrom, padded.AsMemory(sealFrom..sealEnd)),
            padded);
    }

    /// <summary>The checksums that the board must have of the image.</summary>
    /// <param name="isSealed">Whether the header is written.</param>
    /// <returns>
    /// One range for each region that the image reaches into, always from its start: firmware of the ESP32 takes
    /// checksums from nowhere else.
    /// </returns>
    public IEnumerable<(MemoryRange Range, uint Crc)> Checks(bool isSealed)
    {
        byte[] expected = Image.ToArray();
        if (!isSealed)
        {
            expected.AsSpan((int)(Seal.Address - Regions[0].Start), Seal.Data.Length).Fill(Erased);
        }

        int at = 0;
        foreach (FlashSector region in Regions)
        {
            int count = (int)Math.Min(region.Length, (ulong)(expected.Length - at));
            if (count == 0)
            {
                yield break;
            }

            yield return (new(region.Start, (uint)count), Crc32.Compute(expected.AsSpan(at, count)));
            at += count;
        }
    }

    private static int RoundUp(int value, int unit) => (value + unit - 1) / unit * unit;

    private static IEnumerable<FlashWrite> Split(byte[] image, int from, int end, int chunk, uint start)
    {
        for (int at = from; at < end; at += chunk)
        {
            yield return new(start + (uint)at, image.AsMemory(at, Math.Min(chunk, end - at)));
        }
    }
}
