using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Persons;

namespace WhispurrNet.Cli.Commands.Identity;

/// <summary><c>whispurr identity persons</c>: who was verified.</summary>
internal static class PersonsCommand
{
    public static Command Create()
    {
        var book = new Argument<string>("BOOK")
        {
            Description = "The file that 'whispurr identity verify --book' has written [required]",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("persons", "List the persons whose keys you have verified.") { book, json };
        command.SetAction(parsed =>
        {
            IReadOnlyList<Person> persons = PersonBook.Read(parsed.GetRequiredValue(book));
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(new { persons }, JsonSerializerOptions.Web));
                return ExitCode.Done;
            }

            var table = new Table().Border(TableBorder.Rounded).AddColumns("name", "public key", "verified");
            foreach (Person person in persons)
            {
                table.AddRow(
                    Markup.Escape(person.Name),
                    person.PublicKey,
                    $"{person.VerifiedAt.ToLocalTime():yyyy-MM-dd HH:mm}");
            }

            AnsiConsole.Write(table);
            return ExitCode.Done;
        });
        return command;
    }
}
