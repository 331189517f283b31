using System.Runtime.Loader;

namespace WhispurrNet.Virtual.Tests;

/// <summary>What a board's program can rely on: time, threads, statics, power and files of its own.</summary>
public sealed class ProgramTests
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(20.0)]
    public void A_program_waits_in_board_time(double speed)
    {
        using var bench = new Bench(speed);
        long realStart = Environment.TickCount64;
        VirtualBoard board = bench.Run("a", entry: null);

        bench.Expect(board, "hello");
        int waited = int.Parse(bench.Expect(board, "waited "));

        Assert.InRange(waited, 500, 505);
        Assert.True(speed > 1 || Environment.TickCount64 - realStart >= 490);
        Assert.Empty(bench.Deaths(board));
    }

    [Fact]
    public void Power_that_goes_while_statics_are_made_is_no_death_of_a_thread()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Make("a", "Idle.Run");
        for (int i = 0; i < 40; i++)
        {
            board.Start();
            Thread.SpinWait(i * i * 50);
            board.PowerOff();
        }

        Assert.Empty(bench.Deaths(board));
    }

    [Fact]
    public void Timers_timeouts_and_wait_handles_keep_board_time()
    {
        using var bench = new Bench(speed: 4);
        VirtualBoard board = bench.Run("a", "Threads.Wait");

        Assert.Equal("10", bench.Expect(board, "ticks "));
        string[] timeout = bench.Expect(board, "timeout ").Split(' ');
        Assert.Equal("False", timeout[0]);
        Assert.InRange(int.Parse(timeout[1]), 300, 305);
        Assert.Equal("1", bench.Expect(board, "any "));
        Assert.Equal("False", bench.Expect(board, "all "));
    }

    [Fact]
    public void An_uncaught_exception_ends_its_thread_and_nothing_else_facts_7()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Threads.OneThrows");

        Assert.Equal("False", bench.Expect(board, "main lives, thread alive "));
        bench.Until(() => bench.Deaths(board).Any(), "report of the thread", board);
        ThreadDiedReport death = Assert.Single(bench.Deaths(board));
        Assert.Equal("Threads.Throw", death.Thread);
        Assert.Contains("InvalidOperationException: on purpose", death.Exception);
        Assert.Contains("Threads.cs:line", death.Exception);
    }

    [Fact]
    public void A_timer_callback_that_throws_does_not_stop_other_timers()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Threads.TimerThrows");

        bench.Expect(board, "ticking");
        Assert.Contains("InvalidOperationException: timer", Assert.Single(bench.Deaths(board)).Exception);
    }

    [Fact]
    public void Abort_suspend_and_resume_reach_a_busy_thread()
    {
        using var bench = new Bench(speed: 2);
        VirtualBoard board = bench.Run("a", "Threads.Abort");

        Assert.Equal("True", bench.Expect(board, "suspended "));
        Assert.Equal("True", bench.Expect(board, "resumed "));
        Assert.Equal("True", bench.Expect(board, "aborted "));
    }

    [Fact]
    public void Power_off_ends_every_thread_whatever_it_does()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Make("a", "Threads.Hang");
        var power = new List<PowerReport>();
        board.PowerChanged += (_, report) => power.Add(report);
        board.Start();
        bench.Expect(board, "hanging");

        board.PowerOff();

        Assert.False(board.IsOn);
        board.Start();
        bench.Until(() => power.Count == 3, "power report", board);
        Assert.Equal(["switched on", "switched off", "switched on"], power.Select(report => report.Reason));
        Assert.Empty(bench.Deaths(board));
        Assert.DoesNotContain(bench.Lines(board), line => line is "never" or "caught what nobody may catch");
    }

    [Fact]
    public async Task Boards_are_switched_on_and_off_at_any_moment()
    {
        using var bench = new Bench(speed: 50);
        bench.Ether.LinkAll("a", "b");
        VirtualBoard server = bench.Run("a", "EchoServer.Run");
        VirtualBoard client = bench.Run("b", "Central.Run");
        var random = new Random(7);
        for (int i = 0; i < 30; i++)
        {
            await bench.Pass(random.Next(2000));
            (random.Next(2) == 0 ? server : client).Restart();
        }

        client.Restart();
        bench.Expect(client, "done");
    }

    [Fact]
    public void Statics_belong_to_the_board_and_to_one_power_cycle()
    {
        using var bench = new Bench();
        VirtualBoard a = bench.Run("a", "Idle.Run");
        VirtualBoard b = bench.Run("b", "Idle.Run");

        Assert.Equal(1, Count(a));
        Assert.Equal(2, Count(a));
        Assert.Equal(1, Count(b));
        a.Restart();
        Assert.Equal(1, Count(a));

        static int Count(VirtualBoard board) => (int)board.InvokeStatic($"{Bench.Namespace}.Idle", "Count")!;
    }

    [Fact]
    public void A_board_that_is_off_leaves_nothing_behind()
    {
        using var bench = new Bench();
        bench.Ether.Link("gone-a", "gone-b");
        VirtualBoard a = bench.Make("gone-a", "EchoServer.Run");
        VirtualBoard b = bench.Make("gone-b", "Central.Run");
        for (int i = 0; i < 3; i++)
        {
            a.Start();
            b.Start();
            bench.Until(() => bench.Lines(b).Count(line => line == "done") == i + 1, "contact", b);
            a.PowerOff();
            b.PowerOff();
        }

        bench.Until(() => Loaded() == 0, "unloading");

        static int Loaded()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return AssemblyLoadContext.All.Count(context => context.Name!.StartsWith("gone-", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Calls_from_outside_fail_clearly_when_the_board_is_off()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Make("a", "Idle.Run");

        Assert.Throws<InvalidOperationException>(() => board.InvokeStatic($"{Bench.Namespace}.Idle", "Count"));
        board.Start();
        Assert.Throws<MissingMethodException>(() => board.InvokeStatic($"{Bench.Namespace}.Idle", "Nothing"));
        Assert.Throws<TypeLoadException>(() => board.InvokeStatic("Nowhere", "Count"));
    }

    [Fact]
    public void A_reboot_by_the_program_starts_it_again()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Runtime.Reboot");

        bench.Until(() => bench.Lines(board).Count(line => line == "up True") == 3, "third start", board);
        Assert.DoesNotContain("never", bench.Lines(board));
    }

    [Fact]
    public void Random_ignores_its_seed_facts_5()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Runtime.Randomness");

        Assert.Equal("False", bench.Expect(board, "same "));
    }

    [Fact]
    public void A_host_seed_makes_randomness_repeat()
    {
        using var bench = new Bench();
        VirtualBoard a = bench.Run("a", "Runtime.Randomness", seed: 3);
        VirtualBoard b = bench.Run("b", "Runtime.Randomness", seed: 3);
        VirtualBoard c = bench.Run("c", "Runtime.Randomness", seed: 4);

        Assert.Equal(bench.Expect(a, "first "), bench.Expect(b, "first "));
        Assert.NotEqual(bench.Expect(a, "first "), bench.Expect(c, "first "));
    }

    [Fact]
    public void Members_that_only_the_device_has_work()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Idle.Run");

        long day = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        Assert.Equal($"Qr {day} 2 2 3 4 True x True key5", board.InvokeStatic($"{Bench.Namespace}.CoreLibrary", "Run"));
    }

    [Fact]
    public async Task The_wall_clock_starts_at_1970_and_follows_board_time()
    {
        using var bench = new Bench(speed: 10);
        VirtualBoard board = bench.Run("a", "Idle.Run");

        Assert.InRange((long)board.InvokeStatic($"{Bench.Namespace}.CoreLibrary", "WallSeconds")!, 0, 20);
        board.InvokeStatic($"{Bench.Namespace}.CoreLibrary", "SetWallSeconds", 1_800_000_000L);
        await bench.Pass(3000);
        Assert.InRange(
            (long)board.InvokeStatic($"{Bench.Namespace}.CoreLibrary", "WallSeconds")!, 1_800_000_003, 1_800_000_020);
    }

    [Fact]
    public void A_missing_program_is_named()
    {
        using var clock = new BoardClock();
        using var ether = new Ether(clock, seed: 1);
        var options = new VirtualBoardOptions
        {
            Name = "a",
            BluetoothAddress = 1,
            EntryAssembly = "nowhere.exe",
            Clock = clock,
            Ether = ether,
        };

        Assert.Contains("nowhere.exe", Assert.Throws<FileNotFoundException>(() => new VirtualBoard(options)).Message);
    }
}
