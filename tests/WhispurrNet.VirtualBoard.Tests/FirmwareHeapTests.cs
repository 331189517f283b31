using System.Text;

namespace WhispurrNet.Virtual.Tests;

/// <summary>The real firmware on a small heap; firmware/MEMORY.md has the figures.</summary>
public sealed class FirmwareHeapTests
{
    /// <summary>
    /// A heap on which the sample runs without a refusal, in bytes: that of an ESP32-C3 (54,472) does not suffice.
    /// </summary>
    private const int EnoughBytes = 62_000;

    [Fact]
    public void Two_boards_of_the_small_size_talk_for_hours_and_their_heap_does_not_grow()
    {
        using var bench = new Bench(double.PositiveInfinity);
        bench.Ether.LinkAll("one", "two");
        byte[] settings = Encoding.UTF8.GetBytes("join=public\nevery=60\nsize=small\nintents=emotion_data\n");
        BoardProfile profile = BoardProfile.C3 with { HeapBytes = EnoughBytes };
        VirtualBoard[] boards =
            [bench.MakeFirmware("one", settings, profile), bench.MakeFirmware("two", settings, profile)];
        long[] early;
        using (ClockHold hold = bench.Clock.Hold())
        {
            Array.ForEach(boards, board => board.Start());
            hold.Wait(TimeSpan.FromMinutes(20));
            early = [.. boards.Select(Live)];
            hold.Wait(TimeSpan.FromHours(3));
        }

        foreach ((VirtualBoard board, long before) in boards.Zip(early))
        {
            Assert.InRange(Live(board), 1, before + 1_500);
            Assert.Equal(0, board.Heap!.Refused);
            Assert.Empty(bench.Deaths(board));
            Assert.Contains(bench.Lines(board), line => line.StartsWith("wn whisper", StringComparison.Ordinal));
        }
    }

    private static long Live(VirtualBoard board)
    {
        board.Heap!.Collect();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{board.Name}: {board.Heap.UsedBytes} in use, at most {board.Heap.PeakBytes}; of this\n"
            + string.Join('\n', board.Heap.Census().Take(12)));
        return board.Heap.UsedBytes;
    }
}
