using System.CommandLine;
using System.CommandLine.Parsing;
using WhispurrNet.Cli.Flash;
using WhispurrNet.Cli.Flash.Choice;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Serial;

namespace WhispurrNet.Cli.Options;

/// <summary>The options of <c>flash</c>.</summary>
internal sealed class FlashOptionSet
{
    private const int MinBaudRate = 9_600;

    private readonly Option<string?> _port = SerialOptions.Port();

    private readonly Option<string?> _target = new("--target", "-t")
    {
        Description = "The image, by nanoff's name, such as ESP32_BLE_REV3 [default: the one with Bluetooth for the chip]",
        HelpName = "NAME",
    };

    private readonly Option<string?> _version = new("--fwversion")
    {
        Description = "The image's version, such as 1.17.0.42 [default: the newest]",
        HelpName = "VERSION",
    };

    private readonly Option<string?> _archive = new("--archive")
    {
        Description = "Take the image from this folder, which 'nanoff --updatearchive --archivepath DIR' filled, and "
            + "not from the Internet [default: none]",
        HelpName = "DIR",
    };

    private readonly Option<string?> _baud = new("--baud")
    {
        Description = $"Bits a second of the transfer, {MinBaudRate} to {SerialPortOptions.MaxBaudRate}; 115200 where "
            + "it fails [default: 1500000]",
        HelpName = "N",
    };

    private readonly Option<bool> _massErase = new("--masserase")
    {
        Description = "Erase the whole flash first: program, settings, keys and files go; asks, unless --yes",
    };

    private readonly Option<bool> _noBackup = new("--nobackupconfig")
    {
        Description = "Do not read the board's configuration (Wi-Fi, certificates, files) first and write it again",
    };

    private readonly Option<string?> _backup = new("--backup")
    {
        Description = "First read the whole flash into this file, which holds the board's secrets [default: none]",
        HelpName = "FILE",
    };

    private readonly Option<string?> _restore = new("--restore")
    {
        Description = "Instead of an image, write the configuration of a --backup back, if the board still has it at the "
            + "same place [default: none]",
        HelpName = "FILE",
    };

    private readonly Option<string?> _image = new("--image")
    {
        Description = "Afterwards deploy this program, of PE files one after another [default: none]",
        HelpName = "FILE",
    };

    private readonly Option<string?> _address = new("--address")
    {
        Description = "Write --image through the boot loader, to this address in hexadecimal [default: where the board "
            + "itself says]",
        HelpName = "0xN",
    };

    private readonly Option<string?> _nanoff = new("--nanoff")
    {
        Description = "Where nanoff is [default: on PATH, else among your .NET tools]",
        HelpName = "PATH",
    };

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[]
        {
            _port, _target, _version, _archive, _baud, _massErase, _noBackup, _backup, _restore, _image, _address, _nanoff,
        })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="SettingException">That does not go together.</exception>
    public FlashOptions Read(ParseResult parsed)
    {
        var options = new FlashOptions
        {
            Port = parsed.GetRequiredValue(_port)!,
            Target = parsed.GetValue(_target),
            FirmwareVersion = parsed.GetValue(_version),
            Archive = FullPath(parsed, _archive),
            BaudRate = parsed.GetValue(_baud) is { } baud
                ? GatewaySettings.ParseNumber(baud, "--baud", MinBaudRate, SerialPortOptions.MaxBaudRate)
                : null,
            MassErase = parsed.GetValue(_massErase),
            KeepConfiguration = !parsed.GetValue(_noBackup),
            Backup = FullPath(parsed, _backup),
            Restore = FullPath(parsed, _restore),
            Image = FullPath(parsed, _image),
            Address = parsed.GetValue(_address) is { } address ? DeploymentAddress.Parse(address) : null,
            Nanoff = parsed.GetValue(_nanoff),
        };
        Check(options);
        return options;
    }

    private static void Check(FlashOptions options)
    {
        if (options is { Address: not null, Image: null })
        {
            throw new SettingException("--address needs --image.");
        }

        if (options.Restore is not null
            && (options.MassErase || options.Image is not null || options.Backup is not null
                || options.Target is not null || options.FirmwareVersion is not null || options.Archive is not null))
        {
            throw new SettingException("--restore writes a configuration and nothing else.");
        }

        if (options.Archive is { } archive && !Directory.Exists(archive))
        {
            throw new SettingException($"There is no folder {archive}.");
        }

        if (options.Image is { } image && !File.Exists(image))
        {
            throw new SettingException($"There is no file {image}.");
        }

        if (options.Restore is { } restore && !File.Exists(restore))
        {
            throw new SettingException($"There is no file {restore}.");
        }

        if (options.Backup is { } backup && (File.Exists(backup) || !Directory.Exists(Path.GetDirectoryName(backup))))
        {
            throw new SettingException($"{backup} is there already, or its folder is not.");
        }
    }

    private static string? FullPath(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } path ? Path.GetFullPath(path) : null;
}
