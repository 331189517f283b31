using WhispurrNet.Serial.Unix;
using WhispurrNet.Virtual;

namespace WhispurrNet.EndToEnd.Tests;

/// <summary>
/// A USB cable between a board's UART and this machine: a link in a folder that leads to a pty while the cable is in. It can
/// be pulled, put in again, and made bad from a seed.
/// </summary>
internal sealed class SerialWire : IDisposable
{
    private readonly BoardUart _uart;
    private readonly Random _random;
    private readonly Lock _lock = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("whispurr-wire").FullName;
    private PseudoTerminal? _terminal;

    public SerialWire(BoardUart uart, int seed)
    {
        _uart = uart;
        _random = new Random(seed);
        uart.Sent += OnSent;
    }

    /// <summary>The port to open.</summary>
    public string Port => Path.Combine(_folder, "port");

    /// <summary>Of a thousand bytes, how many are lost or changed.</summary>
    public int Loss { get; set; }

    public void Plug()
    {
        PseudoTerminal terminal = PseudoTerminal.Open();
        lock (_lock)
        {
            _terminal = terminal;
        }

        string next = Port + ".next";
        File.CreateSymbolicLink(next, terminal.Name);
        File.Move(next, Port, overwrite: true);
        _ = Task.Run(() => ReceiveAsync(terminal));
    }

    public void Unplug()
    {
        PseudoTerminal? terminal;
        lock (_lock)
        {
            terminal = _terminal;
            _terminal = null;
        }

        File.Delete(Port);
        terminal?.Dispose();
    }

    public void Dispose()
    {
        _uart.Sent -= OnSent;
        Unplug();
        Directory.Delete(_folder, recursive: true);
    }

    private void OnSent(ReadOnlyMemory<byte> bytes)
    {
        lock (_lock)
        {
            _terminal?.WriteNow(Spoil(bytes.Span));
        }
    }

    private async Task ReceiveAsync(PseudoTerminal terminal)
    {
        byte[] bytes = new byte[1024];
        try
        {
            int count;
            while ((count = await terminal.ReadAsync(bytes)) > 0)
            {
                byte[] spoilt;
                lock (_lock)
                {
                    spoilt = Spoil(bytes.AsSpan(0, count));
                }

                _uart.Deliver(spoilt);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Pulled.
        }
    }

    private byte[] Spoil(ReadOnlySpan<byte> bytes)
    {
        var spoilt = new List<byte>(bytes.Length);
        foreach (byte value in bytes)
        {
            if (_random.Next(1000) >= Loss)
            {
                spoilt.Add(value);
            }
            else if (_random.Next(2) == 0)
            {
                spoilt.Add((byte)_random.Next(256));
            }
        }

        return [.. spoilt];
    }
}
