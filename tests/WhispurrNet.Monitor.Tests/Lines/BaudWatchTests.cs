using System.Text;
using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Monitor.Tests.Support;

namespace WhispurrNet.Monitor.Tests.Lines;

/// <summary>The wrong baud rate is noticed; the noise of a start is not taken for one.</summary>
public sealed class BaudWatchTests
{
    [Theory]
    [InlineData(115_200, 921_600)]
    [InlineData(115_200, 460_800)]
    [InlineData(921_600, 115_200)]
    [InlineData(460_800, 115_200)]
    [InlineData(57_600, 921_600)]
    public void A_board_at_another_rate_is_noticed(int sentBaud, int readBaud)
    {
        int? suggested = Listen(Samples.BoardLines, sentBaud, readBaud, rounds: 12, out Items items);

        EventItem hint = Assert.Single(items.All.OfType<EventItem>(), item => item.Event == PortEvent.WrongBaud);
        Assert.Contains($"at {readBaud} baud", hint.Sentence, StringComparison.Ordinal);
        Assert.Contains($"--baud {suggested}", hint.Sentence, StringComparison.Ordinal);
        Assert.Equal(sentBaud < readBaud, suggested < readBaud);
    }

    [Theory]
    [InlineData(115_200, 921_600)]
    [InlineData(921_600, 115_200)]
    [InlineData(460_800, 921_600)]
    [InlineData(230_400, 921_600)]
    [InlineData(57_600, 115_200)]
    public void Taking_what_is_suggested_leads_to_the_right_rate(int sentBaud, int readBaud)
    {
        int tries = 0;
        int rate = readBaud;
        var items = new Items();
        var pipeline = new MonitorPipeline(items, readBaud);
        for (long nowMs = 0; rate != sentBaud; nowMs += 500)
        {
            pipeline.Feed(UartLine.Resample(Encoding.ASCII.GetBytes(Samples.BoardLines), sentBaud, rate), nowMs);
            if (pipeline.SuggestedBaudRate is { } other)
            {
                rate = other;
                pipeline.ChangeBaudRate(rate, nowMs);
                Assert.InRange(++tries, 1, BaudWatch.Rates.Length);
            }

            Assert.InRange(nowMs, 0, 60_000);
        }
    }

    [Theory]
    [InlineData(921_600)]
    [InlineData(115_200)]
    public void The_right_rate_gives_no_hint(int baud)
    {
        Assert.Null(Listen(Samples.BoardLines, baud, baud, rounds: 12, out Items items));
        Assert.DoesNotContain(PortEvent.WrongBaud, items.Events);
    }

    [Fact]
    public void The_noise_of_a_start_gives_no_hint()
    {
        // Reset every ten seconds: the chip speaks at 115200, then the CLR at 921600.
        byte[] noise = UartLine.Resample(Encoding.ASCII.GetBytes(Samples.RomLog), 115_200, 921_600);
        var items = new Items();
        var pipeline = new MonitorPipeline(items, 921_600);
        for (int i = 0; i < 10; i++)
        {
            pipeline.Feed(noise, i * 10_000);
            pipeline.Feed(Samples.BootPacket, (i * 10_000) + 300);
        }

        Assert.True(noise.Length > BaudWatch.MinNoise);
        Assert.Equal(Enumerable.Repeat(PortEvent.Boot, 10), items.Events);
        Assert.Contains(items.All, item => item.Kind == ItemKind.Noise);
    }

    [Fact]
    public void Text_clears_the_suspicion()
    {
        byte[] noise = UartLine.Resample(Encoding.ASCII.GetBytes(Samples.RomLog), 115_200, 921_600);
        var items = new Items();
        var pipeline = new MonitorPipeline(items, 921_600);
        for (int i = 0; i < 10; i++)
        {
            pipeline.Feed(noise, i * 10_000);
            pipeline.Feed("\r\na line of text\r\n"u8, (i * 10_000) + 900);
        }

        Assert.Empty(items.Events);
    }

    [Fact]
    public void A_flood_of_noise_is_noticed_at_once_and_told_once()
    {
        byte[] flood = new byte[1 << 20];
        new Random(3).NextBytes(flood);

        Items items = Items.Of(flood, 4_096);

        Assert.Single(items.Events, PortEvent.WrongBaud);
    }

    private static int? Listen(string text, int sentBaud, int readBaud, int rounds, out Items items)
    {
        items = new Items();
        var pipeline = new MonitorPipeline(items, readBaud);
        byte[] read = UartLine.Resample(Encoding.ASCII.GetBytes(text), sentBaud, readBaud);
        for (int round = 0; round < rounds; round++)
        {
            pipeline.Feed(read, round * 1_000);
        }

        pipeline.Flush(rounds * 1_000);
        return pipeline.SuggestedBaudRate;
    }
}
