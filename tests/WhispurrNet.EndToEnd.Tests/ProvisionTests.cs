using System.Text;
using System.Text.Json.Nodes;
using WhispurrNet.Tests;
using WhispurrNet.Virtual;
using WhispurrNet.Virtual.Serial;
using Xunit;

namespace WhispurrNet.EndToEnd.Tests;

/// <summary><c>whispurr provision</c> as a process, against a virtual board with the serial line of a real one.</summary>
public sealed class ProvisionTests : IAsyncDisposable
{
    private const string Password = "correct horse battery";

    private readonly BoardClock _clock = new(10);
    private readonly Ether _ether;
    private readonly VirtualBoard _board;
    private readonly PtyBoard _port;
    private readonly string _code = BoardFleet.NewJoinCode();

    public ProvisionTests()
    {
        _ether = new Ether(_clock, 1);
        _board = new VirtualBoard(new VirtualBoardOptions
        {
            Name = "board",
            BluetoothAddress = 0xA0_00_00_00_00_01,
            EntryAssembly = Path.Combine(AppContext.BaseDirectory, "firmware", "EmotionSample.exe"),
            Clock = _clock,
            Ether = _ether,
            Files = new Dictionary<string, byte[]> { [@"I:\whispurr.cfg"] = "name=old\nevery=0\n"u8.ToArray() },
        });
        _port = new PtyBoard(_board);
        _port.PowerOn();
    }

    public async ValueTask DisposeAsync()
    {
        await _port.DisposeAsync();
        _board.Dispose();
        _ether.Dispose();
        _clock.Dispose();
    }

    [Fact]
    public async Task ABoardIsAMemberWithItsSettingsAndNothingSecretIsShown()
    {
        var secrets = new Dictionary<string, string>
        {
            ["WHISPURRNET_JOIN"] = "WHISPURRNET:NETWORK:1:" + _code,
            ["WHISPURRNET_WIFI_PASSWORD"] = Password,
        };
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            secrets, "provision", "--port", _port.PortName, "--name", "kitchen", "--join-from", "env", "--ssid", "home",
            "--wifi-password-from", "env", "--gateway", "ws://192.168.1.2:8765/mesh", "--intents", "emotion_data, door",
            "--set", "every=0", "--json");

        Assert.True(result.ExitCode == 0, result.Error);
        JsonNode said = JsonNode.Parse(result.Output)!;
        Assert.Equal("provisioned", (string)said["event"]!);
        Assert.Contains("network=member", (string)said["boot"]!);
        Assert.Empty(said["complaints"]!.AsArray());
        Assert.DoesNotContain(Password, result.Output + result.Error);
        Assert.DoesNotContain(_code, result.Output + result.Error);
        string file = Encoding.UTF8.GetString(_board.Files.Read(@"I:\whispurr.cfg"));
        Assert.Contains($"name=kitchen\njoin={_code}\n", file);
        Assert.Contains($"ssid=home\npassword={Password}\n", file);
        Assert.Contains("intents=emotion_data\nintents=door\n", file);
        Assert.False(_board.Files.FileExists(@"I:\whispurr.cfg.new"));
    }

    [Fact]
    public async Task ABaseFileIsKeptBesideWhatIsChanged()
    {
        string path = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            path, "# mine\nname=hall\njoin=public\nevery=0\nled=2\n", TestContext.Current.CancellationToken);
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            "provision", "--port", _port.PortName, "--settings", path, "--name", "attic");
        File.Delete(path);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("attic runs with its settings", result.Output);
        string file = Encoding.UTF8.GetString(_board.Files.Read(@"I:\whispurr.cfg"));
        Assert.Contains("name=attic\njoin=public\n", file);
        Assert.Contains("led=2\n", file);
    }

    [Fact]
    public async Task AFileThatThePowerCutShortLeavesTheOldSettings()
    {
        // As much of the new file as came before the cut, and then the next start.
        byte[] part = Encoding.UTF8.GetBytes("name=half\njoin=pub");
        _board.Files.Write(@"I:\whispurr.cfg.new", part);
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            "provision", "--port", _port.PortName, "--name", "whole", "--set", "every=0");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith("name=whole\n", Encoding.UTF8.GetString(_board.Files.Read(@"I:\whispurr.cfg")));
    }

    [Fact]
    public async Task DryRunMasksSecretsAndTouchesNoBoard()
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            new Dictionary<string, string> { ["WHISPURRNET_JOIN"] = _code }, "provision", "--dry-run", "--name", "kitchen",
            "--join-from", "env");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("join=********", result.Output);
        Assert.DoesNotContain(_code, result.Output);
        Assert.StartsWith("name=old\n", Encoding.UTF8.GetString(_board.Files.Read(@"I:\whispurr.cfg")));
    }

    [Theory]
    [InlineData("--port is missing", "--name", "kitchen")]
    [InlineData("Say what the board is to be told", "--dry-run")]
    [InlineData("has a name that is empty", "--dry-run", "--name", "two words")]
    [InlineData("gateway that does not start with", "--dry-run", "--gateway", "http://host")]
    [InlineData("--set takes no secrets", "--dry-run", "--set", "password=12345678")]
    [InlineData("needs the variable", "--dry-run", "--join-from", "env")]
    [InlineData("prompt needs a terminal", "--dry-run", "--ssid", "home")]
    [InlineData("exclude each other", "--dry-run", "--network", "public", "--join-from", "env")]
    public async Task AMistakeIsOneSentence(string sentence, params string[] arguments)
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(["provision", .. arguments]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(sentence, result.Error);
        Assert.Single(result.Error.Trim().Split('\n'));
    }

    [Fact]
    public async Task ABoardThatDoesNotAnswerIsOneSentence()
    {
        _port.PowerOff();
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(
            "provision", "--port", _port.PortName, "--name", "kitchen");

        Assert.Equal(1, result.ExitCode);
        Assert.Single(result.Error.Trim().Split('\n'));
    }
}
