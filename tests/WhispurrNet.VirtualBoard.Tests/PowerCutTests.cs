using System.Diagnostics;
using System.Runtime.Loader;
using System.Text;

namespace WhispurrNet.Virtual.Tests;

/// <summary>Power that goes at any moment: during start-up, contacts, changes of role and WebSocket traffic.</summary>
public sealed class PowerCutTests
{
    private const int Cuts = 100;
    private const string JoinCode = "0000-0000-0000-0000-0000-0000-00VM";

    [Theory]
    [InlineData(1)]
    public async Task A_board_comes_back_from_every_cut_and_the_others_go_on(int seed)
    {
        await using EchoHost host = await EchoHost.StartAsync();
        using var bench = new Bench(double.PositiveInfinity);
        bench.Ether.LinkAll("cut", "stays");
        byte[] settings = Encoding.UTF8.GetBytes(
            $"name=a\njoin={JoinCode}\nintents=emotion_data\ngateway={host.Url()}\n");
        VirtualBoard stays = bench.MakeFirmware("stays", settings);
        VirtualBoard cut = bench.MakeFirmware("cut", settings);
        var stuck = new List<string>();
        cut.PowerChanged += (_, power) =>
        {
            if (power.Reason.Contains("still running", StringComparison.Ordinal))
            {
                stuck.Add(power.Reason);
            }
        };

        // A thread of its own: the hold belongs to one.
        await Task.Factory.StartNew(
            () => CutAndStart(bench, stays, cut, seed),
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        Assert.Empty(stuck);
        Assert.Empty(bench.Deaths(stays).Concat(bench.Deaths(cut)));
        cut.PowerOff();
        bench.Until(() => Loaded("cut") == 0, "unloading of every power cycle");
        Assert.True(Process.GetCurrentProcess().Threads.Count < 400);
    }

    private static void CutAndStart(Bench bench, VirtualBoard stays, VirtualBoard cut, int seed)
    {
        var random = new Random(seed);
        using ClockHold hold = bench.Clock.Hold();
        stays.Start();
        cut.Start();
        for (int i = 0; i < Cuts; i++)
        {
            // Half of the cuts fall into start-up and the first contact, the others anywhere.
            hold.Wait(TimeSpan.FromMilliseconds(random.Next(2) == 0 ? random.Next(3_000) : random.Next(60_000)));
            cut.PowerOff();
            hold.Wait(TimeSpan.FromMilliseconds(random.Next(5_000)));
            cut.Start();
        }

        // Both are well: they meet again, whoever calls.
        long last = bench.Clock.NowMs;
        Assert.True(
            hold.WaitUntil(
                () => bench.Air.Any(air => air.Kind == EtherEventKind.Notification && air.BoardMs > last),
                TimeSpan.FromMinutes(20),
                TimeSpan.FromSeconds(5)),
            "They do not meet again.");
    }

    private static int Loaded(string name)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return AssemblyLoadContext.All.Count(context => context.Name == name);
    }
}
