using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Serial;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Cli.Bench;

/// <summary>Restarts the program of operations on a real board and reads over its cable what it prints.</summary>
internal static class BoardBench
{
    private const string Provider = "board";

    /// <summary>Waits for all operations.</summary>
    /// <param name="counted">What was counted here.</param>
    /// <param name="portName">The port the board is on.</param>
    /// <param name="baudRate">Its rate.</param>
    /// <param name="silence">How long the board may say nothing.</param>
    /// <param name="report">Is told of every operation that is done.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SettingException">The port cannot be used.</exception>
    /// <exception cref="CommandFailure">The board did not come to the end.</exception>
    public static async Task<IReadOnlyList<BenchRow>> RunAsync(
        IReadOnlyList<Counted> counted,
        string portName,
        int baudRate,
        TimeSpan silence,
        Action<string> report,
        CancellationToken cancellation)
    {
        try
        {
            using ISerialPort port = SerialPorts.ForThisSystem.Open(portName, new SerialPortOptions(baudRate));
            var output = new ProgramOutput();
            var client = new WireProtocolClient(port, output);
            await using (client.ConfigureAwait(false))
            {
                await RestartAsync(client, cancellation).ConfigureAwait(false);
                output.Forget();
                CostLines lines = new();
                while (!lines.IsDone)
                {
                    string line = await output.ReadLineAsync(silence, client.Ended, cancellation).ConfigureAwait(false)
                        ?? throw new CommandFailure(
                            $"The board on {portName} did not come to the end of its operations; is {ProgramName} deployed there?");
                    if (lines.Take(line) is { } name)
                    {
                        report(name);
                    }
                }

                return lines.ToRows(counted, Provider);
            }
        }
        catch (SerialPortException e)
        {
            throw new SettingException(e.Message);
        }
    }

    private static string ProgramName => Instrumentation.DeviceCode.Program;

    /// <summary>The program runs once after a start. A board that does not answer may be restarted by hand.</summary>
    private static async Task RestartAsync(WireProtocolClient client, CancellationToken cancellation)
    {
        try
        {
            await client.PingAsync(cancellation: cancellation).ConfigureAwait(false);
            await client.RebootAsync(RebootModes.ClrOnly, cancellation).ConfigureAwait(false);
        }
        catch (WireProtocolException)
        {
            await Console.Error.WriteLineAsync("whispurr: the board does not answer; press its reset button")
                .ConfigureAwait(false);
        }
    }
}
