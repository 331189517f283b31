using System.Net;
using System.Net.Sockets;

namespace WhispurrNet.Virtual;

/// <summary>A socket call that failed, with the number the device's SocketException carries.</summary>
public sealed class BoardSocketException(int errorCode, string message) : Exception(message)
{
    /// <summary>Winsock error number.</summary>
    public int ErrorCode { get; } = errorCode;
}

/// <summary>
/// A TCP connection of a board over the host's real network, or over the one the simulation brings along; it breaks when
/// the board's power goes off.
/// </summary>
public sealed class BoardSocket : IDisposable
{
    private readonly BoardContext _board;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly BusyMark _sent = new();
    private readonly BusyMark _coming = new();
    private int _port;
    private IBoardConnection? _connection;

    /// <summary>Makes an unconnected socket.</summary>
    public BoardSocket(BoardContext board)
    {
        _board = board;
        board.Track(this);
        board.Hardware.Wifi.Track(this);
    }

    /// <summary>
    /// The first address of a name, as bytes; IPv4 if there is one, because that is all the device asks for.
    /// </summary>
    /// <exception cref="BoardSocketException">The name is unknown.</exception>
    public static byte[] Resolve(string host)
    {
        try
        {
            IPAddress[] addresses =
                IPAddress.TryParse(host, out IPAddress? literal) ? [literal] : Dns.GetHostAddresses(host);
            return addresses
                .OrderBy(address => address.AddressFamily != AddressFamily.InterNetwork)
                .First()
                .GetAddressBytes();
        }
        catch (SocketException exception)
        {
            throw new BoardSocketException((int)exception.SocketErrorCode, exception.Message);
        }
    }

    /// <summary>Connects.</summary>
    /// <exception cref="BoardSocketException">Nobody answers.</exception>
    public void Connect(byte[] address, int port)
    {
        if (!_board.Hardware.Wifi.IsUp)
        {
            throw new BoardSocketException((int)SocketError.NetworkUnreachable, "The board has no address.");
        }

        if (_board.Hardware.Network is { } network)
        {
            _connection = network.Connect(_board, address, port);
            return;
        }

        Guard(
            () =>
            {
                _socket.Connect(new IPAddress(address), port);
                _port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
                _board.Clock.Traffic.Add(_port, this);
                return 0;
            },
            brief: true);
    }

    /// <summary>Reads what is there, at least one byte; 0 once the other side has closed.</summary>
    /// <exception cref="BoardSocketException">The connection broke.</exception>
    public int Read(byte[] buffer, int offset, int count) => _connection is { } connection
        ? connection.Read(buffer, offset, count)
        : Guard(() => Arrived(_socket.Receive(buffer, offset, count, SocketFlags.None)), brief: HasBytes());

    /// <summary>Sends all bytes.</summary>
    /// <exception cref="BoardSocketException">The connection broke.</exception>
    public void Write(byte[] buffer, int offset, int count)
    {
        if (_connection is { } connection)
        {
            connection.Write(buffer, offset, count);
            return;
        }

        _board.Clock.SetInFlight(_sent);
        Guard(() => _socket.Send(buffer, offset, count, SocketFlags.None), brief: true);
    }

    /// <summary>Closes the connection; may be called again.</summary>
    public void Dispose()
    {
        _board.Untrack(this);
        _board.Clock.Traffic.Remove(_port, this);
        PeerHandled();
        _board.Clock.SetIdle(_coming);
        _board.Hardware.Wifi.Untrack(this);
        _connection?.Dispose();
        _socket.Dispose();
    }

    /// <summary>The other end sends something.</summary>
    internal void PeerSends() => _board.Clock.SetInFlight(_coming);

    /// <summary>The other end has handled what was sent.</summary>
    internal void PeerHandled() => _board.Clock.SetIdle(_sent);

    private bool HasBytes()
    {
        try
        {
            return _socket.Available > 0;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private int Arrived(int count)
    {
        BoardThread.Current?.SetBusy();
        PeerHandled();
        _board.Clock.SetIdle(_coming);
        return count;
    }

    private int Guard(Func<int> call, bool brief)
    {
        try
        {
            return _board.WaitOutside(call, brief);
        }
        catch (SocketException exception)
        {
            throw new BoardSocketException((int)exception.SocketErrorCode, exception.Message);
        }
        catch (ObjectDisposedException exception)
        {
            throw new BoardSocketException((int)SocketError.NotSocket, exception.Message);
        }
    }
}
