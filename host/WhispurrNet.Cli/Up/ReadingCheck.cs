using System.Globalization;
using System.Text;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Desk;
using WhispurrNet.Gateway.Mesh;

namespace WhispurrNet.Cli.Up;

/// <summary>
/// Lets every node that a whisper was not meant for try to read it: boards with every key that their own program holds,
/// the relay with its keys and by looking for the payload in every frame it carries. Addressees try as well, since a
/// check under which nobody can read anything would prove nothing.
/// </summary>
internal sealed class ReadingCheck(BoardLineup lineup)
{
    /// <summary>Counts the nodes outside a whisper's addressees that opened it.</summary>
    /// <exception cref="CommandFailure">The check itself does not work.</exception>
    public int CountReaders(IReadOnlyList<Probe> probes)
    {
        var readers = new HashSet<string>();
        foreach (Probe probe in probes)
        {
            if (CopyFrame(probe.FrameId) is not { } frame)
            {
                // Still at the desk: it has not been with anybody who could have read it.
                continue;
            }

            if (lineup.Gateway.Relay.CountKeysThatOpen(frame) > 0 || RelayHolds(probe.Payload))
            {
                readers.Add(RelayNode.Name);
            }

            foreach (LineBoard board in lineup.Boards)
            {
                bool opened = lineup.CountKeysThatOpen(board.Name, frame) > 0;
                if (!probe.Addressees.Contains(board.Name))
                {
                    if (opened)
                    {
                        readers.Add(board.Name);
                    }
                }
                else if (!opened)
                {
                    throw new CommandFailure($"{board.Name} cannot open the {probe.Kind} that is meant for it.");
                }
            }
        }

        return readers.Count;
    }

    private bool RelayHolds(string payload)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(payload);
        return lineup.Gateway.Map.ReadFramesOf(RelayNode.Name)
            .Select(CopyFrame)
            .Any(frame => frame is not null && frame.AsSpan().IndexOf(bytes) >= 0);
    }

    private byte[]? CopyFrame(string frameId)
    {
        ulong id = ulong.Parse(frameId, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return lineup.Gateway.Relay.CopyFrame(id, DeskNode.FrameSize);
    }
}
