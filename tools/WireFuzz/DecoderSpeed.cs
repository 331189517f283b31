using System.Diagnostics;
using System.Text;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.WireFuzz;

/// <summary>How fast the decoder takes what boards send, and what would hurt it most.</summary>
internal static class DecoderSpeed
{
    private const int Rounds = 5;
    private const int PieceBytes = 4_096;
    private const int TotalBytes = 64 << 20;

    /// <summary>Prints the median rate of each kind of input.</summary>
    public static int Measure()
    {
        var random = new Random(7);
        byte[] line = Encoding.ASCII.GetBytes("Node 3: 12 contacts, NEW heap 48,212 bytes, NONE lost.\r\n");
        byte[] noise = new byte[1 << 16];
        random.NextBytes(noise);
        byte[] checkedLine = Packet.Create(Command.Message, 1, 0, (PacketFlags)0x2001, line, withCrc: true);
        byte[] plainLine = Packet.Create(Command.Message, 1, 0, (PacketFlags)0x2001, line, withCrc: false);
        byte[] wrong = Packet.Create(Command.Message, 1, 0, (PacketFlags)0x2001, new byte[1], withCrc: true);
        wrong[^1] ^= 1;
        byte[] nestedMarkers = new byte[PacketHeader.MaxHostPayload];
        for (int at = 0; at < nestedMarkers.Length; at += PacketHeader.Bytes)
        {
            Packet.Write(nestedMarkers.AsSpan(at), Command.Ping, 0, 0, PacketFlags.None, [], withCrc: true);
            nestedMarkers[at + 9] ^= 1;
        }

        Print("text", line);
        Print("noise", noise);
        Print("messages with checksums", checkedLine);
        Print("messages without", plainLine);
        Print("text and messages in turn", [.. line, .. checkedLine]);
        Print("letters N and F only", "NF"u8.ToArray());
        Print("packets with wrong payloads", wrong);
        Print("packets with wrong headers", nestedMarkers);
        return 0;
    }

    private static void Print(string what, byte[] unit)
    {
        byte[] input = new byte[PieceBytes * unit.Length];
        for (int at = 0; at < input.Length; at += unit.Length)
        {
            unit.CopyTo(input, at);
        }

        double[] rates = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            var decoder = new MixedDecoder();
            var sink = new CountingSink();
            long fed = 0;
            Stopwatch watch = Stopwatch.StartNew();
            while (fed < TotalBytes)
            {
                for (int at = 0; at < input.Length; at += PieceBytes)
                {
                    decoder.Feed(input.AsSpan(at, Math.Min(PieceBytes, input.Length - at)), 0, sink);
                }

                fed += input.Length;
            }

            rates[round] = fed / watch.Elapsed.TotalSeconds / 1e6;
        }

        Array.Sort(rates);
        Console.WriteLine($"{rates[Rounds / 2],8:N0} MB/s  {what}");
    }

    private sealed class CountingSink : IMixedSink
    {
        public long Bytes { get; private set; }

        public void OnText(ReadOnlySpan<byte> bytes) => Bytes += bytes.Length;

        public void OnPacket(in PacketHeader header, ReadOnlySpan<byte> payload) => Bytes += payload.Length;

        public void OnRefused(PacketRefusal reason) => Bytes++;
    }
}
