using System.Security.Cryptography;
using WhispurrNet.Serial;

namespace WhispurrNet.WireProtocol;

/// <summary>
/// Asks a board over its serial line and waits for the answers. Whatever else comes (text, packets that nobody asked
/// for) goes to a sink, in order; nothing is swallowed but answers to requests that were given up, which are counted.
/// </summary>
/// <remarks>
/// One request is under way at a time; further ones wait. Requests carry checksums always: firmware without them looks
/// at none. Any request makes the board print in packets from the first ping on. All members may be called from any
/// thread; the sink is called on the reading task.
/// </remarks>
public sealed class WireProtocolClient : IAsyncDisposable
{
    private const int ReadBytes = 4_096;

    private readonly ISerialPort _port;
    private readonly WireClientOptions _options;
    private readonly TimeProvider _time;
    private readonly MixedDecoder _decoder = new();
    private readonly Router _router;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _reading;
    private volatile PendingRequest? _pending;
    private volatile Exception? _lost;
    private ushort _sequence;

    /// <summary>Begins to read.</summary>
    /// <param name="port">The line; stays the caller's, who closes it after this.</param>
    /// <param name="others">Gets everything that is no answer.</param>
    /// <param name="options">How patient to be; null for the default.</param>
    /// <param name="time">The clock; null for that of the system.</param>
    public WireProtocolClient(
        ISerialPort port, IMixedSink others, WireClientOptions? options = null, TimeProvider? time = null)
    {
        _port = port;
        _options = options ?? WireClientOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Attempts, 1, nameof(options));
        _time = time ?? TimeProvider.System;
        _router = new Router(this, others);
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>How the board answered the last ping; null before.</summary>
    public PingPayload? Device { get; private set; }

    /// <summary>The most payload that the board takes.</summary>
    public int MaxPayload => Device?.MaxPayload ?? PacketHeader.MaxDevicePayload;

    /// <summary>Answers that came when nobody waited for them any more.</summary>
    public long LateReplies { get; private set; }

    /// <summary>Requests sent again.</summary>
    public long Resent { get; private set; }

    /// <summary>How often bytes that began like a packet were refused.</summary>
    public long Refused => Enum.GetValues<PacketRefusal>().Sum(_decoder.Refused);

    /// <summary>Ends once the port is gone.</summary>
    public Task Ended => _reading;

    /// <summary>Sends a request until it is answered.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="payload">What the command carries.</param>
    /// <param name="timeout">How long an answer may take; null as the options say.</param>
    /// <param name="attempts">How often to send; null as the options say. Only once what must not happen twice.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="WireProtocolException">No answer, a refusal, or the port is gone.</exception>
    public async Task<WireReply> RequestAsync(
        Command command,
        ReadOnlyMemory<byte> payload,
        TimeSpan? timeout = null,
        int? attempts = null,
        CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        byte[] packet = new byte[PacketHeader.Bytes + payload.Length];
        try
        {
            var pending = new PendingRequest(command);
            _pending = pending;
            if (_lost is { } lost)
            {
                throw Lost(command, lost);
            }

            WireReply reply = await ExchangeAsync(
                pending, packet, payload, timeout ?? _options.Timeout, attempts ?? _options.Attempts, cancellation)
                .ConfigureAwait(false);
            return reply.Header.IsNack
                ? throw new WireProtocolException(WireFailure.Refused, command, $"The board refuses {command}.")
                : reply;
        }
        finally
        {
            // It may have carried a password.
            CryptographicOperations.ZeroMemory(packet);
            _pending = null;
            _turn.Release();
        }
    }

    /// <summary>Asks who is there. The board prints in packets from now on.</summary>
    /// <exception cref="WireProtocolException">No answer, or the port is gone.</exception>
    public async Task<PingPayload> PingAsync(
        PingFlags flags = PingFlags.None, TimeSpan? timeout = null, CancellationToken cancellation = default)
    {
        WireReply reply = await RequestAsync(
            Command.Ping, new PingPayload(PingSource.Host, flags).ToPayload(), timeout, null, cancellation)
            .ConfigureAwait(false);
        if (!PingPayload.TryRead(reply.Payload, out PingPayload device))
        {
            throw new WireProtocolException(
                WireFailure.Malformed, Command.Ping, "The board's answer to a ping is too short.");
        }

        Device = device;
        _decoder.Crc = (device.Flags & PingFlags.Crc) != 0 ? CrcRule.Always : CrcRule.WhenPresent;
        return device;
    }

