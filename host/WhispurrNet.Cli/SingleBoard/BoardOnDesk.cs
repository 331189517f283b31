using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Virtual;
using WhispurrNet.Virtual.Serial;

namespace WhispurrNet.Cli.SingleBoard;

/// <summary>
/// One virtual board, alone in its ether or in that of another process, and what is done to it by hand.
/// </summary>
internal sealed class BoardOnDesk : IDisposable
{
    private const string SettingsName = "whispurr.cfg";
    private const ulong Address = 0x2462_AB00_0001;

    private readonly IEther _ether;
    private readonly VirtualBoard _board;
    private readonly BoardConsole _console;
    private readonly UartTerminal? _uart;
    private PtyBoard? _port;

    private BoardOnDesk(BoardOptions options, byte[]? settings, BoardConsole console)
    {
        _console = console;
        _ether = options.Ether is null
            ? new Ether(new BoardClock(options.Speed), Random.Shared.Next())
            : Join(options.Ether);
        string name = options.Name ?? Path.GetFileNameWithoutExtension(options.Program);
        var files = new Dictionary<string, byte[]>();
        if (settings is not null)
        {
            files[BoardFileSystem.Root + SettingsName] = settings;
        }

        var virtualBoard = new VirtualBoardOptions
        {
            Name = name,
            BluetoothAddress = options.Ether is null ? Address : AddressOf(name),
            EntryAssembly = options.Program,
            Clock = _ether.Clock,
            Ether = _ether,
            Files = files,
        };
        try
        {
            _board = new VirtualBoard(virtualBoard);
        }
        catch (ArgumentException e)
        {
            (_ether as IDisposable)?.Dispose();
            throw new CommandFailure(e.Message);
        }

        if (options.Uart is { } uart)
        {
            _uart = UartTerminal.Open(_board.Uarts[uart]);
            console.Say(uart, _uart.Name);
        }

        _board.SerialLine += (_, line) => console.Say(line);
        _board.ThreadDied += (_, death) => console.Say(death);
        _board.PinChanged += (_, pin) => console.Say(pin);
        _board.PowerChanged += (_, power) => console.Say(power);
    }

    /// <summary>Completes when the radio of another process has gone.</summary>
    public Task RadioGone => (_ether as EtherClient)?.Ended ?? Task.Delay(Timeout.Infinite);

    /// <summary>Makes a board and switches it on.</summary>
    /// <exception cref="SettingException">A file is missing, or the program is none.</exception>
    /// <exception cref="CommandFailure">The radio of another process is not there, or has such a board.</exception>
    public static BoardOnDesk Start(BoardOptions options, BoardConsole console)
    {
        if (!File.Exists(options.Program))
        {
            throw new SettingException($"There is no device program '{options.Program}'.");
        }

        var board = new BoardOnDesk(options, ReadSettings(options), console);
        try
        {
            foreach (string neighbour in options.Near)
            {
                (board._ether as EtherClient)?.Link(board._board.Name, neighbour);
            }

            if (options.Serial is { } folders)
            {
                board._port = Up.SerialBoards.Create([board._board], folders)[0];
                console.SayPort(board._port.PortName);
                board._port.PowerOn();
            }
            else
            {
                board._board.Start();
            }

            return board;
        }
        catch (Exception e) when (e is BadImageFormatException or FileNotFoundException)
        {
            board.Dispose();
            throw new SettingException(e is FileNotFoundException { FileName: { } missing }
                ? $"The device program '{options.Program}' needs '{missing}', which is missing."
                : $"'{options.Program}' is not a device program.");
        }
    }

    /// <summary>Does what is said, one thing a line, until the input ends.</summary>
    public void Obey(TextReader input)
    {
        while (input.ReadLine() is { } line)
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            bool isPin = words.Length == 2
                && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int pin)
                && _board.Pins.Chip.Has(pin)
                && Wire(words[0], pin);
            if (words is ["restart"])
            {
                _board.Restart();
            }
            else if (!isPin && words.Length > 0)
            {
                _console.Refuse(line);
            }
        }
    }

    /// <summary>Switches the board off.</summary>
    public void Dispose()
    {
        _port?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _board.Dispose();
        _uart?.Dispose();
        (_ether as IDisposable)?.Dispose();
        _ether.Clock.Dispose();
    }

    private static EtherClient Join(string address)
    {
        try
        {
            return EtherClient.Connect(address);
        }
        catch (ArgumentException)
        {
            throw new SettingException($"--ether must be 127.0.0.1:PORT or the path of a socket, not '{address}'.");
        }
        catch (IOException e)
        {
            throw new CommandFailure(e.Message);
        }
    }

    // Locally administered, so that it is nobody's; the same name gives the same address.
    private static ulong AddressOf(string name)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        return 0x0200_0000_0000 | (BitConverter.ToUInt64(hash) & 0x00FF_FFFF_FFFF);
    }

    private static byte[]? ReadSettings(BoardOptions options)
    {
        string path = options.Settings ?? Path.Combine(Path.GetDirectoryName(options.Program)!, SettingsName);
        if (options.Settings is null && !File.Exists(path))
        {
            return null;
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(File.Exists(path)
                ? $"The settings '{path}' cannot be read."
                : $"There are no settings '{path}'.");
        }
    }

    private bool Wire(string verb, int pin)
    {
        switch (verb)
        {
            case "low":
            case "high":
                _board.Pins.Set(pin, verb == "high");
                return true;
            case "free":
                _board.Pins.Release(pin);
                return true;
            default:
                return false;
        }
    }
}
