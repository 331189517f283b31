using FsCheck;
using FsCheck.Fluent;
using WhispurrNet.WireFuzz;

namespace WhispurrNet.WireProtocol.Tests.Fuzz;

public sealed class DecoderFuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void NoByteOfTextOrPacketIsLost(int seed)
    {
        var fuzz = new DecoderFuzz(seed);
        for (int i = 0; i < 25_000; i++)
        {
            fuzz.RunOne();
        }

        Assert.True(fuzz.Packets > 5_000);
    }

    [Fact]
    public void AnyBytesInAnyPiecesComeOutAgain() =>
        Prop.ForAll<byte[][]>(pieces =>
        {
            var events = new Transcript();
            var decoder = new MixedDecoder();
            long now = 0;
            foreach (byte[] piece in pieces)
            {
                decoder.Feed(piece, now += piece.Length * 100, events);
            }

            decoder.Flush(events);
            return events.Bytes.SequenceEqual(pieces.SelectMany(p => p));
        }).QuickCheckThrowOnFailure();

    private sealed class Transcript : IMixedSink
    {
        public List<byte> Bytes { get; } = [];

        public void OnText(ReadOnlySpan<byte> bytes) => Bytes.AddRange(bytes);

        public void OnPacket(in PacketHeader header, ReadOnlySpan<byte> payload)
        {
            byte[] bytes = new byte[PacketHeader.Bytes];
            header.Write(bytes);
            Bytes.AddRange(bytes);
            Bytes.AddRange(payload);
        }

        public void OnRefused(PacketRefusal reason)
        {
        }
    }
}
