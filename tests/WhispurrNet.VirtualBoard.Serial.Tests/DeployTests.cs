using WhispurrNet.DeviceImages;
using WhispurrNet.DeviceImages.Deploying;
using WhispurrNet.Virtual.Serial.Tests.Support;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Virtual.Serial.Tests;

/// <summary>What is looked at before anything is written, and in which order it is.</summary>
public sealed class DeployTests : IDisposable
{
    private static readonly ReleaseVersion s_core = new(1, 17, 11, 0);

    private readonly BenchBoard _board = new();

    [Fact]
    public async Task AnImageRunsOnceItIsDeployed()
    {
        DeploymentImage image = Images.Random(1);
        var steps = new StepList();
        await DeployAsync(image, steps);
        Assert.Equal(["mscorlib", "Some.Library", "Some.Application"], _board.Running);
        Assert.Equal(
            [
                DeployStep.Erase, DeployStep.Write, DeployStep.Verify, DeployStep.Seal, DeployStep.Verify,
                DeployStep.Reboot,
            ],
            steps.InOrder());
        Assert.Equal(image.Bytes.ToArray(), _board.Engine.Deployment[..image.Bytes.Length].ToArray());
    }

    [Fact]
    public async Task NothingIsWrittenWhenANativeChecksumIsAnother()
    {
        DeploymentImage image = Images.Of(
            PeBuilder.CoreLibrary,
            new PeBuilder("nanoFramework.System.Text", new(1, 3, 42, 0))
            {
                NativeChecksum = 0x1234_5678,
                References = [("mscorlib", s_core)],
            });
        DeployException failure = await Assert.ThrowsAsync<DeployException>(() => DeployAsync(image));
        Assert.Contains("nanoFramework.System.Text 1.3.42.0", failure.Message, StringComparison.Ordinal);
        Assert.Contains("0x12345678", failure.Message, StringComparison.Ordinal);
        Assert.Contains("0x8E6EB73D", failure.Message, StringComparison.Ordinal);
        Assert.False(_board.Engine.Deployment.ContainsAnyExcept((byte)0xFF));
    }

    [Theory]
    [InlineData("Not.There", 1, "does not hold")]
    [InlineData("mscorlib", 2, "holds 1.17.11.0")]
    public async Task NothingIsWrittenWhenAReferenceIsMissing(string name, ushort major, string reason)
    {
        DeploymentImage image = Images.Of(
            PeBuilder.CoreLibrary,
            new PeBuilder("App", new(1, 0, 0, 0)) { References = [(name, new(major, 0, 0, 0))] });
        DeployException failure = await Assert.ThrowsAsync<DeployException>(() => DeployAsync(image));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.False(_board.Engine.Deployment.ContainsAnyExcept((byte)0xFF));
    }

    [Fact]
    public async Task NativeCodeThatTheFirmwareLacksIsRefused()
    {
        DeploymentImage image = Images.Of(
            PeBuilder.CoreLibrary,
            new PeBuilder("Own.Driver", new(1, 0, 0, 0)) { NativeChecksum = 7, References = [("mscorlib", s_core)] });
        DeployException failure = await Assert.ThrowsAsync<DeployException>(() => DeployAsync(image));
        Assert.Contains("has none", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnImageLargerThanTheFlashIsRefused()
    {
        DeploymentImage image = Images.Of(
            PeBuilder.CoreLibrary with { Content = new byte[0x8000] });
        DeployException failure = await Assert.ThrowsAsync<DeployException>(() => DeployAsync(image));
        Assert.Contains("32768 at most", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void TheHeaderOfTheCoreLibraryComesLast(int index)
    {
        var library = new PeBuilder("First", new(1, 0, 0, 0))
        {
            References = [("mscorlib", s_core)],
            Content = new byte[77],
        };
        DeploymentImage image = index == 0
            ? Images.Of(PeBuilder.CoreLibrary, library)
            : Images.Of(library, PeBuilder.CoreLibrary);
        FlashSector[] sectors = [new(0x1000, 4, 0x1000, (uint)FlashUsage.Deployment | 0x400)];
        DeployPlan plan = DeployPlan.Create(image, DeviceDescription.C3.Target, ClrFeatures.None, sectors, 128);
        uint core = 0x1000 + (uint)image.Parts[index].Offset;
        Assert.InRange(plan.Seal.Address, core - 15, core);
        Assert.True(plan.Seal.Address + plan.Seal.Data.Length >= core + DeviceAssembly.HeaderBytes);
        Assert.Equal(0u, plan.Seal.Address % 16);

        // Every byte once, none of them in two packets, all whole units of the flash.
        byte[] flash = new byte[plan.Image.Length];
        foreach (FlashWrite write in plan.Writes.Append(plan.Seal))
        {
            Assert.InRange(write.Data.Length, 1, write == plan.Seal ? 160 : 120);
            Assert.Equal(0, write.Data.Length % 16);
            write.Data.CopyTo(flash.AsMemory((int)(write.Address - 0x1000)));
        }

        Assert.Equal(plan.Image.Length, plan.Writes.Append(plan.Seal).Sum(w => w.Data.Length));
        Assert.Equal(image.Bytes.ToArray(), flash[..image.Bytes.Length]);
    }

    public void Dispose() => _board.Dispose();

    private async Task DeployAsync(DeploymentImage image, IProgress<DeployProgress>? progress = null)
    {
        _board.PowerOn();
        await using var client = new WireProtocolClient(_board, new LineSink());
        var deployer = new Deployer(client);
        DeployPlan plan = await deployer.PlanAsync(image, TestContext.Current.CancellationToken);
        await deployer.DeployAsync(plan, progress, TestContext.Current.CancellationToken);
    }

    private sealed class StepList : IProgress<DeployProgress>
    {
        private readonly List<DeployStep> _steps = [];

        public void Report(DeployProgress value)
        {
            if (_steps.Count == 0 || _steps[^1] != value.Step)
            {
                _steps.Add(value.Step);
            }
        }

        public IReadOnlyList<DeployStep> InOrder() => _steps;
    }
}
