using System.Text;
using WhispurrNet.Tests;
using WhispurrNet.Virtual;
using Xunit;

namespace WhispurrNet.EndToEnd.Tests;

/// <summary><c>whispurr board</c> as a process on the radio of this one.</summary>
public sealed class BoardCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("whispurr-board").FullName;

    private static string Sample => Path.Combine(AppContext.BaseDirectory, "firmware", "EmotionSample.exe");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ABoardOfAnotherProcessWhispersToOneOfThisAndHearsIt()
    {
        string code = BoardFleet.NewJoinCode();
        using var fleet = new BoardFleet(speed: 20);
        using var host = new EtherHost(fleet.Ether, "127.0.0.1:0");
        fleet.Add("b1", "join=" + code, "intents=emotion_data");
        await fleet.StartAsync();
        using WhispurrProcess far = WhispurrProcess.Start(
            new Dictionary<string, string>(), "board", Sample, "--name", "far", "--settings", Settings($"name=far\njoin={code}\nintents=emotion_data\n"),
            "--ether", host.Address, "--near", "b1");

        // Its sample whispers by itself soon after the start.
        await fleet.LineAsync("b1", "heard emotion_data from ", seconds: 600);
        fleet.Whisper("b1", "emotion_data", "across processes");
        string? line;
        do
        {
            line = await far.ReadLineAsync();
            Assert.True(line is not null, far.ReadError());
        }
        while (!line.EndsWith(": across processes", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, "--near needs --ether", "SAMPLE", "--near", "b1")]
    [InlineData(2, "--speed is that of the ether", "SAMPLE", "--ether", "127.0.0.1:1", "--speed", "2")]
    [InlineData(2, "--ether must be", "SAMPLE", "--ether", "far.example:1")]
    [InlineData(1, "There is no ether at", "SAMPLE", "--ether", "127.0.0.1:1")]
    public async Task AMistakeIsOneSentence(int exitCode, string sentence, params string[] arguments)
    {
        string[] line = ["board", .. arguments.Select(argument => argument.Replace("SAMPLE", Sample, StringComparison.Ordinal))];

        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(line);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Trim().Split('\n'));
    }

    private string Settings(string text)
    {
        string path = Path.Combine(_folder, $"{Guid.NewGuid():N}.cfg");
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }
}
