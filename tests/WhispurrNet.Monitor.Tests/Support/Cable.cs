using System.Text;
using WhispurrNet.Serial.Unix;

namespace WhispurrNet.Monitor.Tests.Support;

/// <summary>A serial port that can be unplugged and plugged in again under the same name: a link to a pty.</summary>
internal sealed class Cable : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cable").FullName;
    private PseudoTerminal? _pty;

    /// <summary>Creates one, not plugged in.</summary>
    public Cable() => Port = Path.Combine(_folder, "port");

    /// <summary>The port's name.</summary>
    public string Port { get; }

    /// <summary>The board's end.</summary>
    public PseudoTerminal Board => _pty!;

    /// <summary>Plugs in.</summary>
    public Cable Plug()
    {
        _pty = PseudoTerminal.Open();
        File.CreateSymbolicLink(Port, _pty.Name);
        return this;
    }

    /// <summary>Unplugs.</summary>
    public void Unplug()
    {
        File.Delete(Port);
        _pty!.Dispose();
    }

    /// <summary>The board sends.</summary>
    public ValueTask SendAsync(byte[] bytes) =>
        Board.WriteAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>The board sends.</summary>
    public ValueTask SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public void Dispose()
    {
        _pty?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
