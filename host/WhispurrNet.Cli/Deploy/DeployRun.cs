using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using WhispurrNet.Cli.Flash;
using WhispurrNet.Cli.Flash.Nanoff;
using WhispurrNet.Cli.Output;
using WhispurrNet.Cli.Simulate;
using WhispurrNet.DeviceImages;
using WhispurrNet.DeviceImages.Deploying;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Serial;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Cli.Deploy;

/// <summary>One deployment, from the image to the board that runs it.</summary>
internal sealed class DeployRun(DeployOptions options, ISerialPorts ports)
{
    // How much of the time the steps take, as a rule.
    private const double EraseShare = 0.2;
    private const double WriteShare = 0.75;

    // As the images of the ESP32 have them, the most frequent first.
    private static readonly int[] s_rates = [921_600, 115_200, 460_800];

    private static readonly TimeSpan s_pingTime = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan s_bootTime = TimeSpan.FromSeconds(5);

    private const string Unfinished = "The board may hold no program now: deploy again.";

    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private bool _hasBegun;

    /// <summary>Deploys, or only says what would be done.</summary>
    /// <exception cref="SettingException">The image is none.</exception>
    /// <exception cref="CommandFailure">It cannot be deployed.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        string path = options.Image
            ?? await ImageBuilder.BuildAsync(options.Project!, cancellation).ConfigureAwait(false);
        DeploymentImage image = Read(path);
        try
        {
            await (options.ViaNanoff ? RunNanoffAsync(path, image, cancellation) : RunWireAsync(image, cancellation))
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is DeployException or WireProtocolException or SerialPortException)
        {
            throw new CommandFailure(e is DeployException || !_hasBegun ? e.Message : $"{e.Message} {Unfinished}");
        }
        catch (OperationCanceledException)
        {
            throw new CommandFailure(_hasBegun ? $"Interrupted. {Unfinished}" : "Interrupted; nothing was written.");
        }
    }

    private static DeploymentImage Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(File.Exists(path)
                ? $"The image '{path}' cannot be read."
                : $"There is no image '{path}'.");
        }

        return DeploymentImage.TryRead(bytes, out string? problem)
            ?? throw new SettingException($"'{path}' is no image to deploy: {problem}");
    }

    private static double Share(DeployProgress progress)
    {
        double part = progress.Total == 0 ? 1 : (double)progress.Done / progress.Total;
        return progress.Step switch
        {
            DeployStep.Erase => part * EraseShare,
            DeployStep.Write => EraseShare + (part * WriteShare),
            _ => EraseShare + WriteShare,
        };
    }

    private async Task RunWireAsync(DeploymentImage image, CancellationToken cancellation)
    {
        int[] rates = options.BaudRate is { } rate ? [rate] : s_rates;
        using ISerialPort port = ports.Open(options.Port, new(rates[0]));
        port.DiscardInput();
        var watch = new BootWatch();
        await using var client = new WireProtocolClient(port, watch);
        await FindRateAsync(client, port, rates, cancellation).ConfigureAwait(false);
        var deployer = new Deployer(client);
        DeployPlan plan = await deployer.PlanAsync(image, cancellation).ConfigureAwait(false);
        bool hasBooted = false;
        if (!options.IsDryRun)
        {
            _hasBegun = true;
            hasBooted = await ProgressBar.ShowAsync("deploying", async tell =>
            {
                await deployer.DeployAsync(plan, new Teller(tell, watch), cancellation).ConfigureAwait(false);
                return await Task.WhenAny(watch.Booted, Task.Delay(s_bootTime, cancellation)).ConfigureAwait(false)
                    == watch.Booted;
            }).ConfigureAwait(false);
        }

        Say(image, plan, hasBooted);
    }

    private async Task FindRateAsync(
        WireProtocolClient client, ISerialPort port, int[] rates, CancellationToken cancellation)
    {
        foreach (int rate in rates)
        {
            port.BaudRate = rate;
            try
            {
                await client.PingAsync(timeout: s_pingTime, cancellation: cancellation).ConfigureAwait(false);
                return;
            }
            catch (WireProtocolException e) when (e.Failure == WireFailure.NoAnswer)
            {
                // At the next rate, then.
            }
        }

        throw new CommandFailure(
            $"No board answers on {options.Port} at {string.Join(", ", rates)} bits a second. Is it running "
            + "nanoFramework, and is no other program on the port?");
    }

    private void Say(DeploymentImage image, DeployPlan plan, bool hasBooted)
    {
        TargetInfo target = plan.Target;
        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                port = options.Port,
                target = target.Target,
                clr = target.Clr.ToString(),
                assemblies = image.Parts.Select(p => new
                {
                    name = p.Assembly.Name,
                    version = p.Assembly.Version.ToString(),
                    bytes = p.Assembly.Bytes,
                }),
                bytes = image.Bytes.Length,
                capacity = plan.Capacity,
                writes = plan.Writes.Count + 1,
                written = !options.IsDryRun,
                restarted = hasBooted,
                seconds = Math.Round(_watch.Elapsed.TotalSeconds, 1),
            }));
            return;
        }

        Console.WriteLine($"board     {target.Target}, firmware {target.Clr}, on {options.Port}");
        foreach (ImagePart part in image.Parts)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"assembly  {part.Assembly.Name} {part.Assembly.Version}, {part.Assembly.Bytes:N0} bytes"));
        }

        string size = string.Create(
            CultureInfo.InvariantCulture, $"{image.Bytes.Length:N0} of {plan.Capacity:N0} bytes");
        string restart = hasBooted ? "has restarted" : "was told to restart and has not said so yet";
        string seconds = _watch.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        Console.WriteLine(options.IsDryRun
            ? $"fits      {size}; {plan.Writes.Count + 1} writes, the last one at 0x{plan.Seal.Address:X}; "
                + "nothing was written"
            : $"deployed  {size}, verified, in {seconds} s; the board {restart}");
    }

    private async Task RunNanoffAsync(string path, DeploymentImage image, CancellationToken cancellation)
    {
        NanoffCall call = NanoffCall.Deploy(options.Port, path);
        NanoffTool tool = options.IsDryRun ? new("nanoff", []) : NanoffTool.Find(null);
        string line = CommandLineText.Of(tool, call);
        if (!options.IsDryRun)
        {
            var output = new PlainFlashOutput(Console.Error);
            var run = new FlashRun(new() { Port = options.Port }, tool, ports, output, FlashRun.DefaultSilence);
            await run.CallAsync(call, null, cancellation).ConfigureAwait(false);
        }

        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                port = options.Port,
                command = line,
                bytes = image.Bytes.Length,
                written = !options.IsDryRun,
                seconds = Math.Round(_watch.Elapsed.TotalSeconds, 1),
            }));
        }
        else
        {
            Console.WriteLine(options.IsDryRun ? line : $"deployed  {image.Bytes.Length} bytes by nanoff");
        }
    }

    private sealed class Teller(Action<double> tell, BootWatch watch) : IProgress<DeployProgress>
    {
        public void Report(DeployProgress value)
        {
            watch.IsArmed |= value.Step == DeployStep.Reboot;
            tell(Share(value));
        }
    }
}
