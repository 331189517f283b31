namespace WhispurrNet.Virtual.Tests;

public sealed class BluetoothTests
{
    [Fact]
    public void Two_boards_meet_exchange_and_part()
    {
        using var bench = new Bench();
        bench.Ether.Link("server", "client");
        VirtualBoard server = bench.Run("server", "EchoServer.Run");
        VirtualBoard client = bench.Run("client", "Central.Run");

        bench.Expect(client, "done");

        Assert.Equal("A00000000001 24 1", bench.Expect(client, "heard "));
        Assert.Equal("0", bench.Expect(client, "subscribed "));
        Assert.Equal("3", bench.Expect(client, "notified "));
        Assert.Equal("0", bench.Expect(server, "notified rc "));
        bench.ExpectAir(air => air.Kind == EtherEventKind.AdvertisingStarted, 2, "advertising again");
        Assert.Empty(bench.Deaths(client).Concat(bench.Deaths(server)));
        TestContext.Current.TestOutputHelper!.WriteLine(bench.Transcript());
    }
}
