using System.CommandLine;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Persons;

namespace WhispurrNet.Cli.Commands.Identity;

/// <summary><c>whispurr identity</c>: who a person is, and how two persons make sure of it.</summary>
internal static class IdentityCommand
{
    public static Command Create()
    {
        var command = new Command("identity", "Make a user identity, show it, and verify those of others in person.")
        {
            NewCommand.Create(),
            ShowCommand.Create(),
            CodeCommand.Create(),
            VerifyCommand.Create(),
            PersonsCommand.Create(),
        };
        command.SetAction(parsed => command.Parse("--help").Invoke());
        return command;
    }

    /// <summary>A public key as it may be given: its digits, the text of its QR code, or a file that holds it.</summary>
    /// <exception cref="SettingException">It is none of these.</exception>
    public static byte[] ReadKey(string text) =>
        PersonKey.FromHex(text) ?? PersonKey.FromQr(text) ?? (File.Exists(text)
            ? UserIdentityFile.ReadPublicKey(text)
            : throw new SettingException(
                $"'{text}' is neither a public key of 64 hexadecimal digits, nor the text of a QR code, nor a file."));

    /// <summary>The code of two persons, four groups a line.</summary>
    public static IEnumerable<string> Lines(string code) =>
        code.Split(' ').Chunk(4).Select(groups => string.Join(' ', groups));
}
