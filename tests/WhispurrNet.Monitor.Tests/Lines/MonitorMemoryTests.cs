using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Monitor.Tests.Support;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Monitor.Tests.Lines;

/// <summary>What the monitor holds of what goes through it.</summary>
[Collection(Alone)]
public sealed class MonitorMemoryTests
{
    /// <summary>The memory that is measured is that of the whole process: nothing may run beside these tests.</summary>
    internal const string Alone = "alone";

    [Fact]
    public void Sixteen_megabytes_of_garbage_are_held_nowhere()
    {
        byte[] garbage = new byte[16 << 20];
        new Random(5).NextBytes(garbage);
        long shown = 0;
        var pipeline = new MonitorPipeline(new Counter(item => shown += item.Line.Length), 921_600);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        for (int at = 0; at < garbage.Length; at += 4_096)
        {
            pipeline.Feed(garbage.AsSpan(at, 4_096), at / 1_000);
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, garbage.Length / 4);
        pipeline.Flush(5_000);

        // Line ends are the only bytes that are not in a line.
        int lineEnds = garbage.Count(b => b == '\n');
        int lineEndPairs = garbage.Zip(garbage.Skip(1)).Count(pair => pair is { First: (byte)'\r', Second: (byte)'\n' });
        Assert.Equal(garbage.Length - lineEnds - lineEndPairs, shown);
    }

    private sealed class Counter(Action<LineItem> count) : IMonitorSink
    {
        public void OnItem(MonitorItem item)
        {
            if (item is LineItem line)
            {
                count(line);
            }
        }
    }
}

/// <summary>Tests that run by themselves.</summary>
[CollectionDefinition(MonitorMemoryTests.Alone, DisableParallelization = true)]
public sealed class AloneCollection;
