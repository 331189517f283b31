using System.Diagnostics;
using System.Text;
using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Cli.Monitor.Port;
using WhispurrNet.Cli.Monitor.Show;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.MonitorSpeed;

/// <summary>
/// How fast one core takes what boards send through all of <c>whispurr monitor</c> but the port and the terminal:
/// packets, lines, exceptions, reports, the board's state, the filter, and text or JSON to a writer that keeps nothing.
/// </summary>
internal static class MonitorSpeed
{
    private const int Rounds = 5;
    private const int PieceBytes = 4_096;
    private const int TotalBytes = 32 << 20;

    // 8N1: ten bits on the line for each byte.
    private const double LineBytesPerSecond = 921_600 / 10.0;

    /// <summary>Prints the median rate of each kind of input.</summary>
    public static int Measure()
    {
        byte[] line = Encoding.ASCII.GetBytes("heard calm from 0f3a91c4: all is well in the kitchen, 21 degrees\r\n");
        byte[] statistics = Encoding.ASCII.GetBytes(
            "wn stats v=1 uptime=115 heapFree=54472 held=2 neighbours=1 queueRefused=0 own=2 stranger=1 sent=4 dup=0\r\n");
        byte[] exception = Encoding.ASCII.GetBytes(
            "    ++++ Exception System.Exception - CLR_E_FAIL (1) ++++\r\n    ++++ Message: no\r\n"
            + "    ++++ Kitchen.Program::Main [IP: 0030] ++++\r\n");
        byte[] noise = new byte[1 << 16];
        new Random(7).NextBytes(noise);

        Print("text", line);
        Print("statistics of the firmware", statistics);
        Print("exceptions", exception);
        Print("messages in packets", Message(line, withCrc: false));
        Print("messages with checksums", Message(line, withCrc: true));
        Print("text and packets in turn", [.. line, .. Message(line, withCrc: true)]);
        Print("garbage", noise);
        Print("control characters only", [0x1B]);
        return 0;
    }

    private static byte[] Message(byte[] text, bool withCrc) => Packet.Create(
        Command.Message, 1, 0, PacketFlags.NonCritical | PacketFlags.NoCaching, text, withCrc);

    private static void Print(string what, byte[] unit)
    {
        byte[] input = new byte[PieceBytes * unit.Length];
        for (int at = 0; at < input.Length; at += unit.Length)
        {
            unit.CopyTo(input, at);
        }

        double text = Median(input, () => new ConsoleView(
            TextWriter.Null, new LineFormat(DateTimeOffset.UnixEpoch, true, LineFormat.TimeOfDay, null)));
        double json = Median(input, () => new JsonView(Stream.Null, DateTimeOffset.UnixEpoch));
        Console.WriteLine(
            $"{text / 1e6,8:N1} MB/s as text {text / LineBytesPerSecond,8:N0} times 921600 baud   "
            + $"{json / 1e6,8:N1} MB/s as JSON {json / LineBytesPerSecond,8:N0} times   {what}");
    }

    private static double Median(byte[] input, Func<IMonitorView> createView)
    {
        double[] rates = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            IMonitorView view = createView();
            var pipeline = new MonitorPipeline(new MonitorViews(ItemFilter.All, view, new BoardState()), 921_600);
            long fed = 0;
            TimeSpan start = Process.GetCurrentProcess().TotalProcessorTime;
            for (long nowMs = 0; fed < TotalBytes; nowMs++)
            {
                int at = (int)(fed % input.Length);
                int count = Math.Min(PieceBytes, input.Length - at);
                pipeline.Feed(input.AsSpan(at, count), nowMs);
                view.OnIdle(nowMs);
                fed += count;
            }

            // Processor time of all threads, so that a collector beside it is no gift, and a busy machine no loss.
            rates[round] = fed / (Process.GetCurrentProcess().TotalProcessorTime - start).TotalSeconds;
        }

        Array.Sort(rates);
        return rates[Rounds / 2];
    }
}
