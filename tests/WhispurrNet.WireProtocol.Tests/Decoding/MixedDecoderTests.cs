using System.Text;

namespace WhispurrNet.WireProtocol.Tests.Decoding;

public sealed class MixedDecoderTests
{
    private readonly EventList _events = new();

    [Fact]
    public void TextAndPacketsComeOutInOrderWhereverTheStreamIsCut()
    {
        byte[] stream =
        [
            .. Text("I (33) boot NFPK NF N"), .. Ping(), .. Text("\nN"), .. Message("a NFPKTV1"), .. Text("end N"),
        ];
        for (int first = 0; first <= stream.Length; first++)
        {
            for (int second = first; second <= Math.Min(first + 50, stream.Length); second++)
            {
                var events = new EventList();
                var decoder = new MixedDecoder();
                decoder.Feed(stream.AsSpan(0, first), 0, events);
                decoder.Feed(stream.AsSpan(first, second - first), 0, events);
                decoder.Feed(stream.AsSpan(second), 0, events);
                decoder.Flush(events);
                Assert.Equal("I (33) boot NFPK NF N[Ping]\nN[Message]end N", events.Order.ToString());
                Assert.Empty(events.Refused);
            }
        }
    }

    [Fact]
    public void BothMarkersBeginPackets()
    {
        byte[] packet = Ping();
        "NFDBGV1\0"u8.CopyTo(packet);
        var decoder = new MixedDecoder();
        decoder.Feed(packet, 0, _events);
        Assert.Equal(PacketMarker.Debugger, Assert.Single(_events.Packets).Header.Marker);
        Assert.Equal("", _events.Text);
    }

    [Theory]
    [InlineData(9, PacketRefusal.HeaderCrc)]
    [InlineData(17, PacketRefusal.HeaderCrc)]
    [InlineData(33, PacketRefusal.PayloadCrc)]
    public void AWrongChecksumMakesTextOfIt(int at, PacketRefusal reason)
    {
        byte[] packet = Message("Hello", withCrc: true);
        packet[at] ^= 0x40;
        var decoder = new MixedDecoder();
        decoder.Feed([.. packet, .. Ping()], 0, _events);
        Assert.Equal([reason], _events.Refused);
        Assert.Equal(1, decoder.Refused(reason));
        Assert.Equal(Encoding.Latin1.GetString(packet), _events.Text);
        Assert.Equal(Command.Ping, Assert.Single(_events.Packets).Header.Command);
    }

    [Fact]
    public void ATooLongPacketIsText()
    {
        byte[] header = new byte[PacketHeader.Bytes];
        new PacketHeader(PacketMarker.Packet, 0, 0, Command.Message, 0, 0, PacketFlags.None, 2_049).Write(header);
        var decoder = new MixedDecoder();
        decoder.Feed([.. header, .. Ping()], 0, _events);
        Assert.Equal([PacketRefusal.TooLong], _events.Refused);
        Assert.Single(_events.Packets);
        Assert.Equal(PacketHeader.Bytes, _events.Text.Length);
    }

    [Fact]
    public void TheLargestPacketIsTaken()
    {
        byte[] packet = Packet.Create(
            Command.ReadMemory, 0, 0, PacketFlags.Reply, new byte[PacketHeader.MaxHostPayload], withCrc: true);
        var decoder = new MixedDecoder();
        foreach (byte b in packet)
        {
            decoder.Feed([b], 0, _events);
        }

        Assert.Equal(PacketHeader.MaxHostPayload, Assert.Single(_events.Packets).Payload.Length);
    }

    [Fact]
    public void ABegunMarkerIsTextOnceItsTimeIsUp()
    {
        var decoder = new MixedDecoder();
        decoder.Feed(Text("No, NF"), 1_000, _events);
        Assert.Equal("No, ", _events.Text);
        Assert.Equal(1_200, decoder.Deadline);
        decoder.Expire(1_199, _events);
        Assert.Equal(2, decoder.Held);
        decoder.Expire(1_200, _events);
        Assert.Equal("No, NF", _events.Text);
        Assert.Null(decoder.Deadline);
        Assert.Empty(_events.Refused);
    }

