using WhispurrNet.DeviceImages;
using WhispurrNet.DeviceImages.Deploying;
using WhispurrNet.Virtual.Serial.Tests.Support;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Virtual.Serial.Tests;

/// <summary>The power goes at some point of a deployment; afterwards it is done again.</summary>
public sealed class DeployInterruptionTests
{
    private const int Points = 200;

    private static readonly WireClientOptions s_patience = new(TimeSpan.FromSeconds(5), 2);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ADeploymentInterruptedAnywhereLeavesNoHalfProgramAndCanBeRepeated(bool isEsp32)
    {
        int interrupted = 0;
        for (int seed = 0; seed < Points / 2; seed++)
        {
            var random = new Random((seed * 2) + (isEsp32 ? 1 : 0));
            DeploymentImage old = Images.Random(random.Next());
            DeploymentImage image = Images.Random(random.Next());
            using var board = new BenchBoard(BenchBoard.Small(isEsp32, hasCrc: random.Next(2) == 0));
            board.Engine.Burn(old.Bytes.Span);
            board.PowerOn();
            Assert.Equal(old.Started(), Assert.Single(board.Started));

            // Each of both ways reaches points of all steps: within the flash, and between and within packets.
            if (random.Next(2) == 0)
            {
                board.Engine.Faults.PowerCutAfterFlashWork = random.Next(2_048 + image.Bytes.Length);
            }
            else
            {
                board.Engine.Faults.PowerCutAfterReceived = random.Next(400, 600 + (image.Bytes.Length * 105 / 100));
            }

            interrupted += await TryDeployAsync(board, image) ? 0 : 1;
            board.Engine.Faults.PowerCutAfterFlashWork = null;
            board.Engine.Faults.PowerCutAfterReceived = null;
            board.PowerOff();
            board.PowerOn();
            if (board.Running is not null)
            {
                Assert.Contains(board.Started[^1], new[] { old.Started(), image.Started() });
            }

            Assert.True(await TryDeployAsync(board, image), $"seed {seed}");
            Assert.Equal(image.Started(), board.Started[^1]);
            Assert.NotNull(board.Running);
            Assert.All(board.Started, s => Assert.Contains(s, new[] { old.Started(), image.Started() }));
            Assert.Equal(0, board.Engine.PulledAway);
        }

        Assert.True(interrupted > Points / 2 * 9 / 10, $"{interrupted} interrupted");
    }

    [Fact]
    public async Task ADeploymentGetsThroughALineThatLosesBytes()
    {
        var faults = new DeviceFaults { DropSentPerMille = 1, DropReceivedPerMille = 0, Seed = 5 };
        using var board = new BenchBoard(BenchBoard.Small(hasCrc: true), faults);
        DeploymentImage image = Images.Random(3);
        board.PowerOn();
        Assert.True(await TryDeployAsync(board, image, new(TimeSpan.FromMilliseconds(100), 10)));
        Assert.Equal(image.Started(), board.Started[^1]);
    }

    private static async Task<bool> TryDeployAsync(
        BenchBoard board, DeploymentImage image, WireClientOptions? options = null)
    {
        await using var client = new WireProtocolClient(board, new LineSink(), options ?? s_patience);
        var deployer = new Deployer(client);
        try
        {
            DeployPlan plan = await deployer.PlanAsync(image, TestContext.Current.CancellationToken);
            await deployer.DeployAsync(plan, null, TestContext.Current.CancellationToken);
            return true;
        }
        catch (WireProtocolException e) when (e.Failure == WireFailure.PortLost)
        {
            return false;
        }
    }
}
