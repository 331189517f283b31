using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using WhispurrNet.Cli.Tests.Support;
using WhispurrNet.Tests;

namespace WhispurrNet.Cli.Tests.Identity;

/// <summary><c>whispurr identity</c> as two persons use it, each with a process and files of their own.</summary>
public sealed class IdentityCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("whispurr").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Two_persons_verify_each_other()
    {
        (string ada, string adasKey) = await NewAsync("ada");
        (string ben, string bensKey) = await NewAsync("ben");
        string book = At("persons.json");

        // Each has the other's key from the mesh, and computes the code on a screen of their own.
        string adasCode = await CodeAsync(ada, bensKey);
        string bensCode = await CodeAsync(ben, adasKey);
        WhispurrProcess.Result byCode = await WhispurrProcess.RunAsync(
            "identity", "verify", bensKey, bensCode, "--identity", ada, "--name", "Ben", "--book", book);
        JsonNode shown = JsonNode.Parse((await WhispurrProcess.RunAsync("identity", "show", ada, "--json")).Output)!;
        WhispurrProcess.Result byQr = await WhispurrProcess.RunAsync(
            "identity", "verify", adasKey, (string)shown["qr"]!, "--json");
        JsonNode persons = JsonNode.Parse(
            (await WhispurrProcess.RunAsync("identity", "persons", book, "--json")).Output)!["persons"]!;

        Assert.Equal(adasCode, bensCode);
        Assert.Matches(@"^(\d{5} ){11}\d{5}$", adasCode);
        Assert.Equal(0, byCode.ExitCode);
        Assert.Contains("Ben", byCode.Output, StringComparison.Ordinal);
        Assert.Equal((0, true), (byQr.ExitCode, (bool)JsonNode.Parse(byQr.Output)!["match"]!));
        Assert.Equal(adasKey, (string)shown["publicKey"]!);
        JsonNode person = Assert.Single(persons.AsArray())!;
        Assert.Equal(("Ben", bensKey), ((string)person["name"]!, (string)person["publicKey"]!));
        AssertOwnerOnly(book);
    }

    [Fact]
    public async Task Somebody_between_two_persons_shows()
    {
        (string ada, _) = await NewAsync("ada");
        (string ben, string bensKey) = await NewAsync("ben");
        (_, string between) = await NewAsync("between");
        string book = At("persons.json");

        // Ada holds the key of who is between them for Ben's; Ben's screen shows his code and his QR code.
        string bensCode = await CodeAsync(ben, between);
        WhispurrProcess.Result byCode = await WhispurrProcess.RunAsync(
            "identity", "verify", between, bensCode, "--identity", ada, "--name", "Ben", "--book", book);
        WhispurrProcess.Result byQr = await WhispurrProcess.RunAsync(
            "identity", "verify", between, "WHISPURRNET:PERSON:1:" + bensKey.ToUpperInvariant(), "--json");

        Assert.Equal(1, byCode.ExitCode);
        Assert.StartsWith("No match", byCode.Output, StringComparison.Ordinal);
        Assert.Equal((1, false), (byQr.ExitCode, (bool)JsonNode.Parse(byQr.Output)!["match"]!));
        Assert.False(File.Exists(book));
    }

    [Fact]
    public async Task An_identity_is_for_its_owner_alone_and_never_written_over()
    {
        (string file, string key) = await NewAsync("me");
        string written = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        string seed = written.Split('\n').Single(line => line.StartsWith("seed=", StringComparison.Ordinal))[5..].Trim();

        WhispurrProcess.Result again = await WhispurrProcess.RunAsync("identity", "new", file);
        WhispurrProcess.Result shown = await WhispurrProcess.RunAsync("identity", "show", file);

        AssertOwnerOnly(file);
        Assert.Equal(64, seed.Length);
        Assert.Equal(2, again.ExitCode);
        Assert.Equal(written, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Contains(key, shown.Output, StringComparison.Ordinal);
        foreach (string said in new[] { again.Output, again.Error, shown.Output, shown.Error })
        {
            Assert.DoesNotContain(seed, said, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(
                Convert.ToBase64String(Convert.FromHexString(seed)), said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Code_and_qr_text_are_those_of_the_protocol_page()
    {
        string[] page = await File.ReadAllLinesAsync(
            Path.Combine(Clone.Root, "shared/PROTOCOL.md"), TestContext.Current.CancellationToken);
        string[] example = [.. page.SkipWhile(line => line != "```example pair-code").Skip(1).TakeWhile(line => line != "```")];
        string[] values = [.. example.Select(line => line.Split(" = ")[^1].Trim())];

        JsonNode shown = JsonNode.Parse((await WhispurrProcess.RunAsync("identity", "show", values[0], "--json")).Output)!;

        Assert.Equal(values[2], await CodeAsync(values[0], values[1]));
        Assert.Equal(values[4] + values[5], (string)shown["qr"]!);
    }

    [Fact]
    public async Task A_qr_code_goes_to_the_terminal_and_to_pictures()
    {
        (string file, _) = await NewAsync("me");
        string png = At("me.png"), svg = At("me.svg");

        WhispurrProcess.Result shown = await WhispurrProcess.RunAsync(
            "identity", "show", file, "--png", png, "--svg", svg);

        Assert.Equal(0, shown.ExitCode);
        Assert.Contains("▄▄▄▄▄", shown.Output, StringComparison.Ordinal);
        byte[] picture = await File.ReadAllBytesAsync(png, TestContext.Current.CancellationToken);
        Assert.Equal("PNG", Encoding.ASCII.GetString(picture, 1, 3));
        Assert.Equal("svg", XDocument.Load(svg).Root!.Name.LocalName);
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
    }

    [Theory]
    [InlineData("identity new", "'new'")]
    [InlineData("identity show missing.identity", "missing.identity")]
    [InlineData("identity show 1234", "1234")]
    [InlineData("identity code missing.identity 1234", "missing.identity")]
    [InlineData($"identity verify {Key} 12345", "60 digits")]
    [InlineData($"identity verify {Key} {Code}", "--identity")]
    [InlineData($"identity verify {Key} {Code} --name Ada", "--book")]
    [InlineData($"identity verify {Key} WHISPURRNET:PERSON:1:12", "QR code")]
    [InlineData("identity persons missing.json", "missing.json")]
    [InlineData("identity new /missing-folder/me.identity", "cannot be written")]
    public async Task What_is_wrong_is_one_sentence_and_exit_code_2(string arguments, string named)
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync(arguments.Split(' '));

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(string.Empty, result.Output);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_file_that_others_can_read_and_a_damaged_one_are_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        (string file, _) = await NewAsync("me");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        WhispurrProcess.Result open = await WhispurrProcess.RunAsync("gateway", "--port", "0", "--identity", file);

        Assert.Equal(2, open.ExitCode);
        Assert.Contains("chmod 600", open.Error, StringComparison.Ordinal);

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(
            file, $"seed={new string('1', 64)}\npublic={Key}\n", TestContext.Current.CancellationToken);
        WhispurrProcess.Result damaged = await WhispurrProcess.RunAsync("gateway", "--port", "0", "--identity", file);

        Assert.Equal(2, damaged.ExitCode);
        Assert.Contains("damaged", damaged.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('1', 64), damaged.Error, StringComparison.Ordinal);
    }

    // RFC 8032's first vector.
    private const string Key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    private const string Code = "123456789012345678901234567890123456789012345678901234567890";

    private async Task<(string File, string Key)> NewAsync(string name)
    {
        string file = At(name + ".identity");
        WhispurrProcess.Result made = await WhispurrProcess.RunAsync("identity", "new", file, "--json");
        Assert.Equal((0, string.Empty), (made.ExitCode, made.Error));
        return (file, (string)JsonNode.Parse(made.Output)!["publicKey"]!);
    }

    private static async Task<string> CodeAsync(string mine, string theirs)
    {
        WhispurrProcess.Result shown = await WhispurrProcess.RunAsync("identity", "code", mine, theirs, "--json");
        Assert.Equal(0, shown.ExitCode);
        return (string)JsonNode.Parse(shown.Output)!["code"]!;
    }

    private static void AssertOwnerOnly(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    private string At(string name) => Path.Combine(_folder, name);
}
