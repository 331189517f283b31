using System.Text;
using WhispurrNet.Instrumentation;

namespace WhispurrNet.Virtual.Tests;

/// <summary>
/// What the firmware executes from power on to its first advertisement: every IL instruction of this project's assemblies, on all
/// threads. The board's HMAC is native.
/// </summary>
public sealed class StartCostTests
{
    /// <summary>Besides self-tests and key pairs.</summary>
    private const long Most = 500_000;

    /// <summary>The first identity's, and those of the first handshakes.</summary>
    private const int KeyPairs = 3;

    private const int SelfTests = 8;

    private static readonly string[] s_counted =
        ["WhispurrNet.Protocol.Crypto.dll", "WhispurrNet.Protocol.dll", "WhispurrNet.Board.dll", "EmotionSample.exe"];

    [Fact]
    public void A_board_is_on_the_air_within_half_a_million_instructions()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("counted-");
        try
        {
            using var bench = new Bench(speed: 10);
            byte[] settings = Encoding.UTF8.GetBytes("name=one\njoin=public\nevery=0\n");
            VirtualBoard board = bench.MakeFirmware("one", settings, program: Instrument(folder.FullName));
            long before = Probe.Total;
            long start = 0;
            bench.Ether.Happened += happened =>
            {
                if (happened.Kind == EtherEventKind.AdvertisingStarted)
                {
                    Interlocked.CompareExchange(ref start, Probe.Total - before, 0);
                }
            };

            board.Start();
            bench.Until(() => Interlocked.Read(ref start) != 0, "advertising", board);

            long selfTests = Count(() =>
            {
                for (int i = 0; i < SelfTests; i++)
                {
                    Assert.Equal(true, board.InvokeStatic("WhispurrNet.Board.SelfTest.KnownAnswers", "Holds", i));
                }
            });
            using Costs costs = new();
            long keys = KeyPairs * costs.Measure("x25519-base").ManagedIl;
            long rest = start - selfTests - keys;
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{start:N0} IL: {selfTests:N0} self-tests, {keys:N0} key pairs, {rest:N0} the rest");
            Assert.InRange(rest, 1, Most);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static long Count(Action action)
    {
        long before = Probe.Total;
        action();
        return Probe.Total - before;
    }

    /// <summary>A copy of the firmware with a counter in every block.</summary>
    private static string Instrument(string folder)
    {
        int block = 0;
        foreach (string file in s_counted)
        {
            string path = Path.Combine(AppContext.BaseDirectory, "firmware", file);
            (byte[] image, block) = Instrumenter.Instrument(path, block, traced: false);
            File.WriteAllBytes(Path.Combine(folder, file), image);
        }

        return Path.Combine(folder, "EmotionSample.exe");
    }
}
