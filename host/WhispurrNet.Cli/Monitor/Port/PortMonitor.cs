using System.Buffers;
using System.IO.Pipelines;
using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Cli.Output;
using WhispurrNet.Serial;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Cli.Monitor.Port;

/// <summary>
/// Listens to a port for as long as its caller likes, through unplugging and plugging in. Sends nothing, except the one
/// ping after each opening that <see cref="PortMonitorOptions.Attach"/> asks for.
/// </summary>
internal sealed class PortMonitor
{
    /// <summary>
    /// What waits while the view is slower than the board; a system holds only a few kilobytes itself. At the highest
    /// usual rate three minutes.
    /// </summary>
    public const int MaxBacklog = 16 << 20;

    /// <summary>How often a missing port is looked for.</summary>
    public static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(250);

    private const int ReadBytes = 64 << 10;
    private const int IdleMs = 250;

    private readonly ISerialPorts _ports;
    private readonly PortMonitorOptions _options;
    private readonly IMonitorView _view;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly MonitorPipeline _pipeline;

    /// <summary>Creates a monitor that has opened nothing yet.</summary>
    public PortMonitor(ISerialPorts ports, PortMonitorOptions options, IMonitorView view, TimeProvider time)
    {
        _ports = ports;
        _options = options;
        _view = view;
        _time = time;
        _start = time.GetTimestamp();
        _pipeline = new MonitorPipeline(view, options.BaudRate);
    }

    private long NowMs => (long)_time.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>Listens until cancelled, or with <see cref="PortMonitorOptions.Once"/> until the port goes away.</summary>
    /// <exception cref="CommandFailure">The port cannot be opened, and waiting would not change that.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            for (bool isFirst = true; isFirst || !_options.Once; isFirst = false)
            {
                using ISerialPort port = await OpenAsync(isFirst, cancellation).ConfigureAwait(false);
                _pipeline.Announce(
                    PortEvent.Open, $"Listening to {_options.Port} at {_pipeline.BaudRate} baud.", NowMs);
                await ListenAsync(port, cancellation).ConfigureAwait(false);
                _pipeline.Announce(
                    PortEvent.Gone, $"{_options.Port} is gone{(_options.Once ? "." : "; waiting for it.")}", NowMs);
            }
        }
        finally
        {
            _pipeline.Flush(NowMs);
            _view.OnIdle(NowMs);
        }
    }

    private async Task<ISerialPort> OpenAsync(bool isFirst, CancellationToken cancellation)
    {
        var told = default(SerialPortError?);
        while (true)
        {
            try
            {
                return _ports.Open(_options.Port, new SerialPortOptions(_pipeline.BaudRate));
            }
            catch (SerialPortException e)
            {
                bool isWorthWaiting = !_options.Once && (!isFirst || e.Error == SerialPortError.Missing);
                if (!isWorthWaiting)
                {
                    throw new CommandFailure(e.Message);
                }

                // A port that has just come may be there before its rights are. Each reason is told once.
                if (told != e.Error && (isFirst || e.Error != SerialPortError.Missing))
                {
                    _pipeline.Announce(PortEvent.Waiting, $"{e.Message} Waiting for it.", NowMs);
                }

                told = e.Error;
            }

            _view.OnIdle(NowMs);
            await Task.Delay(RetryEvery, _time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task ListenAsync(ISerialPort port, CancellationToken cancellation)
    {
        if (_options.Attach && !await AttachAsync(port, cancellation).ConfigureAwait(false))
        {
            return;
        }

        // Read beside the view, so that a slow terminal does not make the system drop what the board sends.
        var pipe = new Pipe(new PipeOptions(
            pauseWriterThreshold: MaxBacklog, resumeWriterThreshold: MaxBacklog / 2, minimumSegmentSize: ReadBytes,
            useSynchronizationContext: false));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task filling = FillAsync(port, pipe.Writer, end.Token);
        try
        {
            await DrainAsync(port, pipe.Reader, cancellation).ConfigureAwait(false);
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await pipe.Reader.CompleteAsync().ConfigureAwait(false);
            await filling.ConfigureAwait(false);
        }
    }

    private async Task<bool> AttachAsync(ISerialPort port, CancellationToken cancellation)
    {
        byte[] ping = Packet.Create(
            Command.Ping, 0, 0, PacketFlags.NoCaching, new PingPayload(PingSource.Host, PingFlags.None).ToPayload(),
            withCrc: true);
        try
        {
            await port.WriteAsync(ping, cancellation).ConfigureAwait(false);
        }
        catch (SerialPortException)
        {
            return false;
        }

        _pipeline.Announce(
            PortEvent.Attached, "Sent a ping: the board prints in packets until it starts anew.", NowMs);
        return true;
    }

    private static async Task FillAsync(ISerialPort port, PipeWriter writer, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                int count = await port.ReadAsync(writer.GetMemory(ReadBytes), cancellation).ConfigureAwait(false);
                writer.Advance(count);
                FlushResult flushed = await writer.FlushAsync(cancellation).ConfigureAwait(false);
                if (count == 0 || flushed.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SerialPortException)
        {
            // The monitor ends, or the port went away in a way of its own.
        }

        await writer.CompleteAsync().ConfigureAwait(false);
    }

    private async Task DrainAsync(ISerialPort port, PipeReader reader, CancellationToken cancellation)
    {
        Task<ReadResult>? waiting = null;
        while (true)
        {
            waiting ??= reader.ReadAsync(cancellation).AsTask();
            if (!waiting.IsCompleted)
            {
                _view.OnIdle(NowMs);
                long waitMs = Math.Clamp((_pipeline.Deadline ?? long.MaxValue) - NowMs, 1, IdleMs);
                await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromMilliseconds(waitMs), _time, cancellation))
                    .ConfigureAwait(false);
                cancellation.ThrowIfCancellationRequested();
            }

            if (!waiting.IsCompleted)
            {
                _pipeline.Expire(NowMs);
                continue;
            }

            ReadResult read = await waiting.ConfigureAwait(false);
            waiting = null;
            foreach (ReadOnlyMemory<byte> piece in read.Buffer)
            {
                _pipeline.Feed(piece.Span, NowMs);
            }

            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }

            TryOtherBaudRate(port);
        }
    }

    private void TryOtherBaudRate(ISerialPort port)
    {
        if (!_options.IsBaudFound || _pipeline.SuggestedBaudRate is not { } rate)
        {
            return;
        }

        string outcome = $"Listening at {rate} baud now.";
        try
        {
            port.BaudRate = rate;
        }
        catch (SerialPortException e)
        {
            // Counted as tried, so the next one follows.
            outcome = e.Message;
        }

        _pipeline.ChangeBaudRate(rate, NowMs);
        _pipeline.Announce(PortEvent.Baud, outcome, NowMs);
    }
}
