using WhispurrNet.Cli.Bench;
using WhispurrNet.Instrumentation;
using WhispurrNet.Virtual;
using WhispurrNet.Virtual.Serial;

namespace WhispurrNet.Cli.Tests.Bench;

/// <summary>The very program of operations on a board at the end of a cable: a virtual one, behind a real pty.</summary>
public sealed class BoardBenchTests
{
    private const int Speed = 50;
    private const int BaudRate = 921_600;

    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Every_operation_of_the_board_becomes_a_row()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A pty is needed.");
        using var clock = new BoardClock(Speed);
        using var ether = new Ether(clock, seed: 1);
        using var board = new VirtualBoard(new VirtualBoardOptions
        {
            Name = "one",
            BluetoothAddress = 0xA0_00_00_00_00_01,
            EntryAssembly = Path.Combine(DeviceCode.DefaultFolder, DeviceCode.Program + ".exe"),
            Clock = clock,
            Ether = ether,
        });
        await using var cable = new PtyBoard(board);
        cable.PowerOn();
        IReadOnlyList<Counted> counted = BenchPlan.Count("25");
        List<string> reported = [];

        IReadOnlyList<BenchRow> rows = await BoardBench.RunAsync(
            counted, cable.PortName, BaudRate, s_silence, reported.Add, TestContext.Current.CancellationToken);

        Assert.Equal(counted.Select(c => c.Cost.Operation), rows.Select(row => row.Name));
        Assert.All(rows, row => Assert.Equal("board", row.Provider));
        Assert.Contains("relay-frame-256", reported);
        Assert.Contains("x25519", reported);
    }
}
