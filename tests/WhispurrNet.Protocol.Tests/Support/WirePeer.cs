using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Support;

/// <summary>
/// The other end of a link, written by the test: it says exactly what it is told, right or wrong. It knows the wire
/// from PROTOCOL.md and shares no link code with the node but protection and fragments.
/// </summary>
internal sealed class WirePeer
{
    public const byte Hello = 1;
    public const byte Offer = 2;
    public const byte Pull = 3;
    public const byte Frame = 4;
    public const byte Done = 5;
    public const byte Ping = 6;
    public const byte Pong = 7;
    public const byte Heartbeat = 8;
    public const byte Padded = 9;
    public const byte Introduce = 10;
    public const byte Sums = 12;
    public const byte Name = 13;

    private const int RecordMax = 2048;

    private readonly NodeCore _node;
    private readonly LinkKind _kind;
    private readonly NoiseProtection _protection = new(new ChaCha20Poly1305());
    private readonly FragmentWriter _writer = new(RecordMax);
    private readonly FragmentReader _reader = new(RecordMax);
    private readonly byte[] _unit;
    private bool _isOpen;
    private bool _nodeIsDone;

    /// <summary>
    /// Opens a link of the node, in which the node has the role given, by a full handshake; unless the table is full.
    /// </summary>
    public WirePeer(
        NodeCore node, LinkKind kind = LinkKind.Stream, bool nodeInitiates = false, long nowMs = 0, ulong address = 0,
        int network = TestNetwork.Home, WireHandshake? handshake = null)
    {
        _node = node;
        _kind = kind;
        NodeInitiates = nodeInitiates;
        NowMs = nowMs;
        _unit = new byte[node.MaxUnit];
        node.HandleTimeout(nowMs);
        Link = node.OpenLink(kind, nodeInitiates, FragmentWriter.UnitSizeMin, address, nowMs);
        Handshake = handshake ?? new WireHandshake(TestNetwork.Key(network));
        if (Link != NodeCore.NoLink)
        {
            OpenLink();
            node.HandleTimeout(nowMs);
        }
    }

    public WireHandshake Handshake { get; }

    public int Link { get; }

    public bool NodeInitiates { get; }

    public long NowMs { get; set; }

    /// <summary>What the peer says that it can do, on a stream; 0: it says nothing of that.</summary>
    public byte Features { get; set; }

    public LinkState State => _node.GetLinkState(Link);

    /// <summary>Both hellos, most frames in an offer as given; returns what the node says next.</summary>
    public List<byte[]> Meet(byte offerMax = 64)
    {
        List<byte[]> first = Receive();
        Send(HelloRecord(offerMax));
        List<byte[]> said = Receive();
        if (first.Count == 0)
        {
            // A gateway that was dialled waits for the other's hello.
            first.Add(said[0]);
            said.RemoveAt(0);
        }

        Assert.Equal(Hello, Assert.Single(first)[0]);
        Assert.Equal(LinkState.Open, State);
        return said;
    }

    public byte[] HelloRecord(byte offerMax = 64, byte? sizeClass = null)
    {
        byte usual = _node.MaxFramePayload > FrameLayout.StandardFrameSize ? (byte)0x80 : (byte)0;
        byte[] addresses = new byte[_kind == LinkKind.Contact ? 12 : 0];
        byte[] features = Features == 0 ? [] : [Features];
        return [Hello, (byte)((sizeClass ?? usual) | (offerMax - 1)), 0, 0, 0, 0, .. addresses, .. features];
    }

    /// <summary>Sends one record under the link's protection.</summary>
    public void Send(params byte[] record)
    {
        SendBytes(Protect(record));
    }

    /// <summary>The next record under the link's protection, to be sent or not.</summary>
    public byte[] Protect(params byte[] record)
    {
        byte[] whole = new byte[record.Length + NoiseProtection.Overhead];
        record.CopyTo(whole, 0);
        Assert.Equal(whole.Length, _protection.Protect(whole, 0, record.Length));
        return whole;
    }

    /// <summary>Sends the bytes of one record as they are.</summary>
    public void SendBytes(byte[] whole)
    {
        if (_kind == LinkKind.Stream)
        {
            _node.Receive(Link, [.. whole], 0, whole.Length, NowMs);
            return;
        }

        whole.CopyTo(_writer.Record, 0);
        _writer.Load(whole.Length);
        while (_writer.IsBusy && State == LinkState.Open)
        {
            if (!_writer.CanSend)
            {
                // The node acknowledges a full window before anything else.
                Pending.AddRange(Receive());
                Assert.True(_writer.CanSend, "the window did not open");
            }

            int count = _writer.Next(_unit, 0, FragmentWriter.UnitSizeMin);
            _node.Receive(Link, _unit, 0, count, NowMs);
        }
    }

    /// <summary>Bytes of every record that came, protection included.</summary>
    public List<int> Lengths { get; } = [];

