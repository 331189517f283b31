namespace WhispurrNet.Virtual.Tests;

/// <summary>Wi-Fi as the library offers it, access points that come and go, and the time.</summary>
public sealed class WifiTests
{
    private const string Steps = $"{Bench.Namespace}.Net.WifiSteps";
    private const string Connected = "True 2 - True";
    private const string NoAddress = "False 4 - False";

    [Fact]
    public void Connecting_stores_the_network_and_the_next_start_uses_it_facts_3()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Idle.Run");
        board.Wifi.SetAccessPoint("desk", "password");

        Assert.StartsWith(Connected, Connect(board, "desk", "password"));
        Assert.Equal("desk", board.Wifi.StoredSsid);

        board.Restart();
        Assert.StartsWith(Connected, (string)board.InvokeStatic(Steps, "Reconnect", 60_000)!);

        // Connected as told already, so nothing is written to the flash.
        Assert.StartsWith(Connected, Connect(board, "desk", "password"));
        Assert.Equal(1, board.Wifi.Stores);
    }

    [Theory]
    [InlineData("desk", "wrong password")]
    [InlineData("nowhere", "password")]
    public void A_wrong_password_and_an_absent_network_look_the_same_and_are_no_exception_facts_3(
        string ssid, string password)
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Idle.Run");
        board.Wifi.SetAccessPoint("desk", "password");

        Assert.StartsWith(NoAddress, Connect(board, ssid, password));
    }

    [Fact]
    public async Task A_program_that_sets_no_limit_waits_for_ever_facts_3()
    {
        using var bench = new Bench(speed: 2000);
        VirtualBoard board = bench.Run("a", "Net.WifiSteps.ConnectWithoutLimit");
        bench.Expect(board, "connecting");
        await bench.Pass(3_600_000);

        Assert.DoesNotContain(bench.Lines(board), line => line.StartsWith("returned"));
    }

    [Fact]
    public void An_error_is_only_in_the_helper_exception_facts_3()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Make("a", "Idle.Run");
        board.Wifi.HasAdapter = false;
        board.Start();

        Assert.StartsWith("False 7 IndexOutOfRangeException False", Connect(board, "desk", "password"));
    }

    [Theory]
    [InlineData(2020, "False 5 - True")]
    [InlineData(2021, Connected)]
    public void The_time_is_valid_from_2021_on_facts_3(int year, string expected)
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Make("a", "Idle.Run");
        board.Wifi.TimeServer = new DateTime(year, 6, 1, 0, 0, 0, DateTimeKind.Utc);
        board.Start();

        Assert.Equal($"{expected} {year}", Connect(board, BoardWifi.HomeSsid, BoardWifi.HomePassword, time: true));
    }

    [Fact]
    public void Without_a_time_server_the_clock_stays_unset()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Idle.Run");

        Assert.Equal(
            "False 5 - True 1970", Connect(board, BoardWifi.HomeSsid, BoardWifi.HomePassword, time: true));
    }

    [Fact]
    public void A_network_that_goes_takes_the_address_along_and_is_joined_again_when_it_is_back()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Idle.Run");
        bool HasAddress() => (bool)board.InvokeStatic(Steps, "HasAddress")!;
        bench.Until(HasAddress, "address", board);

        board.Wifi.RemoveAccessPoint(BoardWifi.HomeSsid);
        Assert.False(HasAddress());
        board.Wifi.SetAccessPoint(BoardWifi.HomeSsid, BoardWifi.HomePassword);
        bench.Until(HasAddress, "address", board);
    }

    [Fact]
    public void The_helper_is_set_up_once_facts_3()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Net.WifiSteps.SetUpTwice");
        bench.Until(() => bench.Deaths(board).Any(), "report of the thread", board);

        Assert.Contains("InvalidOperationException", Assert.Single(bench.Deaths(board)).Exception);
    }

    private static string Connect(VirtualBoard board, string ssid, string password, bool time = false) =>
        (string)board.InvokeStatic(Steps, "Connect", ssid, password, 20_000, time)!;
}