    [Fact]
    public void ATruncatedPacketIsTextOnceItsTimeIsUp()
    {
        byte[] packet = Message("Hello");
        var decoder = new MixedDecoder();
        decoder.Feed(packet.AsSpan(0, packet.Length - 1), 0, _events);
        Assert.Equal(2_000, decoder.Deadline);
        decoder.Feed(Text("later"), 2_000, _events);
        Assert.Equal([PacketRefusal.Truncated], _events.Refused);
        Assert.Equal(Encoding.Latin1.GetString(packet, 0, packet.Length - 1) + "later", _events.Text);
    }

    [Fact]
    public void EveryByteMovesTheDeadline()
    {
        byte[] packet = Message("Hello");
        var decoder = new MixedDecoder();
        long now = 0;
        foreach (byte b in packet)
        {
            decoder.Feed([b], now, _events);
            now += 199;
        }

        Assert.Single(_events.Packets);
        Assert.Equal("", _events.Text);
    }

    [Fact]
    public void APacketInsideATruncatedOneIsFoundWhenTheTimeIsUp()
    {
        byte[] cut = Message("Hello, a long line that is cut by a reset");
        var decoder = new MixedDecoder();
        decoder.Feed([.. cut.AsSpan(0, PacketHeader.Bytes + 3), .. Ping()], 0, _events);
        Assert.Empty(_events.Packets);
        decoder.Expire(2_000, _events);
        Assert.Equal(Command.Ping, Assert.Single(_events.Packets).Header.Command);
    }

    [Fact]
    public void APacketInsideAnUnguardedPayloadMeansThatTheOuterOneWasCut()
    {
        byte[] cut = Message(new string('x', 60));
        byte[] stream = [.. cut.AsSpan(0, 40), .. Ping(), .. Text(new string('y', 40))];
        var decoder = new MixedDecoder();
        decoder.Feed(stream, 0, _events);
        Assert.Equal([PacketRefusal.Nested], _events.Refused);
        Assert.Equal(Command.Ping, Assert.Single(_events.Packets).Header.Command);
        Assert.Equal(40 + 40, _events.Text.Length);

        var trusting = new MixedDecoder(new MixedDecoderOptions(FindNested: false));
        var all = new EventList();
        trusting.Feed(stream, 0, all);
        Assert.Equal(Command.Message, Assert.Single(all.Packets).Header.Command);
    }

    [Fact]
    public void MemoryThatHoldsAPacketIsReadWhole()
    {
        byte[] packet = Packet.Create(Command.ReadMemory, 0, 0, PacketFlags.Reply, Ping(), withCrc: false);
        new MixedDecoder().Feed(packet, 0, _events);
        Assert.Equal(Ping(), Assert.Single(_events.Packets).Payload);
    }

    [Fact]
    public void ChecksumsAreAskedForByTheRule()
    {
        byte[] wrong = Message("Hello", withCrc: true);
        wrong[33] ^= 1;
        var never = new MixedDecoder { Crc = CrcRule.Never };
        never.Feed(wrong, 0, _events);
        Assert.Single(_events.Packets);

        var always = new MixedDecoder { Crc = CrcRule.Always };
        always.Feed(Ping(), 0, _events);
        Assert.Equal([PacketRefusal.HeaderCrc], _events.Refused);
    }

    [Fact]
    public void LimitsOutOfRangeAreTheCallersMistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MixedDecoder(new MixedDecoderOptions(MaxPayload: 2_049)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MixedDecoder(new MixedDecoderOptions(PacketTimeoutMs: -1)));
    }

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Ping() => Packet.Create(Command.Ping, 0, 0, (PacketFlags)0x2001, [], withCrc: false);

    private static byte[] Message(string text, bool withCrc = false) =>
        Packet.Create(Command.Message, 2, 0, (PacketFlags)0x2001, Text(text), withCrc);
}
