using System.Text;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Provision;

/// <summary>
/// Where a secret comes from, so that it never stands on a command line: asked for without an echo, a line of standard
/// input, a variable, or a file's first line.
/// </summary>
internal sealed class SecretSource(TextReader input, Func<string, string?> variable, Func<string, string>? prompt)
{
    /// <summary>What to type for being asked.</summary>
    public const string Prompt = "prompt";

    /// <summary>What to type for standard input.</summary>
    public const string StandardInput = "stdin";

    /// <summary>What to type for the variable.</summary>
    public const string Environment = "env";

    /// <summary>That of this process.</summary>
    public static SecretSource OfProcess() => new(
        Console.In, System.Environment.GetEnvironmentVariable, Console.IsInputRedirected ? null : AskHidden);

    /// <summary>Reads a secret.</summary>
    /// <param name="source">One of the words above, or a file.</param>
    /// <param name="option">The option that named it.</param>
    /// <param name="variableName">The variable of <see cref="Environment"/>.</param>
    /// <param name="question">What to ask.</param>
    /// <exception cref="SettingException">There is none.</exception>
    public string Read(string source, string option, string variableName, string question) => source switch
    {
        Prompt => prompt is null
            ? throw new SettingException($"{option} prompt needs a terminal; use stdin, env or a file.")
            : prompt(question),
        StandardInput => input.ReadLine()
            ?? throw new SettingException($"{option} stdin found no line on standard input."),
        Environment => variable(variableName)
            ?? throw new SettingException($"{option} env needs the variable {variableName}."),
        _ => ReadFile(source, option),
    };

    private static string ReadFile(string path, string option)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault() ?? throw new SettingException($"{option}: '{path}' is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{option} must be prompt, stdin, env or a file that can be read, not '{path}'.");
        }
    }

    private static string AskHidden(string question)
    {
        Console.Error.Write($"{question}: ");
        var text = new StringBuilder();
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    Console.Error.WriteLine();
                    return text.ToString();
                case ConsoleKey.Backspace when text.Length > 0:
                    text.Length--;
                    break;
                default:
                    if (!char.IsControl(key.KeyChar))
                    {
                        text.Append(key.KeyChar);
                    }

                    break;
            }
        }
    }
}
