namespace WhispurrNet.Virtual;

/// <summary>
/// A network inside the simulation, in place of the host's own: what crosses it takes board time only, so a clock that
/// jumps from event to event loses nothing on the way.
/// </summary>
public interface IBoardNetwork
{
    /// <summary>Connects; may wait in board time.</summary>
    /// <param name="board">Who connects, on a thread of its own.</param>
    /// <param name="address">Four or sixteen bytes.</param>
    /// <param name="port">TCP port.</param>
    /// <exception cref="BoardSocketException">Nobody answers.</exception>
    IBoardConnection Connect(BoardContext board, byte[] address, int port);
}

/// <summary>A board's end of one connection of an <see cref="IBoardNetwork"/>.</summary>
public interface IBoardConnection : IDisposable
{
    /// <summary>Reads what is there, at least one byte; 0 once the other side has closed. Waits in board time.</summary>
    /// <exception cref="BoardSocketException">The connection broke.</exception>
    int Read(byte[] buffer, int offset, int count);

    /// <summary>Sends all bytes.</summary>
    /// <exception cref="BoardSocketException">The connection broke.</exception>
    void Write(byte[] buffer, int offset, int count);
}
