namespace WhispurrNet.Virtual.Tests;

/// <summary>Connecting, discovery and what a link carries (facts 1.2, 1.4).</summary>
public sealed class ConnectionTests
{
    private const int Success = 0;
    private const int Unreachable = 1;

    [Fact]
    public void Connecting_while_scanning_is_refused_and_shows_as_no_services_facts_1_3()
    {
        using Pair pair = new();
        pair.Client.Client("StartScan", false, 0);

        Assert.Equal("services 0 status 0", pair.Client.Connect(pair.Server));
        pair.Bench.ExpectAir(
            air => air.Kind == EtherEventKind.ConnectFailed && air.Detail == "busy: scanning", "event");

        pair.Client.Client("Dispose");
        pair.Client.Client("StopScan");
        Assert.Equal("services 1 status 0", pair.Client.Connect(pair.Server));
    }

    [Fact]
    public void A_failed_connect_looks_like_success_facts_1_4()
    {
        using Pair pair = new();
        pair.Server.PowerOff();

        Assert.Equal("NullReferenceException", pair.Client.Connect(pair.Server));
        Assert.Equal(1, pair.Client.Client("Status"));
    }

    [Fact]
    public void Services_that_are_not_there_are_a_success_of_length_zero_facts_1_4()
    {
        using Pair pair = new();

        Assert.Equal("services 0 status 0", pair.Client.Connect(pair.Server, Guid.Empty));
    }

    [Fact]
    public void What_exceeds_20_bytes_is_cut_without_a_word_facts_1_4()
    {
        using Pair pair = new();
        Assert.Equal("open", pair.Client.Open(pair.Server));

        Assert.Equal(Success, pair.Client.Write(20));
        Assert.Equal(Success, pair.Client.Write(21));
        Assert.Equal(Success, pair.Client.Write(300));
        Assert.Equal("0:30 ", pair.Server.Server("Notify", 30, 1));

        Assert.Equal(3, pair.Server.ServerLog().Split("write 20 ").Length - 1);
        Assert.Equal(20, pair.Client.TakeNotification()!.Length);
        pair.Bench.Until(() => pair.Bench.Air.Count(air => air.Kind == EtherEventKind.Truncated) == 3, "three cuts");
    }

    [Fact]
    public async Task Only_one_central_at_a_time_facts_1_2()
    {
        using var bench = new Bench();
        bench.Ether.LinkAll("server", "one", "two");
        VirtualBoard server = bench.Run("server", "Idle.Run");
        VirtualBoard one = bench.Run("one", "Idle.Run");
        VirtualBoard two = bench.Run("two", "Idle.Run");
        server.Serve();
        Assert.Equal("open", one.Open(server));

        Assert.Equal("", two.Scan());
        Assert.Equal("NullReferenceException", two.Connect(server));

        two.Client("Dispose");
        one.Client("Close");
        await bench.Pass(500);
        Assert.Contains($"{server.BluetoothAddress:X}", two.Scan());
        Assert.Equal("open", two.Open(server));
    }

    [Fact]
    public void A_write_does_not_say_who_sent_it_nor_how_facts_1_5()
    {
        using Pair pair = new();
        Assert.Equal("open", pair.Client.Open(pair.Server));
        Assert.Equal(Success, pair.Client.Write(7, withResponse: false));

        pair.Bench.Until(() => pair.Server.ServerLog().Contains("write"), "write", pair.Server);
        Assert.Contains("write 7 option 0 offset 0 from nobody", pair.Server.ServerLog());
    }

    [Fact]
    public void A_server_that_loses_its_power_is_noticed_by_supervision_timeout()
    {
        using Pair pair = new();
        Assert.Equal("open", pair.Client.Open(pair.Server));
        pair.Server.PowerOff();

        Assert.Equal(Unreachable, pair.Client.Write(5));
        pair.Bench.Until(() => (int)pair.Client.Client("Status")! == 0, "disconnect", pair.Client);
        pair.Bench.ExpectAir(
            air => air.Kind == EtherEventKind.Disconnected && air.Detail == "supervision timeout", "event");
    }

    [Fact]
    public void A_server_that_stops_its_stack_ends_the_contact_facts_1_7()
    {
        using Pair pair = new();
        Assert.Equal("open", pair.Client.Open(pair.Server));
        pair.Server.Server("Stop");

        pair.Bench.Until(() => (int)pair.Client.Client("Status")! == 0, "disconnect", pair.Client);
        Assert.Equal(Unreachable, pair.Client.Write(5));
    }

    [Fact]
    public void Boards_that_part_lose_their_link()
    {
        using Pair pair = new();
        Assert.Equal("open", pair.Client.Open(pair.Server));
        pair.Bench.Ether.Unlink("server", "client");

        pair.Bench.Until(() => (int)pair.Client.Client("Status")! == 0, "disconnect", pair.Client);
        pair.Bench.Until(() => pair.Server.ServerLog().Contains("disconnected"), "disconnect", pair.Server);
    }

    [Fact]
    public void Loss_costs_time_and_nothing_else()
    {
        using Pair pair = new();
        pair.Bench.Ether.Loss = 0.3;
        Assert.Equal("open", pair.Client.Open(pair.Server));
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(Success, pair.Client.Write(i + 1));
        }

        string log = pair.Server.ServerLog();
        for (int i = 0; i < 20; i++)
        {
            Assert.Contains($"write {i + 1} ", log);
        }

        pair.Bench.ExpectAir(air => air.Kind == EtherEventKind.Lost, "event");
    }

    [Fact]
    public void Contact_loss_fails_whole_contacts()
    {
        using Pair pair = new();
        pair.Bench.Ether.ContactLoss = 1;
        Assert.Equal("NullReferenceException", pair.Client.Connect(pair.Server));

        pair.Client.Client("Dispose");
        pair.Bench.Ether.ContactLoss = 0;
        Assert.Equal("open", pair.Client.Open(pair.Server));
        Assert.Throws<ArgumentOutOfRangeException>(() => pair.Bench.Ether.Loss = 1.1);
    }

    [Fact]
    public void A_frame_of_256_bytes_takes_about_a_second_facts_1_7()
    {
        using Pair pair = new(speed: 5);
        Assert.Equal("open", pair.Client.Open(pair.Server));
        long start = pair.Bench.Clock.NowMs;
        for (int sent = 0; sent < 256; sent += 18)
        {
            Assert.Equal(Success, pair.Client.Write(20));
        }

        Assert.InRange(pair.Bench.Clock.NowMs - start, 1000, 1500);
    }

    [Fact]
    public void Every_timing_says_where_it_comes_from()
    {
        Assert.All(Timings.Default.All, timing =>
        {
            Assert.True(timing.Value > 0);
            Assert.NotEmpty(timing.Source);
            Assert.True(timing.Basis == TimingBasis.Guessed, "measured entries name the board in their source");
        });
        Assert.Equal(
            typeof(Timings).GetProperties().Count(
                property => property.PropertyType == typeof(Timing)), Timings.Default.All.Count);
    }
}
