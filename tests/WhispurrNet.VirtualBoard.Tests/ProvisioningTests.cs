using System.Text;

namespace WhispurrNet.Virtual.Tests;

/// <summary>The real firmware, set up by a phone that knows the specification of Improv and nothing else.</summary>
public sealed class ProvisioningTests : IDisposable
{
    private const string Path = @"I:\whispurr.cfg";
    private const string Password = "swordfish of the attic";
    private const string JoinCode = "public";

    private readonly Bench _bench = new(speed: 20);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_blank_board_is_put_on_wifi_and_starts_anew_with_it()
    {
        VirtualBoard board = Blank();
        using ImprovPhone phone = await PhoneAsync(board);
        Assert.Equal([3], await phone.ReadAsync(5));
        Assert.Equal(ImprovPhone.Authorized, await phone.StateAsync());
        Assert.Equal(0, await phone.ErrorAsync());

        Assert.Equal(0, await phone.SendWifiAsync(BoardWifi.HomeSsid, BoardWifi.HomePassword));
        await phone.UntilAsync(1, ImprovPhone.Provisioning);
        Assert.Empty(await phone.ResultAsync(1));
        await phone.UntilAsync(1, ImprovPhone.Provisioned);
        Assert.Equal(0, await phone.ErrorAsync());
        phone.Central.Disconnect();

        _bench.Until(() => _bench.Lines(board).Count(IsBoot) == 2, "second start", board);
        Assert.Contains($"ssid={BoardWifi.HomeSsid}\npassword={BoardWifi.HomePassword}\n", Settings(board));
        Assert.Equal(BoardWifi.HomeSsid, board.Wifi.StoredSsid);
        Assert.DoesNotContain(BoardWifi.HomePassword, string.Join('\n', _bench.Lines(board)));
        Assert.Empty(_bench.Deaths(board));
    }

    [Fact]
    public async Task Wrong_credentials_are_an_error_and_the_right_ones_still_count_afterwards()
    {
        VirtualBoard board = Blank();
        using ImprovPhone phone = await PhoneAsync(board);
        await phone.SendWifiAsync(BoardWifi.HomeSsid, Password);
        await phone.UntilAsync(2, 3);
        await phone.UntilAsync(1, ImprovPhone.Authorized);
        Assert.Equal(3, await phone.ErrorAsync());
        Assert.False(board.Files.FileExists(Path));

        await phone.SendWifiAsync(BoardWifi.HomeSsid, BoardWifi.HomePassword);
        await phone.UntilAsync(1, ImprovPhone.Provisioned);
        Assert.Equal(0, await phone.ErrorAsync());
        Assert.DoesNotContain(Password, string.Join('\n', _bench.Lines(board)) + Settings(board));
    }

