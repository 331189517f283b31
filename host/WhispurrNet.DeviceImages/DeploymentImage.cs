namespace WhispurrNet.DeviceImages;

/// <summary>An assembly and where it lies.</summary>
/// <param name="Offset">Bytes from the start of the image or of the partition.</param>
/// <param name="Assembly">What it is.</param>
public sealed record ImagePart(int Offset, DeviceAssembly Assembly);

/// <summary>The one file that is deployed: PE files one behind the other, each at a multiple of 4 bytes.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="Parts">What is in it, in its order.</param>
public sealed record DeploymentImage(ReadOnlyMemory<byte> Bytes, IReadOnlyList<ImagePart> Parts)
{
    /// <summary>Reads an image of which every byte must belong to some PE file.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="problem">One sentence on what is wrong; null on success.</param>
    /// <returns>Null when it is no such image.</returns>
    public static DeploymentImage? TryRead(ReadOnlyMemory<byte> bytes, out string? problem)
    {
        var parts = new List<ImagePart>();
        int at = 0;
        while (at < bytes.Length)
        {
            PeProblem found = DeviceAssembly.TryRead(bytes.Span[at..], out DeviceAssembly? assembly);
            if (found != PeProblem.None)
            {
                problem = Describe(found, at);
                return null;
            }

            parts.Add(new(at, assembly!));
            at += Aligned(assembly!.Bytes);
        }

        problem = parts.Count == 0 ? "it is empty."
            : parts.FirstOrDefault(p => p.Assembly.Name == DeviceAssembly.CoreLibrary) is null
                ? "it holds no mscorlib, without which nothing runs."
            : parts.GroupBy(p => p.Assembly.Name).FirstOrDefault(g => g.Count() > 1) is { } twice
                ? $"it holds {twice.Key} twice."
            : null;
        return problem is null ? new(bytes, parts) : null;
    }

    /// <summary>
    /// Finds the assemblies that the firmware would load from a partition (<c>CLRStartup.cpp:
    /// ContiguousBlockAssemblies</c>): where no good header lies, it looks again one header further.
    /// </summary>
    public static IReadOnlyList<ImagePart> Scan(ReadOnlySpan<byte> partition)
    {
        var parts = new List<ImagePart>();
        int at = 0;
        while (partition.Length - at >= DeviceAssembly.HeaderBytes)
        {
            ReadOnlySpan<byte> rest = partition[at..];
            if (!PeLayout.IsGoodHeader(rest))
            {
                at += DeviceAssembly.HeaderBytes;
                continue;
            }

            uint size = PeLayout.Size(rest);
            if (size < DeviceAssembly.HeaderBytes || size > rest.Length)
            {
                break;
            }

            if (DeviceAssembly.TryRead(rest, out DeviceAssembly? assembly) == PeProblem.None)
            {
                parts.Add(new(at, assembly!));
            }

            at += Aligned((int)size);
        }

        return parts;
    }

    private static int Aligned(int bytes) =>
        (bytes + DeviceAssembly.Alignment - 1) / DeviceAssembly.Alignment * DeviceAssembly.Alignment;

    private static string Describe(PeProblem problem, int at) => problem switch
    {
        PeProblem.NotPe => $"at byte {at} there is no PE file.",
        PeProblem.BadHeader => $"the header of the PE file at byte {at} is damaged or of another version.",
        PeProblem.BadTables => $"the PE file at byte {at} is cut off or its tables are damaged.",
        _ => $"the content of the PE file at byte {at} is damaged.",
    };
}
