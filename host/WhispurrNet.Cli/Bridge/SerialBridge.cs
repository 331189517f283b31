using WhispurrNet.Board.Serial;
using WhispurrNet.Cli.Output;
using WhispurrNet.Serial;

namespace WhispurrNet.Cli.Bridge;

/// <summary>
/// Carries a board's link to its gateway over a serial port. It has no keys and reads no record. The port may be unplugged and
/// the gateway may go away at any time; both are tried again.
/// </summary>
internal sealed class SerialBridge(ISerialPorts ports, BridgeOptions options, BridgeReport report) : IDisposable
{
    private static readonly TimeSpan RetryMin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(2);
    private const int ChunkSize = 4096;

    private readonly BridgeLine _line = new(TimeProvider.System);

    /// <summary>Runs until it is cancelled.</summary>
    /// <exception cref="CommandFailure">The port cannot be used at all.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] parts = [KeepPortAsync(end.Token), ServeAsync(end.Token), CountAsync(end.Token)];
        Task first = await Task.WhenAny(parts).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        try
        {
            await first.ConfigureAwait(false);
            await Task.WhenAll(parts).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // How a bridge ends.
        }

        report.Say(_line.Count());
    }

    /// <inheritdoc/>
    public void Dispose() => _line.Dispose();

    private async Task KeepPortAsync(CancellationToken cancellation)
    {
        TimeSpan pause = RetryMin;
        bool isFirst = true;
        bool waits = false;
        while (true)
        {
            try
            {
                using ISerialPort port = ports.Open(options.Port, new SerialPortOptions(options.BaudRate));
                report.Say(portIsThere: true);
                pause = RetryMin;
                waits = false;
                _line.Restored();
                await UseAsync(port, cancellation).ConfigureAwait(false);
                report.Say(portIsThere: false);
            }
            catch (SerialPortException e) when (CanWait(e.Error, isFirst))
            {
                if (!waits)
                {
                    waits = true;
                    report.Wait(e.Message);
                }
            }
            catch (SerialPortException e)
            {
                throw new CommandFailure(e.Message);
            }

            isFirst = false;
            await Task.Delay(pause, cancellation).ConfigureAwait(false);
            pause = pause * 2 > RetryMax ? RetryMax : pause * 2;
        }
    }

    // A port that is not there may be plugged in; what a person has to change is said at once.
    private static bool CanWait(SerialPortError error, bool isFirst) =>
        error is SerialPortError.Missing or SerialPortError.Lost
        || (!isFirst && error is SerialPortError.Busy or SerialPortError.Denied or SerialPortError.Failed);

    private async Task UseAsync(ISerialPort port, CancellationToken cancellation)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] loops = [ReadAsync(port, gone.Token), WriteAsync(port, gone.Token)];
        await Task.WhenAny(loops).ConfigureAwait(false);
        await gone.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(loops).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
    }

    private async Task ReadAsync(ISerialPort port, CancellationToken cancellation)
    {
        byte[] bytes = new byte[ChunkSize];
        try
        {
            int count;
            while ((count = await port.ReadAsync(bytes, cancellation).ConfigureAwait(false)) > 0)
            {
                _line.Receive(bytes, count);
            }
        }
        catch (Exception e) when (e is SerialPortException or OperationCanceledException or ObjectDisposedException)
        {
            // Unplugged, or the bridge ends.
        }
    }

    private async Task WriteAsync(ISerialPort port, CancellationToken cancellation)
    {
        byte[] bytes = new byte[SerialFrame.LineSizeMax(SerialFrame.MessageSizeMax)];
        try
        {
            while (true)
            {
                int count = _line.PollTransmit(bytes, out TimeSpan wait);
                if (count > 0)
                {
                    await port.WriteAsync(bytes.AsMemory(0, count), cancellation).ConfigureAwait(false);
                }
                else
                {
                    await _line.Line.WaitAsync(wait, cancellation).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is SerialPortException or OperationCanceledException or ObjectDisposedException)
        {
            // As above.
        }
    }

    /// <summary>Serves one session after the other; a new one ends that before it.</summary>
    private async Task ServeAsync(CancellationToken cancellation)
    {
        Task serving = Task.CompletedTask;
        uint served = 0;
        SerialSessionState said = SerialSessionState.Closed;
        while (true)
        {
            (SerialSessionState state, uint number, SerialCloseReason reason) = _line.Read();
            if (state == SerialSessionState.Requested && number != served)
            {
                await serving.ConfigureAwait(false);
                served = number;
                serving = ServeOneAsync(number, cancellation);
            }

            bool isOpen = state == SerialSessionState.Open;
            if (isOpen != (said == SerialSessionState.Open))
            {
                report.Say(isOpen, reason);
            }

            said = state;
            try
            {
                await _line.Session.WaitAsync(Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                await serving.ConfigureAwait(false);
                throw;
            }
        }
    }

    private async Task ServeOneAsync(uint number, CancellationToken cancellation)
    {
        if (await new GatewaySession(_line, number, options.Gateway).RunAsync(cancellation).ConfigureAwait(false) is { } problem)
        {
            report.NoGateway(options.Gateway, problem);
        }
    }

    private async Task CountAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(options.Every, cancellation).ConfigureAwait(false);
            report.Say(_line.Count());
        }
    }
}
