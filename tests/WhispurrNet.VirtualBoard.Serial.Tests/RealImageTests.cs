using System.Diagnostics;
using WhispurrNet.DeviceImages;
using WhispurrNet.DeviceImages.Deploying;
using WhispurrNet.Virtual.Serial.Tests.Support;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Virtual.Serial.Tests;

/// <summary>
/// PE files as the metadata processor makes them, where there is one: <c>NANO_MDP</c> names it, <c>NANO_LIB</c> the
/// folder of the libraries' PE files.
/// </summary>
public sealed class RealImageTests : IDisposable
{
    private static readonly string? s_processor = Environment.GetEnvironmentVariable("NANO_MDP");
    private static readonly string? s_libraries = Environment.GetEnvironmentVariable("NANO_LIB");

    private readonly string _folder = Directory.CreateTempSubdirectory("whispurr-pe-").FullName;

    [Fact]
    public async Task TheProtocolIsDeployedAsItWouldBeToARealBoard()
    {
        Assert.SkipWhen(s_processor is null || s_libraries is null, "NANO_MDP and NANO_LIB are not both set.");
        string programs = Path.Combine(AppContext.BaseDirectory, "programs", "ButtonSample");
        byte[] crypto = await ConvertAsync(programs, "WhispurrNet.Protocol.Crypto", "mscorlib");
        byte[] protocol = await ConvertAsync(
            programs, "WhispurrNet.Protocol", "mscorlib", "nanoFramework.System.Text", "WhispurrNet.Protocol.Crypto");
        byte[] bytes =
        [
            .. Library("mscorlib"), .. Library("nanoFramework.Runtime.Native"), .. Library("nanoFramework.System.Text"),
            .. Padded(crypto), .. Padded(protocol),
        ];
        DeploymentImage? image = DeploymentImage.TryRead(bytes, out string? problem);
        Assert.True(image is not null, problem);
        Assert.Equal("WhispurrNet.Protocol", image.Parts[^1].Assembly.Name);
        Assert.Contains("WhispurrNet.Protocol.Crypto", image.Parts[^1].Assembly.References.Select(r => r.Name));

        using var board = new BenchBoard(DeviceDescription.C3);
        board.PowerOn();
        await using var client = new WireProtocolClient(board, new LineSink());
        var deployer = new Deployer(client);
        DeployPlan plan = await deployer.PlanAsync(image, TestContext.Current.CancellationToken);
        await deployer.DeployAsync(plan, null, TestContext.Current.CancellationToken);
        Assert.Equal(image.Started(), Assert.Single(board.Started));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Padded(byte[] pe) => [.. pe, .. new byte[(4 - (pe.Length % 4)) % 4]];

    private static byte[] Library(string name) => Padded(File.ReadAllBytes(Path.Combine(s_libraries!, name + ".pe")));

    private async Task<byte[]> ConvertAsync(string programs, string name, params string[] hints)
    {
        string pe = Path.Combine(_folder, name + ".pe");
        var arguments = new List<string>();
        foreach (string hint in hints)
        {
            string own = Path.Combine(programs, hint + ".dll");
            arguments.AddRange(
                ["-loadHints", hint, File.Exists(own) ? own : Path.Combine(s_libraries!, hint + ".dll")]);
        }

        arguments.AddRange(["-parse", Path.Combine(programs, name + ".dll"), "-compile", pe, "false"]);
        ProcessStartInfo start = s_processor!.EndsWith(".dll", StringComparison.Ordinal)
            ? new("dotnet", [s_processor, .. arguments])
            : new(s_processor, arguments);
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await File.ReadAllBytesAsync(pe, TestContext.Current.CancellationToken);
    }
}
