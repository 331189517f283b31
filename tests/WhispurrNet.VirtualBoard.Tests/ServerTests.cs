namespace WhispurrNet.Virtual.Tests;

/// <summary>The rules of a server's handlers and notifications (facts 1.5).</summary>
public sealed class ServerTests
{
    private const int Success = 0;
    private const int Unreachable = 1;

    [Fact]
    public void One_response_at_once_keeps_the_stack_alive()
    {
        using Pair pair = new();
        Assert.Equal("open", pair.Client.Open(pair.Server));

        Assert.Equal(Success, pair.Client.Write(5));
        Assert.Equal(Success, pair.Client.Write(6));
        Assert.DoesNotContain(pair.Bench.Air, air => air.Kind == EtherEventKind.StackDied);
    }

    [Theory]
    [InlineData(Device.Late)]
    [InlineData(Device.Twice)]
    public void A_late_or_second_response_kills_the_stack_until_it_restarts_facts_1_5(int manner)
    {
        using Pair pair = new(manner);
        Assert.Equal("open", pair.Client.Open(pair.Server));

        Assert.Equal(manner == Device.Late ? Unreachable : Success, pair.Client.Write(5));
        pair.Bench.Until(() => pair.Bench.Air.Any(air => air.Kind == EtherEventKind.StackDied), "death of the stack");
        Assert.Equal(Unreachable, pair.Client.Write(6));
        Assert.DoesNotContain("write 6", pair.Server.ServerLog());

        pair.Client.Client("Close");
        pair.Client.Client("Dispose");
        pair.Server.Server("Stop");
        pair.Server.Serve(Device.Right);
        Assert.Equal("open", pair.Client.Open(pair.Server));
        Assert.Equal(Success, pair.Client.Write(7));
    }

    [Fact]
    public void No_response_is_an_error_after_two_seconds_facts_1_5()
    {
        using Pair pair = new(Device.Never);
        Assert.Equal("open", pair.Client.Open(pair.Server));
        long start = pair.Bench.Clock.NowMs;

        Assert.Equal(Unreachable, pair.Client.Write(5));

        Assert.InRange(pair.Bench.Clock.NowMs - start, 2000, 3000);
        pair.Bench.ExpectAir(air => air.Kind == EtherEventKind.ResponseTimeout, "event");
        Assert.DoesNotContain(pair.Bench.Air, air => air.Kind == EtherEventKind.StackDied);
    }

    [Fact]
    public void A_slow_handler_stalls_everything_on_the_one_event_thread_facts_1_5()
    {
        using Pair pair = new(Device.Slow);
        Assert.Equal("open", pair.Client.Open(pair.Server));
        Assert.Equal(Success, pair.Client.Write(3, withResponse: false));
        Assert.Equal(Success, pair.Client.Write(4, withResponse: false));
        pair.Client.Client("Close");

        pair.Bench.Until(() => pair.Server.ServerLog().Contains("disconnected"), "disconnect", pair.Server);
        string[] log = pair.Server.ServerLog().Split(';', StringSplitOptions.RemoveEmptyEntries);

        // In order, one at a time, on one thread: the disconnect is told only after the first handler is through.
        Assert.StartsWith("write 3", log[2]);
        Assert.Single(log.Select(entry => entry.Split(" on ")[1]).Distinct());
        long write = pair.Bench.ExpectAir(
            air => air.Kind == EtherEventKind.Write && air.Data.Length == 3, "write").BoardMs;
        Assert.True(pair.Bench.Clock.NowMs - write >= 1000);
    }

    [Fact]
    public void Notifications_say_accepted_out_of_buffers_or_not_connected_facts_1_5()
    {
        using Pair pair = new();
        Assert.Equal("open", pair.Client.Open(pair.Server));

        string codes = (string)pair.Server.Server("Notify", 20, 40)!;
        Assert.StartsWith("0:20 ", codes);
        Assert.Contains("6:20 ", codes);
        int accepted = codes.Split("0:20 ").Length - 1;
        for (int i = 0; i < accepted; i++)
        {
            Assert.NotNull(pair.Client.TakeNotification());
        }

        Assert.Null(pair.Client.TakeNotification(500));
        pair.Client.Client("Close");
        pair.Bench.Until(() => pair.Server.ServerLog().Contains("disconnected"), "disconnect", pair.Server);
        Assert.Equal(7, pair.Server.Server("NotifyNobody"));
        pair.Server.Server("Stop");
        Assert.Equal(1, pair.Server.Server("NotifyNobody"));
    }

    [Fact]
    public void Characteristics_beyond_number_255_get_no_events_facts_1_5()
    {
        using var bench = new Bench();
        bench.Ether.LinkAll("right", "wrong", "client");
        VirtualBoard right = bench.Run("right", "Idle.Run");
        VirtualBoard wrong = bench.Run("wrong", "Idle.Run");
        VirtualBoard client = bench.Run("client", "Idle.Run");
        right.Server("ServeAfter", 20);
        wrong.Server("ServeAfter", 260);

        Assert.Equal("open", client.Open(right));
        Assert.Equal(Success, client.Write(5));
        client.Client("Close");
        client.Client("Dispose");
        Assert.Equal("open", client.Open(wrong));
        Assert.Equal(Unreachable, client.Write(5));
        Assert.DoesNotContain("write", wrong.ServerLog());
    }

    [Fact]
    public void A_characteristic_made_before_the_server_object_gets_no_events_facts_1_5()
    {
        using var bench = new Bench();
        bench.Ether.LinkAll("right", "wrong", "client");
        VirtualBoard right = bench.Run("right", "Idle.Run");
        VirtualBoard wrong = bench.Run("wrong", "Idle.Run");
        VirtualBoard client = bench.Run("client", "Idle.Run");
        right.Serve();
        wrong.Server("ServeWithoutServerObject");

        Assert.Equal("services 1 status 0", client.Connect(right));
        Assert.Equal("nanoFramework", client.Client("ReadManufacturer"));
        client.Client("Close");
        client.Client("Dispose");
        Assert.Equal("services 1 status 0", client.Connect(wrong));
        Assert.Equal("status 1", client.Client("ReadManufacturer"));
    }

    [Fact]
    public async Task Advertising_twice_without_a_stop_breaks_the_server_facts_1_2()
    {
        using Pair pair = new();
        pair.Server.Serve();
        Assert.Equal("services 0 status 0", pair.Client.Connect(pair.Server));

        pair.Client.Client("Close");
        pair.Client.Client("Dispose");
        pair.Server.Server("Stop");
        pair.Server.Serve();
        await pair.Bench.Pass(200);
        Assert.Equal("services 1 status 0", pair.Client.Connect(pair.Server));
    }
}
