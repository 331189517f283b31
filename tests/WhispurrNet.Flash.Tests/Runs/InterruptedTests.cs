using WhispurrNet.Cli.Flash.Nanoff;
using WhispurrNet.Cli.Output;
using WhispurrNet.Flash.Tests.Support;
using WhispurrNet.Serial.Unix;

namespace WhispurrNet.Flash.Tests.Runs;

/// <summary>Runs that end in the middle: nothing hangs, nothing is left behind, and a sentence says so.</summary>
public sealed class InterruptedTests
{
    private const int AtATime = 4;

    private static readonly TimeSpan s_atMost = TimeSpan.FromSeconds(30);

    public InterruptedTests() => Assert.SkipUnless(PseudoTerminal.IsSupported, "This system has no ptys.");

    [Fact]
    public async Task Nanoff_that_dies_after_any_piece_of_its_output_is_told()
    {
        int pieces = await CountAsync();
        await ForEachAsync(pieces, async piece =>
        {
            using var bench = new Bench(("DIE_AFTER", $"{piece}"));
            bench.Options = bench.Options with { Target = "ESP32_BLE_REV3" };

            // The last piece is the end of the last step: there it had said that it was done.
            if (piece == pieces)
            {
                Assert.NotNull(await bench.RunAsync());
                return;
            }

            CommandFailure e = await Assert.ThrowsAsync<CommandFailure>(() => bench.RunAsync().WaitAsync(s_atMost, TestContext.Current.CancellationToken));
            Assert.StartsWith("nanoff ended (exit code 3) while writing the image", e.Message, StringComparison.Ordinal);
            Assert.False(bench.HasOrphans());
        });
    }

    [Fact]
    public async Task Interrupted_by_its_user_after_any_piece_nothing_is_left_running()
    {
        int pieces = await CountAsync();
        await ForEachAsync(pieces, async piece =>
        {
            using var bench = new Bench(("HANG_AFTER", $"{piece}"));
            bench.Options = bench.Options with { Target = "ESP32_BLE_REV3" };
            using var cancel = new CancellationTokenSource();
            Task run = bench.RunAsync(cancel);

            // Once it has started: after that it hangs where it is.
            while (bench.Runs.Length == 0)
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }

            await cancel.CancelAsync();
            CommandFailure e = await Assert.ThrowsAsync<CommandFailure>(() => run.WaitAsync(s_atMost, TestContext.Current.CancellationToken));
            Assert.StartsWith("Interrupted while writing the image: the board may not start", e.Message, StringComparison.Ordinal);
            Assert.False(bench.HasOrphans());
        });
    }

    [Fact]
    public async Task Nanoff_that_falls_silent_is_ended()
    {
        using var bench = new Bench(("HANG_AFTER", "20")) { Silence = TimeSpan.FromSeconds(3) };
        bench.Options = bench.Options with { Target = "ESP32_BLE_REV3" };

        CommandFailure e = await Assert.ThrowsAsync<CommandFailure>(() => bench.RunAsync().WaitAsync(s_atMost, TestContext.Current.CancellationToken));

        Assert.Equal("nanoff said nothing for 3 seconds and was ended.", e.Message);
        Assert.False(bench.HasOrphans());
    }

    [Fact]
    public async Task Nanoff_that_is_slow_but_speaks_is_not_ended()
    {
        using var bench = new Bench(("PACE_MS", "100")) { Silence = TimeSpan.FromSeconds(3) };
        bench.Options = bench.Options with { Target = "ESP32_BLE_REV3" };

        Assert.NotNull(await bench.RunAsync());
    }

    [Fact]
    public async Task A_program_that_cannot_be_started_is_told()
    {
        var process = new NanoffProcess(new NanoffTool("/nowhere/nanoff", []), s_atMost);
        List<NanoffEvent> said = [];

        Assert.NotEqual(0, await process.RunAsync(["--help"], said.Add, TestContext.Current.CancellationToken));

        Assert.Empty(said);
    }

    private static async Task<int> CountAsync()
    {
        using var bench = new Bench();
        bench.Options = bench.Options with { Target = "ESP32_BLE_REV3" };
        await bench.RunAsync();
        int pieces = bench.Pieces;
        Assert.InRange(pieces, 40, 200);
        return pieces;
    }

    private static Task ForEachAsync(int pieces, Func<int, Task> test) => Parallel.ForEachAsync(
        Enumerable.Range(1, pieces),
        new ParallelOptions { MaxDegreeOfParallelism = AtATime },
        async (piece, _) => await test(piece));
}
