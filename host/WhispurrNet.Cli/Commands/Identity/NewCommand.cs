using System.CommandLine;
using System.Text.Json;
using WhispurrNet.Cli.Output;
using WhispurrNet.Cli.Options;
using WhispurrNet.Gateway.Persons;

namespace WhispurrNet.Cli.Commands.Identity;

/// <summary><c>whispurr identity new</c>: the only command that makes an identity.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "Where to put it: a file that does not exist yet, which only you will be able to read [required]",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("new", "Make a user identity in a file of its own.") { file, json };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            string key = Convert.ToHexStringLower(UserIdentityFile.Create(path));
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(new { file = path, publicKey = key }));
            }
            else
            {
                Console.WriteLine($"public key  {key}");
                Console.WriteLine($"The secret is in '{path}' and nowhere else: keep it, and show it to nobody.");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
