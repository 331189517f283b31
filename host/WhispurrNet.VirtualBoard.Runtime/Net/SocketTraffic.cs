using System.Collections.Concurrent;

namespace WhispurrNet.Virtual;

/// <summary>
/// Where a server of the same process says what it does with the bytes of boards, so that a clock that jumps waits for
/// it exactly as long as it should. A server that says nothing is waited for until it answers, or
/// <see cref="BoardClock.InFlightMs"/>. All members may be called from any thread, for ports of other peers too.
/// </summary>
public sealed class SocketTraffic(BoardClock clock)
{
    private readonly ConcurrentDictionary<int, BoardSocket> _sockets = new();

    /// <summary>
    /// Everything that came from this peer is handled: what it caused was handed to
    /// <see cref="Sends"/> or set as a timer.
    /// </summary>
    /// <param name="port">The peer's TCP port as the server sees it.</param>
    public void Handled(int port) => _sockets.GetValueOrDefault(port)?.PeerHandled();

    /// <summary>Something is about to be sent to this peer.</summary>
    /// <param name="port">The peer's TCP port as the server sees it.</param>
    public void Sends(int port) => _sockets.GetValueOrDefault(port)?.PeerSends();

    /// <summary>
    /// Something is under way inside the server; board time stands still until <see cref="Ends"/> was called as often.
    /// </summary>
    public void Begins() => clock.AddHold();

    /// <summary>It has been handled.</summary>
    public void Ends() => clock.RemoveHold();

    internal void Add(int port, BoardSocket socket) => _sockets[port] = socket;

    internal void Remove(int port, BoardSocket socket) =>
        _sockets.TryRemove(new KeyValuePair<int, BoardSocket>(port, socket));
}
