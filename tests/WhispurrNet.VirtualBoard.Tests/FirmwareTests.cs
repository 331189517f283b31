using System.Text;

namespace WhispurrNet.Virtual.Tests;

/// <summary>The real firmware, as it would be flashed.</summary>
public sealed class FirmwareTests
{
    [Fact]
    public void The_sample_starts_on_a_board_and_serves()
    {
        using var bench = new Bench(speed: 10);
        byte[] settings = Encoding.UTF8.GetBytes("name=one\nevery=0\n");
        VirtualBoard board = bench.Start(bench.MakeFirmware("one", settings));

        bench.Until(() => bench.Air.Any(air => air.Kind == EtherEventKind.AdvertisingStarted), "advertising", board);

        Assert.Equal(true, board.InvokeStatic("WhispurrNet.Board.BoardInspector", "IsRunning"));
        Assert.Empty(bench.Deaths(board));

        // Nothing random was taken before a radio was on (facts 5).
        Assert.Equal(0, board.Random.EarlyBytes);
        TestContext.Current.TestOutputHelper!.WriteLine(bench.Transcript());
    }
}
