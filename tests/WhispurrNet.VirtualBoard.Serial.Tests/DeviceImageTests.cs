using WhispurrNet.DeviceImages;
using WhispurrNet.Virtual.Serial.Tests.Support;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Virtual.Serial.Tests;

/// <summary>PE files and images of them.</summary>
public sealed class DeviceImageTests
{
    private static readonly PeBuilder s_library = new("Some.Library", new(1, 2, 3, 4))
    {
        NativeChecksum = 0xCAFE_F00D,
        References = [("mscorlib", new(1, 17, 11, 0)), ("Other", new(5, 6, 7, 8))],
        Content = [1, 2, 3, 4, 5],
    };

    [Fact]
    public void AFileTellsWhatItIs()
    {
        byte[] pe = s_library.Build();
        Assert.Equal(PeProblem.None, DeviceAssembly.TryRead(pe, out DeviceAssembly? assembly));
        Assert.Equal("Some.Library", assembly!.Name);
        Assert.Equal(new ReleaseVersion(1, 2, 3, 4), assembly.Version);
        Assert.Equal(0xCAFE_F00Du, assembly.NativeChecksum);
        Assert.Equal(
            [new("mscorlib", new(1, 17, 11, 0)), new AssemblyReference("Other", new(5, 6, 7, 8))], assembly.References);
        Assert.Equal(pe.Length, assembly.Bytes);
    }

    [Fact]
    public void EveryFlippedBitAndEveryCutIsFound()
    {
        byte[] pe = s_library.Build();
        for (int bit = 0; bit < pe.Length * 8; bit++)
        {
            pe[bit / 8] ^= (byte)(1 << (bit % 8));

            // The firmware does not look at the last byte of the marker, but the checksum covers it.
            Assert.NotEqual(PeProblem.None, DeviceAssembly.TryRead(pe, out _));
            pe[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (int length = 0; length < pe.Length; length++)
        {
            Assert.NotEqual(PeProblem.None, DeviceAssembly.TryRead(pe.AsSpan(0, length), out _));
        }
    }

    [Fact]
    public void TablesThatLieElsewhereAreFound()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] pe = s_library.Build();
            random.NextBytes(pe.AsSpan(40 + (random.Next(16) * 4), random.Next(2, 5)));
            pe.AsSpan(8, 4).Clear();
            BitConverter.TryWriteBytes(pe.AsSpan(8), Crc32.Compute(pe.AsSpan(0, DeviceAssembly.HeaderBytes)));
            if (DeviceAssembly.TryRead(pe, out DeviceAssembly? assembly) == PeProblem.None)
            {
                Assert.InRange(assembly!.Bytes, DeviceAssembly.HeaderBytes, pe.Length);
            }
        }
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("lib", "no mscorlib")]
    [InlineData("core core", "twice")]
    [InlineData("core junk", "no PE file")]
    public void ImagesThatWouldNotRunAreRefused(string parts, string reason)
    {
        byte[] bytes =
        [
            .. parts.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(part => part switch
            {
                "lib" => s_library.Build(),
                "core" => PeBuilder.CoreLibrary.Build(),
                _ => new byte[200],
            }),
        ];
        Assert.Null(DeploymentImage.TryRead(bytes, out string? problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TheFirmwareLooksOneHeaderFurtherWhereNoneIs()
    {
        byte[] core = PeBuilder.CoreLibrary.Build();
        byte[] library = s_library.Build();
        byte[] partition = new byte[4_096];
        Array.Fill(partition, (byte)0xFF);
        core.CopyTo(partition, 124 * 3);
        library.CopyTo(partition, (124 * 3) + core.Length);
        Assert.Equal(
            [("mscorlib", 372), ("Some.Library", 372 + core.Length)],
            DeploymentImage.Scan(partition).Select(p => (p.Assembly.Name, p.Offset)));

        // One that begins between these places is not found.
        Array.Fill(partition, (byte)0xFF);
        core.CopyTo(partition, 100);
        Assert.Empty(DeploymentImage.Scan(partition));

        // One whose content is damaged is passed over whole.
        core.CopyTo(partition, 0);
        library.CopyTo(partition, core.Length);
        partition[core.Length - 1] ^= 1;
        Assert.Equal("Some.Library", Assert.Single(DeploymentImage.Scan(partition)).Assembly.Name);
    }

    [Fact]
    public void RealFilesAreRead()
    {
        string? folder = Environment.GetEnvironmentVariable("NANO_LIB");
        Assert.SkipWhen(folder is null, "NANO_LIB is not set; it names a folder of PE files.");
        foreach (string path in Directory.GetFiles(folder!, "*.pe"))
        {
            byte[] pe = File.ReadAllBytes(path);
            Assert.Equal(PeProblem.None, DeviceAssembly.TryRead(pe, out DeviceAssembly? assembly));
            Assert.Equal(Path.GetFileNameWithoutExtension(path), assembly!.Name);
            Assert.Equal(pe.Length, assembly.Bytes);
            Assert.All(assembly.References, r => Assert.NotEmpty(r.Name));
            if (DeviceDescription.C3.Natives.FirstOrDefault(n => n.Name == assembly.Name) is { } native)
            {
                Assert.Equal(native.Checksum, assembly.NativeChecksum);
            }
        }
    }
}
