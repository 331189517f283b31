using System.Text;

namespace WhispurrNet.Virtual.Tests;

/// <summary>The real firmware on a small heap; firmware/MEMORY.md has the figures.</summary>
public sealed class FirmwareHeapTests
{
    /// <summary>
    /// A heap on which the sample runs without a refusal, in bytes: that of an ESP32-C3 (54,472) does not suffice.
    /// The build for Bluetooth alone needs less.
    /// </summary>
    private const int EnoughBytes = 76_000;

    /// <summary>
    /// A heap on which the build for Bluetooth alone runs without a refusal: since links are opened by handshakes, an
    /// ESP32-C3 has too little for it as well.
    /// </summary>
    private const int EnoughForBluetoothBytes = 64_000;

    private static string BluetoothOnly =>
        Path.Combine(AppContext.BaseDirectory, "bluetooth-only", "EmotionSample.exe");

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
        long[] late;
        using (ClockHold hold = bench.Clock.Hold())
        {
            Array.ForEach(boards, board => board.Start());
            hold.Wait(TimeSpan.FromMinutes(20));
            early = AtRest(boards, hold);
            hold.Wait(TimeSpan.FromHours(3));
            late = AtRest(boards, hold);
        }

        for (int i = 0; i < boards.Length; i++)
        {
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{boards[i].Name}: {late[i]} at rest, at most {boards[i].Heap!.PeakBytes}; of this\n"
                + string.Join('\n', boards[i].Heap!.Census().Take(12)));
            Assert.InRange(late[i], 1, early[i] + 600);
            Assert.Equal(0, boards[i].Heap!.Refused);
            Assert.Empty(bench.Deaths(boards[i]));
            Assert.Contains(bench.Lines(boards[i]), line => line.StartsWith("wn whisper", StringComparison.Ordinal));
        }
    }

    /// <summary>The build for Bluetooth alone, which leaves out Wi-Fi and gateway.</summary>
    [Fact]
    public void Two_boards_of_the_bluetooth_only_build_talk_for_hours_on_a_smaller_heap()
    {
        using var bench = new Bench(double.PositiveInfinity);
        bench.Ether.LinkAll("one", "two");
        VirtualBoard[] boards = [.. new[] { "one", "two" }.Select(name => bench.MakeFirmware(
            name,
            Encoding.UTF8.GetBytes($"name={name}\njoin=public\nevery=60\nsize=small\nintents=emotion_data\n"),
            BoardProfile.C3 with { HeapBytes = EnoughForBluetoothBytes },
            BluetoothOnly))];
        long[] late;
        using (ClockHold hold = bench.Clock.Hold())
        {
            Array.ForEach(boards, board => board.Start());
            hold.Wait(TimeSpan.FromHours(3));
            late = AtRest(boards, hold);
        }

        for (int i = 0; i < boards.Length; i++)
        {
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{boards[i].Name}: {late[i]} at rest, at most {boards[i].Heap!.PeakBytes}; of this\n"
                + string.Join('\n', boards[i].Heap!.Census().Take(12)));
            Assert.InRange(late[i], 1, EnoughForBluetoothBytes);
            Assert.Equal(0, boards[i].Heap!.Refused);
            Assert.Empty(bench.Deaths(boards[i]));
            Assert.InRange(bench.Lines(boards[i]).Count(IsWhisper), 20, int.MaxValue);
            Assert.DoesNotContain(bench.Lines(boards[i]), IsError);
            Assert.Single(bench.Lines(boards[i]), line => line.StartsWith("wn boot", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_bluetooth_only_build_names_the_settings_that_it_leaves_out_and_runs()
    {
        using var bench = new Bench(double.PositiveInfinity);
        byte[] settings = Encoding.UTF8.GetBytes(
            "join=public\ngateway=ws://192.168.1.2:8765/mesh\nssid=home\npassword=long enough\nled=2\nsize=small\n");
        VirtualBoard board = bench.Start(bench.MakeFirmware("one", settings, BoardProfile.C3, BluetoothOnly));

        bench.Expect(board, "wn boot");
        Assert.Equal(
            Enumerable.Range(2, 4).Select(line => $"wn error line {line} of the settings has a gateway, Wi-Fi or LED, "
                + "which this Bluetooth-only build leaves out; it is ignored"),
            bench.Lines(board).Where(IsError));
    }

    private static bool IsWhisper(string line) => line.StartsWith("wn whisper", StringComparison.Ordinal);

    private static bool IsError(string line) => line.StartsWith("wn error", StringComparison.Ordinal);

    // The least of several looks: a board may be at work when it is looked at.
    private static long[] AtRest(VirtualBoard[] boards, ClockHold hold)
    {
        long[] least = [.. boards.Select(_ => long.MaxValue)];
        for (int look = 0; look < 10; look++)
        {
            hold.Wait(TimeSpan.FromSeconds(37));
            for (int i = 0; i < boards.Length; i++)
            {
                boards[i].Heap!.Collect();
                least[i] = Math.Min(least[i], boards[i].Heap!.UsedBytes);
            }
        }

        return least;
    }
}
