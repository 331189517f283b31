using System.Security.Cryptography;
using System.Text;
using WhispurrNet.Gateway.Nodes;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Cli.SelfTest;

/// <summary>
/// The member at the other end of a stream from a node in stealth mode: notes when frames come, how long messages are,
/// and what it could read. May be called from any thread.
/// </summary>
internal sealed class StealthPeer : INodeObserver
{
    private readonly object _lock = new();
    private readonly Func<long> _nowMs;
    private readonly NodeCore _core;
    private readonly WhisperMessage _message;
    private readonly Dictionary<ulong, long> _arrivals = [];
    private readonly HashSet<string> _heard = [];
    private readonly List<int> _lengths = [];
    private int _link = NodeCore.NoLink;
    private int _whispers;
    private int _cards;

    /// <param name="joinCode">Of the network of both.</param>
    /// <param name="nowMs">The node's time.</param>
    public StealthPeer(string joinCode, Func<long> nowMs)
    {
        _nowMs = nowMs;
        _core = new NodeCore(
            new NodeConfiguration
            {
                Network = NetworkKey.FromJoinCode(joinCode),
                Limits = NodeLimits.Desk(),
                FrameSize = FrameLayout.StealthFrameSize,
                Discoverable = false,
            },
            new HostHmacSha256(),
            RandomNumberGenerator.GetBytes(NodeCore.SeedSize),
            nowMs())
        {
            Observer = this,
        };
        _message = new WhisperMessage(_core.MaxFramePayload);
        _core.Tune(SelfTestRun.Intent);
    }

    /// <summary>Bytes of the messages that came.</summary>
    public IReadOnlyList<int> Lengths
    {
        get
        {
            lock (_lock)
            {
                return [.. _lengths];
            }
        }
    }

    /// <summary>Frames that came and were neither whispers nor contact cards.</summary>
    public int CoverFrames
    {
        get
        {
            lock (_lock)
            {
                return _arrivals.Count - _whispers - _cards;
            }
        }
    }

    /// <summary>A stream begins.</summary>
    public void Open()
    {
        lock (_lock)
        {
            if (_link != NodeCore.NoLink)
            {
                _core.CloseLink(_link, _nowMs());
            }

            _link = _core.OpenLink(LinkKind.Stream, initiator: false, 0, 0, _nowMs());
        }
    }

    /// <summary>A message came over it.</summary>
    public void Receive(byte[] message)
    {
        lock (_lock)
        {
            // What opens a link has the length of its step: only what comes after it is padded.
            if (_core.GetLinkTag(_link) != 0)
            {
                _lengths.Add(message.Length);
            }

            _core.Receive(_link, message, 0, message.Length, _nowMs());
            while (_core.PollWhisper(_message))
            {
                _whispers++;
                _heard.Add(Encoding.UTF8.GetString(_message.Payload, 0, _message.PayloadCount));
            }
        }
    }

    /// <summary>What is to be sent over it now.</summary>
    public IReadOnlyList<byte[]> TakeMessages()
    {
        lock (_lock)
        {
            var messages = new List<byte[]>();
            var unit = new byte[_core.MaxUnit];
            _core.HandleTimeout(_nowMs());
            while (_link != NodeCore.NoLink && _core.PollTransmit(_link, unit, 0, _nowMs()) is > 0 and int count)
            {
                messages.Add(unit.AsSpan(0, count).ToArray());
            }

            return messages;
        }
    }

    /// <summary>Whether a text was read.</summary>
    public bool HasHeard(string text)
    {
        lock (_lock)
        {
            return _heard.Contains(text);
        }
    }

    /// <summary>When a frame came, in the node's time; null if it has not.</summary>
    public long? ArrivalMs(ulong frameId)
    {
        lock (_lock)
        {
            return _arrivals.TryGetValue(frameId, out long at) ? at : null;
        }
    }

    // Called under the lock, by what Receive does.
    void INodeObserver.FrameStored(ulong frameId, uint linkTag, bool own, int hopBudget) =>
        _arrivals.TryAdd(frameId, _nowMs());

    void INodeObserver.ContactLearned(byte[] id, uint timestamp) => _cards++;

    void INodeObserver.WhisperStatusChanged(ulong innerId, WhisperStatus status)
    {
    }

    void INodeObserver.IdentityRenewed(byte[] id, uint timestamp)
    {
    }

    void INodeObserver.LinkOpened(int link, LinkKind kind, bool initiator, uint linkTag)
    {
    }

    void INodeObserver.LinkClosed(int link, uint linkTag, LinkState last)
    {
    }

    void INodeObserver.FrameSent(ulong frameId, uint linkTag)
    {
    }

    void INodeObserver.FrameRefused(FrameVerdict reason, uint linkTag)
    {
    }
}
