using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Serial;
using WhispurrNet.Serial.Unix;
using WhispurrNet.Virtual;
using WhispurrNet.Virtual.Serial;
using WhispurrNet.Virtual.Serial.Programs;

namespace WhispurrNet.Cli.Up;

/// <summary>Gives virtual boards serial ports.</summary>
internal static class SerialBoards
{
    /// <summary>
    /// One port for each board, in their order. What a board refuses to run is said on standard error.
    /// </summary>
    /// <param name="boards">The boards, switched off.</param>
    /// <param name="folders">Folders with manifests of images that may be deployed to them.</param>
    /// <exception cref="SettingException">This system has no ptys, or a manifest is none.</exception>
    public static IReadOnlyList<PtyBoard> Create(IReadOnlyList<VirtualBoard> boards, IReadOnlyList<string> folders)
    {
        if (!PseudoTerminal.IsSupported)
        {
            throw new SettingException("--serial needs the ptys of Linux or macOS.");
        }

        var programs = new KnownPrograms();
        var ports = new List<PtyBoard>();
        try
        {
            foreach (string folder in folders)
            {
                programs.AddFolder(folder);
            }

            foreach (VirtualBoard board in boards)
            {
                var port = new PtyBoard(board, new() { Programs = programs });
                port.Refused += (_, reason) => Console.Error.WriteLine($"whispurr: {board.Name}: {reason}");
                ports.Add(port);
            }
        }
        catch (Exception e) when (e is InvalidDataException or SerialPortException)
        {
            throw new SettingException(e.Message);
        }

        return ports;
    }
}
