using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Persons;

namespace WhispurrNet.Cli.Commands.Identity;

/// <summary><c>whispurr identity verify</c>: compares, and says it with the exit code, too.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var theirs = new Argument<string>("THEIRS")
        {
            Description = "The other's public key as you have it, 64 digits, or a file that holds it [required]",
        };
        var shown = new Argument<string>("SHOWN")
        {
            Description = $"What the other's screen shows: the text of the QR code, or the {PairCode.DigitCount} digits "
                + "of your code [required]",
        };
        var identity = new Option<string?>("--identity")
        {
            Description = $"Your own identity's file, which a code of digits needs ({GatewaySettings.IdentityVariable}) "
                + "[default: none]",
            HelpName = "FILE",
        };
        var name = new Option<string?>("--name")
        {
            Description = "Remember the person by this name if it is the one, 1 to 64 characters; needs --book "
                + "[default: remember nothing]",
            HelpName = "NAME",
        };
        var book = new Option<string?>("--book")
        {
            Description = "The file in which verified persons are remembered [default: none]",
            HelpName = "FILE",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "verify", "Compare a public key with what its owner shows you in person; the exit code is 0 if it is the one.")
        {
            theirs, shown, identity, name, book, json,
        };
        command.SetAction(parsed =>
        {
            string? person = parsed.GetValue(name);
            string? file = parsed.GetValue(book);
            CheckBook(person, file);
            byte[] key = IdentityCommand.ReadKey(parsed.GetRequiredValue(theirs));
            bool matches = Matches(key, parsed.GetRequiredValue(shown), OwnIdentity(parsed.GetValue(identity)));
            bool remembers = matches && file is not null;
            if (remembers)
            {
                PersonBook.Add(file!, new Person(person!, Convert.ToHexStringLower(key), DateTimeOffset.UtcNow));
            }

            Report(parsed.GetValue(json), matches, remembers ? person : null, key);
            return matches ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static string? OwnIdentity(string? option) =>
        option ?? Environment.GetEnvironmentVariable(GatewaySettings.IdentityVariable);

    private static void CheckBook(string? name, string? book)
    {
        if (name is null != book is null)
        {
            throw new SettingException("--name and --book go together.");
        }

        if (name is not null && !PersonBook.IsName(name))
        {
            throw new SettingException(
                $"--name must have 1 to {PersonBook.MaxNameLength} characters, without blanks around them.");
        }
    }

    private static bool Matches(byte[] key, string shown, string? own)
    {
        if (PersonKey.FromQr(shown) is { } scanned)
        {
            return CryptographicOperations.FixedTimeEquals(key, scanned);
        }

        if (PairCode.Digits(shown) is not { } digits)
        {
            throw new SettingException(
                $"What was shown is neither {PairCode.DigitCount} digits nor the text of a person's QR code.");
        }

        if (own is null)
        {
            throw new SettingException("A code of digits needs your own identity: --identity FILE.");
        }

        string expected = PairCode.Digits(PairCode.Of(IdentityCommand.ReadKey(own), key))!;
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(digits));
    }

    private static void Report(bool json, bool matches, string? name, byte[] key)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new { match = matches, publicKey = Convert.ToHexStringLower(key), name }));
        }
        else if (!matches)
        {
            Console.WriteLine("No match: this is another key. Somebody else may be between you, or a digit is wrong.");
        }
        else
        {
            Console.WriteLine(name is null
                ? "Match: the key is that of the person in front of you."
                : $"Match: the key is that of {name}, and remembered.");
        }
    }
}
