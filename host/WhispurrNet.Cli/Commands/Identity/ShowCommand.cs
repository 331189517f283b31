using System.CommandLine;
using System.Text.Json;
using WhispurrNet.Cli.Options;
using WhispurrNet.Cli.Output;
using WhispurrNet.Cli.Persons;
using WhispurrNet.Gateway.Persons;

namespace WhispurrNet.Cli.Commands.Identity;

/// <summary><c>whispurr identity show</c>: public key and QR code.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var identity = new Argument<string>("IDENTITY")
        {
            Description = "The identity's file, or a public key of 64 digits [required]",
        };
        var png = new Option<string?>("--png")
        {
            Description = "Write the QR code to this PNG file as well [default: none]",
            HelpName = "FILE",
        };
        var svg = new Option<string?>("--svg")
        {
            Description = "Write the QR code to this SVG file as well [default: none]",
            HelpName = "FILE",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("show", "Show a public key and its QR code, for others to scan.")
        {
            identity, png, svg, json,
        };
        command.SetAction(parsed =>
        {
            byte[] key = IdentityCommand.ReadKey(parsed.GetRequiredValue(identity));
            string qr = PersonKey.ToQr(key);
            if (parsed.GetValue(png) is { } pngFile)
            {
                QrPictures.WritePng(qr, pngFile);
            }

            if (parsed.GetValue(svg) is { } svgFile)
            {
                QrPictures.WriteSvg(qr, svgFile);
            }

            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(new { publicKey = Convert.ToHexStringLower(key), qr }));
            }
            else
            {
                Console.WriteLine($"public key  {Convert.ToHexStringLower(key)}");
                Console.WriteLine($"QR code     {qr}");
                Console.WriteLine(QrPictures.ForTerminal(qr));
            }

            return ExitCode.Done;
        });
        return command;
    }
}
