using WhispurrNet.Board.Serial;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Document;

/// <summary>The worked example of the serial line: a session, a message, and that it has arrived.</summary>
internal static class SerialExample
{
    private const int MessageMax = 292;
    private const uint Session = 0x01020304;

    public static string Serial()
    {
        var board = new SerialSession(true, MessageMax, 4, 3);
        var bridge = new SerialSession(false, MessageMax, 16, 16);
        byte[] message = [0x77, 0x00, 0x6E];
        var lines = new List<(string, string)>();
        board.Open(Session, 0);
        Carry("board: OPEN", board, bridge, lines);
        bridge.Accept(0);
        Carry("bridge: OPENED", bridge, board, lines);
        Assert.True(board.TrySend(message, 0, message.Length, 0));
        lines.Add(("message", Convert.ToHexStringLower(message)));
        Carry("board: MESSAGE 0", board, bridge, lines);
        Carry("bridge: STATE, expects 1", bridge, board, lines);
        Assert.Equal(0, board.Unacknowledged);
        return WorkedExamples.Lines([.. lines]);
    }

    private static void Carry(string what, SerialSession from, SerialSession to, List<(string, string)> lines)
    {
        byte[] line = new byte[SerialFrame.LineSizeMax(MessageMax)];
        int count = from.PollTransmit(line, 0);
        lines.Add((what, Convert.ToHexStringLower(line.AsSpan(0, count))));
        to.Receive(line, 0, count, 0);
    }
}
