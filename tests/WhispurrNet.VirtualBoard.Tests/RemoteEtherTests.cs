namespace WhispurrNet.Virtual.Tests;

/// <summary>An ether whose boards live in two processes; here both ends are in one.</summary>
public sealed class RemoteEtherTests
{
    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(20.0)]
    public async Task Boards_of_two_ethers_meet_in_one_time(double speed)
    {
        using var bench = new Bench(speed);
        using var host = new EtherHost(bench.Ether, "127.0.0.1:0");
        using EtherClient client = EtherClient.Connect(host.Address);
        using VirtualBoard server = Make(client, "far server", "EchoServer.Run");
        var said = new List<SerialLineReport>();
        server.SerialLine += (_, line) =>
        {
            lock (said)
            {
                said.Add(line);
            }
        };
        client.Link("far server", "near client");
        server.Start();
        bench.ExpectAir(air => air.Kind == EtherEventKind.AdvertisingStarted, "advertising");
        VirtualBoard near = bench.Run("near client", "Central.Run");

        bench.Expect(near, "done");
        Assert.Equal("3", bench.Expect(near, "notified "));
        bench.Until(() => Said("notified rc 0"), "line of the other process");

        // What the far board says happens between the write that it answers and the notification's arrival.
        long written = bench.ExpectAir(air => air.Kind == EtherEventKind.Write && air.Data.Length == 3, "write").BoardMs;
        long notified = bench.ExpectAir(air => air.Kind == EtherEventKind.Notification, "answer").BoardMs;
        long echoed;
        lock (said)
        {
            echoed = said.Single(line => line.Text == "echo 3").BoardMs;
        }

        Assert.InRange(echoed, written, notified);
        await bench.Pass(100);

        bool Said(string text)
        {
            lock (said)
            {
                return said.Any(line => line.Text == text);
            }
        }
    }

    [Fact]
    public void A_far_client_scans_connects_and_writes()
    {
        using var bench = new Bench(double.PositiveInfinity);
        VirtualBoard server = bench.Run("server", "EchoServer.Run");
        string path = Path.Combine(Path.GetTempPath(), $"ether-{Guid.NewGuid():N}.sock");
        using var host = new EtherHost(bench.Ether, path);
        using EtherClient client = EtherClient.Connect(host.Address);
        using VirtualBoard far = Make(client, "far client", "Central.Run");
        var lines = new List<string>();
        far.SerialLine += (_, line) =>
        {
            lock (lines)
            {
                lines.Add(line.Text);
            }
        };
        client.Link("far client", "server");
        far.Start();

        bench.Until(() => Has("done"), "contact of the far client");
        Assert.True(Has("notified 3"));
        Assert.Equal("0", bench.Expect(server, "notified rc "));

        bool Has(string text)
        {
            lock (lines)
            {
                return lines.Contains(text);
            }
        }
    }

    [Fact]
    public void Time_stands_still_while_a_far_board_has_work_and_jumps_when_it_has_none()
    {
        using var bench = new Bench(double.PositiveInfinity);
        using var host = new EtherHost(bench.Ether, "127.0.0.1:0");
        using EtherClient client = EtherClient.Connect(host.Address);
        using VirtualBoard far = Make(client, "far", "Idle.Run");
        bench.Run("near", "Threads.TimerThrows");
        far.Start();
        long start = client.Clock.NowMs;
        far.InvokeStatic($"{Bench.Namespace}.Threads", "WaitAnHour", 3);

        Assert.InRange(client.Clock.NowMs - start, 3 * 3_600_000L, (3 * 3_600_000L) + 600_000);
        Assert.True(bench.Clock.NowMs >= client.Clock.NowMs);
    }

    [Fact]
    public void A_far_busy_loop_does_not_stop_time_for_good()
    {
        using var bench = new Bench(double.PositiveInfinity);
        using var host = new EtherHost(bench.Ether, "127.0.0.1:0");
        using EtherClient client = EtherClient.Connect(host.Address);
        using VirtualBoard far = Make(client, "far", "Threads.Abort");
        var lines = new List<string>();
        far.SerialLine += (_, line) =>
        {
            lock (lines)
            {
                lines.Add(line.Text);
            }
        };
        far.Start();
        VirtualBoard near = bench.Run("near", entry: null);

        bench.Expect(near, "waited ");
        bench.Until(() => HasAborted(), "end of the busy loop");

        bool HasAborted()
        {
            lock (lines)
            {
                return lines.Contains("aborted True");
            }
        }
    }

    [Fact]
    public void A_process_that_ends_leaves_silent_boards_behind_and_no_hold()
    {
        using var bench = new Bench(double.PositiveInfinity);
        using var host = new EtherHost(bench.Ether, "127.0.0.1:0");
        VirtualBoard client = bench.Run("client", "Idle.Run");
        ulong address;
        using (EtherClient remote = EtherClient.Connect(host.Address))
        {
            using VirtualBoard far = Make(remote, "far", "Idle.Run");
            address = far.BluetoothAddress;
            remote.Link("far", "client");
            far.Start();
            far.Serve();
            Assert.Equal("open", client.Client("Open", address));
        }

        bench.Until(() => (int)client.Client("Status")! == 0, "disconnect", client);
        Assert.Equal(1, client.Write(5));
    }

    [Fact]
    public void Names_that_are_taken_and_addresses_that_are_none_are_refused()
    {
        using var bench = new Bench(double.PositiveInfinity);
        bench.Run("taken", "Idle.Run");
        using var host = new EtherHost(bench.Ether, "127.0.0.1:0");
        using EtherClient client = EtherClient.Connect(host.Address);

        Assert.Contains("taken", Assert.Throws<ArgumentException>(() => Make(client, "taken", "Idle.Run")).Message);
        Assert.Throws<ArgumentException>(() => client.Link("nobody", "taken"));
        Assert.Throws<ArgumentException>(() => new EtherHost(bench.Ether, "0.0.0.0:0"));
        Assert.Throws<ArgumentException>(() => EtherClient.Connect("somewhere"));
        Assert.Throws<IOException>(() => EtherClient.Connect("127.0.0.1:1"));
    }

    private static VirtualBoard Make(EtherClient client, string name, string entry) => new(new VirtualBoardOptions
    {
        Name = name,
        BluetoothAddress = 0xD0_00_00_00_00_01,
        EntryAssembly = Bench.ProgramPath,
        EntryMethod = $"{Bench.Namespace}.{entry}",
        Clock = client.Clock,
        Ether = client,
    });
}
