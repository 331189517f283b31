using System.CommandLine;
using System.CommandLine.Help;
using System.Text.RegularExpressions;
using WhispurrNet.Cli.Commands;
using WhispurrNet.Cli.Options;
using WhispurrNet.Tests;

namespace WhispurrNet.Cli.Tests.Help;

/// <summary>What <c>--help</c> says of everything that can be typed.</summary>
public sealed partial class HelpTests
{
    // What stands for a number in help, in whatever unit.
    private static readonly string[] s_numbers = ["N", "S", "P", "PORT", "SECONDS", "NUMBER", "MS", "BYTES"];

    public static TheoryData<string> Commands => [.. Walk(CommandLine.Create()).Select(command => command.Path)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_says_what_it_does(string path)
    {
        string description = Find(path).Description ?? string.Empty;

        Assert.Matches(@"^\p{Lu}.{10,}\.$", description);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_option_and_argument_states_meaning_range_and_default(string path)
    {
        Command command = Find(path);
        Assert.All(command.Options.Where(option => option is not (HelpOption or VersionOption)), option =>
        {
            bool isFlag = option.ValueType == typeof(bool);
            AssertDocumented(option.Name, option.Description, option.HelpName, isFlag);
        });
        Assert.All(command.Arguments, argument =>
            AssertDocumented(argument.Name, argument.Description, argument.HelpName ?? argument.Name, isFlag: false));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_examples_that_parse(string path)
    {
        Command command = Find(path);
        IReadOnlyList<Example> examples = CommandExamples.For(command);

        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            Assert.StartsWith(path, example.Line, StringComparison.Ordinal);

            // A shell takes both quotes, the parser's own splitting the double one only.
            string line = example.Line["whispurr ".Length..].Replace('\'', '"');
            Assert.Empty(CommandLine.Create().Parse(line).Errors);
            Assert.InRange(example.Meaning.Length, 5, 80);
        });
    }

    [Fact]
    public async Task Help_shows_the_examples_on_standard_output()
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync("send", "--help");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Examples:", result.Output, StringComparison.Ordinal);
        Assert.Contains(CommandExamples.For(Find("whispurr send"))[0].Line, result.Output, StringComparison.Ordinal);
        Assert.Equal(string.Empty, result.Error);
    }

    [Fact]
    public async Task Help_is_given_even_for_a_line_that_is_wrong()
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync("up", "--frobnicate", "--help");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("--boards", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_can_ask_how_a_line_goes_on()
    {
        const string Typed = "whispurr up --bo";

        WhispurrProcess.Result result = await WhispurrProcess.RunAsync($"[suggest:{Typed.Length}]", Typed);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("--boards", result.Output.Trim());
    }

    [Fact]
    public async Task The_version_is_that_of_the_package()
    {
        WhispurrProcess.Result result = await WhispurrProcess.RunAsync("--version");

        Version version = typeof(CommandLine).Assembly.GetName().Version!;
        Assert.Equal(version.ToString(3), result.Output.Trim());
    }

    private static void AssertDocumented(string name, string? description, string? value, bool isFlag)
    {
        Assert.False(string.IsNullOrWhiteSpace(description), $"{name} has no description.");
        if (isFlag)
        {
            return;
        }

        Assert.False(string.IsNullOrWhiteSpace(value), $"{name} does not name its value.");
        Assert.Matches(Default(), description);
        if (s_numbers.Contains(value))
        {
            Assert.Matches(Range(), description);
        }
    }

    private static Command Find(string path) => Walk(CommandLine.Create()).Single(c => c.Path == path).Command;

    private static IEnumerable<(string Path, Command Command)> Walk(Command command, string before = "")
    {
        string path = command is RootCommand ? "whispurr" : $"{before} {command.Name}";
        return command.Subcommands.SelectMany(sub => Walk(sub, path)).Prepend((path, command));
    }

    [GeneratedRegex(@"\[(default: .+|required(, or .+)?)\]$")]
    private static partial Regex Default();

    [GeneratedRegex(@"[\d.]+ to [\d.]+")]
    private static partial Regex Range();
}