    /// <summary>Stops to read. What is held back by the decoder goes to the sink.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        _closing.Dispose();
    }

    private static WireProtocolException Lost(Command command, Exception? inner) =>
        new(WireFailure.PortLost, command, "The board's port has gone.", inner);

    private async Task<WireReply> ExchangeAsync(
        PendingRequest pending,
        byte[] packet,
        ReadOnlyMemory<byte> payload,
        TimeSpan timeout,
        int attempts,
        CancellationToken cancellation)
    {
        for (int attempt = 0; attempt < attempts; attempt++)
        {
            if (attempt > 0)
            {
                Resent++;
            }

            ushort sequence = _sequence++;
            Packet.Write(packet, pending.Command, sequence, 0, PacketFlags.NoCaching, payload.Span, withCrc: true);
            Task<WireReply?> answer = pending.Sent(sequence);
            try
            {
                await _port.WriteAsync(packet, cancellation).ConfigureAwait(false);
                if (await answer.WaitAsync(timeout, _time, cancellation).ConfigureAwait(false) is { } reply)
                {
                    return reply;
                }
            }
            catch (TimeoutException)
            {
                // Sent again, or given up below.
            }
            catch (SerialPortException e)
            {
                throw Lost(pending.Command, e);
            }
        }

        throw new WireProtocolException(
            WireFailure.NoAnswer, pending.Command, $"The board does not answer {pending.Command}.");
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[ReadBytes];
        Exception? cause = null;
        try
        {
            Task<int> read = Begin();
            while (true)
            {
                if (_decoder.Deadline is { } deadline && !read.IsCompleted)
                {
                    var rest = TimeSpan.FromMilliseconds(Math.Max(1, deadline - NowMs()));
                    await Task.WhenAny(read, Task.Delay(rest, _time, _closing.Token)).ConfigureAwait(false);
                    if (!read.IsCompleted && !_closing.IsCancellationRequested)
                    {
                        _decoder.Expire(NowMs(), _router);
                        continue;
                    }
                }

                int count = await read.ConfigureAwait(false);
                if (count == 0)
                {
                    break;
                }

                _decoder.Feed(buffer.AsSpan(0, count), NowMs(), _router);
                read = Begin();
            }
        }
        catch (OperationCanceledException)
        {
            // Closed by the caller.
        }
        catch (SerialPortException e)
        {
            cause = e;
        }
        finally
        {
            _decoder.Flush(_router);
            _lost = cause ?? new SerialPortException(SerialPortError.Lost, _port.Name, $"{_port.Name} has gone.");
            if (_pending is { } pending)
            {
                pending.Fail(Lost(pending.Command, cause));
            }
        }

        Task<int> Begin() => _port.ReadAsync(buffer, _closing.Token).AsTask();
    }

    private long NowMs() => (long)_time.GetElapsedTime(0).TotalMilliseconds;

    /// <summary>Sorts answers from everything else.</summary>
    private sealed class Router(WireProtocolClient client, IMixedSink others) : IMixedSink
    {
        private const PacketFlags Garbled = PacketFlags.BadHeader | PacketFlags.BadPayload;

        public void OnText(ReadOnlySpan<byte> bytes) => others.OnText(bytes);

        public void OnPacket(in PacketHeader header, ReadOnlySpan<byte> payload)
        {
            if (header.IsReply)
            {
                if (client._pending?.TryAnswer(header, payload) != true)
                {
                    client.LateReplies++;
                }
            }
            else if (header.IsNack && (header.Flags & Garbled) != 0)
            {
                client._pending?.Garbled();
            }
            else
            {
                others.OnPacket(header, payload);
            }
        }

        public void OnRefused(PacketRefusal reason) => others.OnRefused(reason);
    }
}
