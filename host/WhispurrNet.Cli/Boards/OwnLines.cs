using System.Text;
using WhispurrNet.Gateway.Live;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Cli.Boards;

/// <summary>Finds among all that a board prints, as text or in packets, what it says of itself.</summary>
internal sealed class OwnLines : IMixedSink
{
    private const int MaxLineBytes = 1_024;

    private readonly Lock _lock = new();
    private readonly List<byte> _line = [];
    private BootReport? _boot;
    private string? _identity;
    private bool _heard;

    /// <summary>Whether any text came.</summary>
    public bool HeardText
    {
        get
        {
            lock (_lock)
            {
                return _heard;
            }
        }
    }

    /// <summary>Adds what was said.</summary>
    public BoardAnswer AddTo(BoardAnswer answer)
    {
        lock (_lock)
        {
            return answer with
            {
                Name = _boot?.Name,
                Identity = _identity,
                IsMember = _boot?.IsMember,
            };
        }
    }

    public void OnText(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            _heard = true;
            foreach (byte value in bytes)
            {
                if (value == (byte)'\n')
                {
                    EndLine();
                }
                else if (_line.Count < MaxLineBytes)
                {
                    _line.Add(value);
                }
            }
        }
    }

    public void OnPacket(in PacketHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.Command == Command.Message)
        {
            OnText(payload);
        }
    }

    public void OnRefused(PacketRefusal reason)
    {
        // Its bytes come as text.
    }

    private void EndLine()
    {
        string line = Encoding.UTF8.GetString([.. _line]).Trim();
        _line.Clear();

        // A board that starts anew has another name or identity: the last one counts.
        switch (BoardLine.Parse(line))
        {
            case BootReport boot:
                _boot = boot;
                _identity = boot.Identity;
                break;
            case IdentityReport identity:
                _identity = identity.Identity;
                break;
        }
    }
}
