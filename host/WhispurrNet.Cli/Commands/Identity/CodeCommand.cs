using System.CommandLine;
using System.Text.Json;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Persons;

namespace WhispurrNet.Cli.Commands.Identity;

/// <summary><c>whispurr identity code</c>: what two persons read to each other.</summary>
internal static class CodeCommand
{
    public static Command Create()
    {
        var mine = new Argument<string>("MINE")
        {
            Description = "Your identity's file, or your public key [required]",
        };
        var theirs = new Argument<string>("THEIRS")
        {
            Description = "The other's public key as you have it, the text of a QR code, or a file [required]",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "code", "Show the code of two persons: when both see the same, they hold each other's keys.")
        {
            mine, theirs, json,
        };
        command.SetAction(parsed =>
        {
            string code = PairCode.Of(
                IdentityCommand.ReadKey(parsed.GetRequiredValue(mine)),
                IdentityCommand.ReadKey(parsed.GetRequiredValue(theirs)));
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(new { code, bits = PairCode.Bits }));
                return ExitCode.Done;
            }

            foreach (string line in IdentityCommand.Lines(code))
            {
                Console.WriteLine(line);
            }

            Console.WriteLine(
                $"Read it to each other: the same digits on both sides rule out anybody between you ({PairCode.Bits} bits).");
            return ExitCode.Done;
        });
        return command;
    }
}
