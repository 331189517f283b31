using System.Diagnostics;
using System.Reflection;
using WhispurrNet.DeviceImages;
using WhispurrNet.Virtual.Serial.Programs;
using WhispurrNet.Virtual.Serial.Tests.Support;

namespace WhispurrNet.Virtual.Serial.Tests;

/// <summary>What the build of a device project leaves beside its program.</summary>
public sealed class DeviceImageToolTests : IDisposable
{
    private const string Application = "WhispurrNet.Protocol.Crypto";

    private readonly string _folder = Directory.CreateTempSubdirectory("whispurr-tool-").FullName;

    [Fact]
    public async Task AnImageComesWithAManifestByWhichAVirtualBoardFindsItsProgram()
    {
        string program = Copy(Path.Combine("programs", "ButtonSample", Application + ".dll"), _folder);
        string libraryFolder = Directory.CreateDirectory(Path.Combine(_folder, "lib")).FullName;
        string core = Copy(Path.Combine("reference", "mscorlib.dll"), libraryFolder);
        await File.WriteAllBytesAsync(
            Path.ChangeExtension(core, ".pe"), PeBuilder.CoreLibrary.Build(), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(
            Path.ChangeExtension(program, ".pe"),
            new PeBuilder(Application, new(1, 0, 0, 0)) { References = [("mscorlib", new(1, 17, 11, 0))] }.Build(),
            TestContext.Current.CancellationToken);
        string libraries = Path.Combine(_folder, "libraries.txt");
        await File.WriteAllLinesAsync(libraries, [core], TestContext.Current.CancellationToken);
        string output = Path.Combine(_folder, Application + ".bin");

        Assert.Equal(0, await RunAsync(program, libraries, output));

        DeploymentImage? image = DeploymentImage.TryRead(File.ReadAllBytes(output), out string? problem);
        Assert.True(image is not null, problem);
        Assert.Equal(["mscorlib", Application], image.Parts.Select(p => p.Assembly.Name));
        ImageManifest manifest = ImageManifest.Read(ImageManifest.PathOf(output));
        Assert.Equal([null, Application + ".dll"], manifest.Entries.Select(e => e.Path));
        Assert.Equal([false, true], manifest.Entries.Select(e => e.IsApplication));
        var known = new KnownPrograms();
        known.AddFolder(_folder);
        Assert.Equal(program, known.Find(image.Parts, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"entries\":[{}]}")]
    [InlineData("{\"entries\":[null]}")]
    public void WhatIsNoManifestIsRefused(string text)
    {
        string path = Path.Combine(_folder, "x" + ImageManifest.Extension);
        File.WriteAllText(path, text);
        Assert.Throws<InvalidDataException>(() => ImageManifest.Read(path));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Copy(string path, string folder)
    {
        string copy = Path.Combine(folder, Path.GetFileName(path));
        File.Copy(Path.Combine(AppContext.BaseDirectory, path), copy);
        return copy;
    }

    private static async Task<int> RunAsync(params string[] arguments)
    {
        string tool = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "DeviceImagePath").Value!;
        using Process process = Process.Start("dotnet", [tool, .. arguments]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }
}