    [Theory]
    [InlineData(new byte[] { 2, 0, 3 }, 1)] // wrong sum
    [InlineData(new byte[] { 1, 0, 1 }, 1)] // Wi-Fi without texts
    [InlineData(new byte[] { 1, 2, 0, 0, 3 }, 1)] // an empty name
    [InlineData(new byte[] { 1, 3, 9, 65, 66, 151 }, 1)] // a length beyond the end
    [InlineData(new byte[] { 2, 0, 2, 2 }, 1)] // bytes behind the end
    [InlineData(new byte[] { 2, 1, 7, 10 }, 1)] // identify has no data
    [InlineData(new byte[] { 4, 0, 4 }, 2)] // a scan is not among the capabilities
    [InlineData(new byte[] { 0x77, 0, 0x77 }, 2)] // nobody's
    public async Task What_makes_no_sense_is_an_error_and_the_next_command_counts(byte[] command, int error)
    {
        VirtualBoard board = Blank();
        using ImprovPhone phone = await PhoneAsync(board);
        await phone.SendAsync(command);
        await phone.UntilAsync(2, error);
        Assert.Equal(ImprovPhone.Authorized, await phone.StateAsync());

        await phone.SendAsync(ImprovPhone.Command(2));
        await phone.UntilAsync(2, 0);
        _bench.Expect(board, "wn provision identify name=board");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    public async Task A_command_in_many_writes_is_one_command(int bytesEach)
    {
        VirtualBoard board = Blank();
        using ImprovPhone phone = await PhoneAsync(board, mtu: 23);
        Assert.Equal(23, phone.Central.Mtu);
        await phone.SendWifiAsync(BoardWifi.HomeSsid, BoardWifi.HomePassword, bytesEach);
        await phone.UntilAsync(1, ImprovPhone.Provisioned);
    }

    [Fact]
    public async Task Device_info_comes_whole_to_a_phone_and_by_reading_at_the_smallest_mtu()
    {
        VirtualBoard board = Blank();
        using (ImprovPhone phone = await PhoneAsync(board))
        {
            await phone.SendAsync(ImprovPhone.Command(3));
            string[] info = await phone.ResultAsync(3);
            Assert.Equal("WhispurrNet", info[0]);
            Assert.Equal("board", info[3]);
            phone.Central.Disconnect();
            await _bench.Pass(500);
        }

        using ImprovPhone old = await PhoneAsync(board, mtu: 23, name: "old phone");
        await old.SendAsync(ImprovPhone.Command(3));
        _bench.Until(() => old.ReadAsync(4).Result.Length > 20, "a result");
        Assert.Equal(4, ImprovPhone.Read(await old.ReadAsync(4), 3).Length);
    }

    [Fact]
    public async Task Network_gateway_intents_and_name_are_set_beside_wifi_and_stored_with_apply()
    {
        VirtualBoard board = Blank();
        using ImprovPhone phone = await PhoneAsync(board);
        (string, string)[] values =
        [
            ("name", "kitchen"), ("join", JoinCode), ("gateway", "ws://192.168.1.2:8765/mesh"),
            ("intents", "emotion_data, door"), ("every", "0"),
        ];
        foreach ((string key, string value) in values)
        {
            await phone.SetAsync(key, value);
            Assert.Empty(await phone.ResultAsync(0x80));
        }

        Assert.False(board.Files.FileExists(Path));
        await phone.SendAsync(ImprovPhone.Command(0x81));
        Assert.Empty(await phone.ResultAsync(0x81));
        phone.Central.Disconnect();
        _bench.Until(() => _bench.Lines(board).Any(line => line.StartsWith("wn boot name=kitchen")), "kitchen", board);

        string settings = Settings(board);
        Assert.Contains("name=kitchen\njoin=public\ngateway=ws://192.168.1.2:8765/mesh\nintents=emotion_data\n", settings);
        Assert.Contains("intents=door\n", settings);
        Assert.Contains("every=0\n", settings);
        Assert.Contains("network=member", _bench.Lines(board).Last(IsBoot));
    }

    [Fact]
    public async Task A_refused_setting_is_named_without_its_value_and_changes_nothing()
    {
        VirtualBoard board = Blank();
        using ImprovPhone phone = await PhoneAsync(board);
        await phone.SetAsync("join", "ABCD-EFGH");
        string[] why = await phone.ResultAsync(0x80);
        Assert.Equal(0xFF, await phone.ErrorAsync());
        Assert.Contains("typing error", Assert.Single(why));
        Assert.DoesNotContain("ABCD", why[0]);
        await phone.SetAsync("no such key", "1");
        Assert.Contains("nobody reads", Assert.Single(await phone.ResultAsync(0x80)));
    }

    [Fact]
    public async Task The_advertisement_is_that_of_the_specification_and_takes_turns_with_that_of_the_mesh()
    {
        VirtualBoard board = Blank();
        _bench.Until(() => Advertisements(board).Any(IsImprov), "advertisement for phones", board);
        _bench.Until(() => Advertisements(board).Any(a => !IsImprov(a)), "advertisement of the mesh", board);
        byte[] data = ImprovPhone.ServiceData(Advertisements(board).First(IsImprov))!;

        Assert.Equal([ImprovPhone.Authorized, 3, 0, 0, 0, 0], data);
        Assert.All(Advertisements(board), advertisement => Assert.Equal(31, advertisement.Length));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task After_ten_minutes_and_on_a_board_that_was_set_up_nobody_is_let_in()
    {
        using (var bench = new Bench(double.PositiveInfinity))
        {
            VirtualBoard board = bench.MakeFirmware("board", [], drive: new BoardFileSystem());
            using ClockHold hold = bench.Clock.Hold();
            board.Start();
            hold.Wait(TimeSpan.FromMinutes(10));
            Assert.Contains("wn provision open seconds=600", bench.Lines(board));
            Assert.DoesNotContain("wn provision closed", bench.Lines(board));
            hold.Wait(TimeSpan.FromMinutes(1));
            int seen = bench.Air.Count();
            hold.Wait(TimeSpan.FromMinutes(2));

            bench.Until(() => bench.Lines(board).Contains("wn provision closed"), "an end", board);
            Assert.DoesNotContain(bench.Air.Skip(seen), air =>
                air.Kind == EtherEventKind.AdvertisingStarted && IsImprov(air.Data.ToArray()));
        }

        VirtualBoard ready = _bench.Start(_bench.MakeFirmware("ready", Encoding.UTF8.GetBytes("name=ready\nevery=0\n")));
        _bench.Expect(ready, "wn boot");
        using var other = new PhoneCentral(_bench.Ether, "other phone", 0xC0_00_00_00_00_99);
        _bench.Ether.Link("ready", "other phone");
        Assert.True(await other.ConnectAsync(ready.BluetoothAddress), _bench.Transcript());
        Assert.Empty(await other.DiscoverAsync(ImprovPhone.Service));
    }

    [Fact]
    public async Task With_a_button_a_press_lets_a_phone_in_for_a_minute()
    {
        const int Button = 9;
        VirtualBoard board = _bench.Start(
            _bench.MakeFirmware("board", Encoding.UTF8.GetBytes($"name=board\nevery=0\nprovision={Button}\n")));
        _bench.Expect(board, "wn boot");
        await _bench.Pass(1000);
        Press(board, Button);
        _bench.Expect(board, "wn provision open seconds=300");
        using ImprovPhone phone = await PhoneAsync(board);
        Assert.Equal(ImprovPhone.Authorized, await phone.StateAsync());
        await _bench.Pass(59_000);
        await phone.StateAsync();
        await phone.UntilAsync(1, ImprovPhone.AuthorizationRequired);

        await phone.SendWifiAsync(BoardWifi.HomeSsid, BoardWifi.HomePassword);
        await phone.UntilAsync(2, 4);
        Press(board, Button);
        await phone.UntilAsync(1, ImprovPhone.Authorized);
        await phone.SendWifiAsync(BoardWifi.HomeSsid, BoardWifi.HomePassword);
        await phone.UntilAsync(1, ImprovPhone.Provisioned);
    }

    [Fact]
    public async Task Gossip_goes_on_while_a_board_can_be_set_up_and_while_it_is()
    {
        _bench.Ether.LinkAll("board", "left", "right");
        VirtualBoard board = Blank();
        byte[] member = Encoding.UTF8.GetBytes("join=public\nintents=emotion_data\nevery=30\nsize=small\n");
        VirtualBoard left = _bench.Start(_bench.MakeFirmware("left", member));
        VirtualBoard right = _bench.Start(_bench.MakeFirmware("right", member));
        using ImprovPhone phone = await PhoneAsync(board);
        await phone.SetAsync("name", "between");
        Assert.Empty(await phone.ResultAsync(0x80));
        _bench.Until(() => Heard(left) && Heard(right), "whispers between members", left);
        phone.Central.Disconnect();
        _bench.Ether.Unlink("left", "right");
        int before = _bench.Lines(right).Count(IsWhisper);

        // Only over the board in the middle now, whose time for phones is not over.
        _bench.Until(() => _bench.Lines(right).Count(IsWhisper) > before + 1, "whispers over the board", right);
        Assert.Empty(_bench.Deaths(board));
        Assert.DoesNotContain(_bench.Lines(board), line => line.StartsWith("wn provision closed"));
    }

    [Fact]
    public async Task A_phone_that_holds_the_place_and_does_nothing_is_put_out()
    {
        VirtualBoard board = Blank();
        using ImprovPhone phone = await PhoneAsync(board);
        await _bench.Pass(70_000);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => phone.StateAsync().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task A_power_cut_while_the_settings_are_stored_leaves_none_or_all(int steps)
    {
        VirtualBoard board = Blank();
        using ImprovPhone phone = await PhoneAsync(board);
        await phone.SetAsync("name", "cut");
        await phone.ResultAsync(0x80);
        board.Files.Faults.CutPowerAfterSteps(steps);
        try
        {
            await phone.SendAsync(ImprovPhone.Command(0x81))
                .WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
        {
            // The board went dark before it answered.
        }

        _bench.Until(() => !board.IsOn || _bench.Lines(board).Contains("wn provision restart"), "an end", board);
        board.PowerOff();
        board.Files.Faults.KeepPower();
        int starts = _bench.Lines(board).Count(IsBoot);
        board.Start();
        _bench.Until(() => _bench.Lines(board).Count(IsBoot) > starts, "start", board);

        Assert.Contains(_bench.Lines(board).Last(IsBoot).Split(' ')[2], new[] { "name=board", "name=cut" });
    }

    private static bool IsBoot(string line) => line.StartsWith("wn boot", StringComparison.Ordinal);

    private static bool IsWhisper(string line) => line.StartsWith("wn whisper", StringComparison.Ordinal);

    private static bool IsImprov(byte[] advertisement) => ImprovPhone.ServiceData(advertisement) is not null;

    private bool Heard(VirtualBoard board) => _bench.Lines(board).Any(IsWhisper);

    private static string Settings(VirtualBoard board) => Encoding.UTF8.GetString(board.Files.Read(Path));

    private static void Press(VirtualBoard board, int pin)
    {
        board.Pins.Set(pin, false);
        Thread.Sleep(50);
        board.Pins.Release(pin);
    }

    private IEnumerable<byte[]> Advertisements(VirtualBoard board) => _bench.Air
        .Where(air => air.Kind == EtherEventKind.AdvertisingStarted && air.From == board.Name)
        .Select(air => air.Data.ToArray());

    private VirtualBoard Blank()
    {
        VirtualBoard board = _bench.MakeFirmware("board", [], drive: new BoardFileSystem());
        board.Wifi.Provision(null);
        return _bench.Start(board);
    }

    private async Task<ImprovPhone> PhoneAsync(VirtualBoard board, int mtu = PhoneCentral.UsualMtu, string name = "phone")
    {
        var phone = new ImprovPhone(_bench, board, mtu, name);
        if (!_bench.Lines(board).Any(IsBoot))
        {
            _bench.Expect(board, "wn boot");
        }

        await phone.ConnectAsync();
        return phone;
    }
}