    /// <summary>Records that came while this side was sending.</summary>
    public List<byte[]> Pending { get; } = [];

    /// <summary>Everything that the node has to say now, protection checked and taken off.</summary>
    public List<byte[]> Receive()
    {
        List<byte[]> records = [.. Pending];
        Pending.Clear();
        for (int i = 0; i < 10_000; i++)
        {
            int count = _node.PollTransmit(Link, _unit, 0, NowMs);
            if (count == 0)
            {
                return records;
            }

            byte[]? record = _kind == LinkKind.Stream ? Open(_unit, count) : TakeFragment(count);
            if (record == null)
            {
                continue;
            }

            records.Add(record);
        }

        throw new InvalidOperationException("The node never falls silent.");
    }

    public void SendFrame(byte[] frame)
    {
        Send([Frame, .. frame]);
    }

    public void SendOffer(params ulong[] ids)
    {
        byte[] record = new byte[2 + (6 * ids.Length)];
        record[0] = Offer;
        record[1] = (byte)ids.Length;
        for (int i = 0; i < ids.Length; i++)
        {
            ByteOrder.WriteUInt48(record, 2 + (6 * i), ShortId(ids[i]));
        }

        Send(record);
    }

    /// <summary>Short id of a frame on this link: low 48 bits of SipHash under the link's key.</summary>
    public ulong ShortId(ulong id)
    {
        byte[] bytes = BitConverter.GetBytes(id);
        Array.Reverse(bytes);
        SipHash hash = new();
        hash.SetKey(Handshake.Secrets, 32);
        return hash.Compute(bytes, 2, 6) & 0xFFFFFFFFFFFF;
    }

    /// <summary>The short ids of an offer.</summary>
    public static ulong[] NamesOf(byte[] offer)
    {
        Assert.Equal(Offer, offer[0]);
        Assert.Equal(2 + (6 * offer[1]), offer.Length);
        return [.. Enumerable.Range(0, offer[1]).Select(i => ByteOrder.ReadUInt48(offer, 2 + (6 * i)))];
    }

    private void OpenLink()
    {
        if (NodeInitiates)
        {
            byte[] first = Assert.Single(Receive());
            while (first[0] == WireHandshake.Resume)
            {
                SendBytes([WireHandshake.Unknown]);
                first = Assert.Single(Receive());
            }

            SendBytes(Handshake.ReadFirstWriteSecond(first));
            Handshake.ReadThird(ReceiveOne());
        }
        else
        {
            SendBytes(Handshake.WriteFirst());
            byte[] second = Assert.Single(Receive());
            SendBytes(Handshake.ReadSecondWriteThird(second));
        }

        byte[] keys = [.. Handshake.InitiatorKey, .. Handshake.ResponderKey];
        _protection.SetKeys(keys, NodeInitiates ? 32 : 0, NodeInitiates ? 0 : 32);
        _isOpen = true;
    }

    /// <summary>The next record alone: what comes behind it may be protected already.</summary>
    private byte[] ReceiveOne()
    {
        for (int count; (count = _node.PollTransmit(Link, _unit, 0, NowMs)) > 0;)
        {
            byte[]? record = _kind == LinkKind.Stream ? Open(_unit, count) : TakeFragment(count);
            if (record != null)
            {
                return record;
            }
        }

        throw new InvalidOperationException("The node has nothing to say.");
    }

    private byte[]? TakeFragment(int count)
    {
        switch (_reader.Push(_unit, 0, count))
        {
            case FragmentReader.Acknowledgement:
                Assert.True(_writer.Acknowledge(_reader.Acknowledged));
                return null;
            case FragmentReader.RecordComplete:
                byte[] record = Open(_reader.Record, _reader.RecordCount);
                _nodeIsDone |= record[0] == Done;
                if (_nodeIsDone)
                {
                    _reader.RequestAck();
                }

                Acknowledge();
                return record;
            case FragmentReader.NeedMore:
                Acknowledge();
                return null;
            default:
                throw new InvalidOperationException("The node sent a fragment out of order.");
        }
    }

    private void Acknowledge()
    {
        if (_reader.AckDue)
        {
            byte[] ack = new byte[2];
            _node.Receive(Link, ack, 0, _reader.WriteAck(ack, 0), NowMs);
        }
    }

    private byte[] Open(byte[] buffer, int count)
    {
        byte[] whole = buffer[..count];
        if (!_isOpen)
        {
            return whole;
        }

        int body = _protection.Unprotect(whole, 0, count);
        Assert.True(body > 0, "a record of the node does not verify");
        Lengths.Add(count);
        if (whole[0] != Padded)
        {
            return whole[..body];
        }

        int inner = 3 + (int)ByteOrder.ReadUInt16(whole, 1);
        Assert.All(whole[inner..body], padding => Assert.Equal(0, padding));
        return whole[3..inner];
    }
}
