using System.Net;
using System.Net.Sockets;
using WhispurrNet.Virtual.Remote;

namespace WhispurrNet.Virtual;

/// <summary>
/// Lets boards of other processes take part in an ether of this one, at its board time, over a socket of this machine:
/// whoever can connect can do everything, so it listens on loopback or a Unix domain socket only.
/// </summary>
public sealed class EtherHost : IDisposable
{
    private readonly Ether _ether;
    private readonly Socket _listener;
    private readonly List<EtherSession> _sessions = [];
    private readonly string? _path;

    /// <summary>Starts to listen.</summary>
    /// <param name="ether">The medium.</param>
    /// <param name="address"><c>127.0.0.1:PORT</c>, where port 0 takes any free one, or the path of a Unix domain
    /// socket, with a slash in it.</param>
    /// <exception cref="ArgumentException">The address is neither.</exception>
    /// <exception cref="SocketException">The address is taken.</exception>
    public EtherHost(Ether ether, string address)
    {
        EndPoint endpoint = Parse(address);
        _ether = ether;
        _path = endpoint is UnixDomainSocketEndPoint ? address : null;
        _listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(endpoint);
        _listener.Listen();
        Address = _path ?? _listener.LocalEndPoint!.ToString()!;
        _ = Task.Run(AcceptAsync);
    }

    /// <summary>Where it listens, as another process is told.</summary>
    public string Address { get; }

    /// <summary>Ends every connection; the boards of other processes fall silent.</summary>
    public void Dispose()
    {
        _listener.Dispose();
        if (_path is not null)
        {
            File.Delete(_path);
        }

        EtherSession[] sessions;
        lock (_sessions)
        {
            sessions = [.. _sessions];
        }

        foreach (EtherSession session in sessions)
        {
            session.Dispose();
        }
    }

    /// <summary>Reads an address of an ether.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    internal static EndPoint Parse(string address)
    {
        if (address.Contains('/') || address.Contains('\\'))
        {
            return new UnixDomainSocketEndPoint(address);
        }

        return IPEndPoint.TryParse(address, out IPEndPoint? endpoint) && IPAddress.IsLoopback(endpoint.Address)
            ? endpoint
            : throw new ArgumentException(
                $"'{address}' is no address of an ether: 127.0.0.1:PORT, or the path of a socket.", nameof(address));
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptAsync().ConfigureAwait(false);
                if (socket.AddressFamily != AddressFamily.Unix)
                {
                    socket.NoDelay = true;
                }

                var session = new EtherSession(_ether, socket);
                lock (_sessions)
                {
                    _sessions.Add(session);
                }

                new Thread(session.Run) { IsBackground = true, Name = "ether session" }.Start();
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }
}
