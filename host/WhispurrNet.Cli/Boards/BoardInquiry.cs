using WhispurrNet.DeviceImages;
using WhispurrNet.Serial;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Cli.Boards;

/// <summary>How a board is asked.</summary>
/// <param name="Ask">Whether to ask at all, which changes how it prints until it restarts.</param>
/// <param name="Listen">How long to listen first, without sending anything.</param>
/// <param name="BaudRates">Bits a second to try, in this order.</param>
internal sealed record InquiryOptions(bool Ask, TimeSpan Listen, IReadOnlyList<int> BaudRates)
{
    /// <summary>Those of the firmware's images, the usual first.</summary>
    public static IReadOnlyList<int> UsualBaudRates { get; } = [921_600, 115_200];
}

/// <summary>Hears and asks a board over its cable. Touches no control line.</summary>
internal sealed class BoardInquiry(ISerialPorts ports, InquiryOptions options)
{
    private static readonly WireClientOptions s_patience = new(TimeSpan.FromMilliseconds(700), 2);

    /// <summary>Asks one; trouble with it is part of the answer.</summary>
    public async Task<BoardAnswer> RunAsync(string portName, CancellationToken cancellation)
    {
        try
        {
            return await RunOnPortAsync(portName, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SerialPortException or WireProtocolException)
        {
            return new BoardAnswer { Trouble = e.Message };
        }
    }

    private async Task<BoardAnswer> RunOnPortAsync(string portName, CancellationToken cancellation)
    {
        var said = new OwnLines();
        var answer = new BoardAnswer { Trouble = options.Ask ? "Nothing answered." : null };
        using ISerialPort port = ports.Open(portName, new SerialPortOptions(options.BaudRates[0]));
        foreach (int baudRate in options.BaudRates)
        {
            port.BaudRate = baudRate;
            await using var client = new WireProtocolClient(port, said, s_patience);
            await ListenAsync(client, cancellation).ConfigureAwait(false);
            if (!options.Ask)
            {
                // One rate is enough for listening: at the other nobody knows how long to wait.
                break;
            }

            try
            {
                answer = await AskAsync(client, baudRate, cancellation).ConfigureAwait(false);
                break;
            }
            catch (WireProtocolException e) when (e.Failure == WireFailure.NoAnswer)
            {
                // Perhaps at the next rate.
            }
        }

        return said.AddTo(answer with { BaudRate = answer.BaudRate ?? (said.HeardText ? options.BaudRates[0] : null) });
    }

    private async Task ListenAsync(WireProtocolClient client, CancellationToken cancellation)
    {
        if (options.Listen > TimeSpan.Zero)
        {
            Task over = Task.Delay(options.Listen, cancellation);
            await Task.WhenAny(over, client.Ended).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static async Task<BoardAnswer> AskAsync(
        WireProtocolClient client, int baudRate, CancellationToken cancellation)
    {
        PingPayload ping = await client.PingAsync(cancellation: cancellation).ConfigureAwait(false);
        var answer = new BoardAnswer
        {
            BaudRate = baudRate,
            IsBooter = ping.Source == PingSource.Booter,
            Firmware = await client.GetTargetInfoAsync(cancellation).ConfigureAwait(false),
        };
        try
        {
            return answer with
            {
                Program = await DeployedProgram.ReadAsync(client, cancellation).ConfigureAwait(false),
            };
        }
        catch (WireProtocolException e) when (e.Failure != WireFailure.PortLost)
        {
            // Firmware that does not show its flash still has said what it is.
            return answer;
        }
    }
}
