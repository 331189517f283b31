using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
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

    private static readonly TimeSpan s_bootTime = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _watch = Stopwatch.StartNew();

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
            throw new CommandFailure(e.Message);
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
        using ISerialPort port = ports.Open(options.Port, new(options.BaudRate));
        port.DiscardInput();
        var watch = new BootWatch();
        await using var client = new WireProtocolClient(port, watch);
        var deployer = new Deployer(client);
        DeployPlan plan = await deployer.PlanAsync(image, cancellation).ConfigureAwait(false);
        bool hasBooted = false;
        if (!options.IsDryRun)
        {
            hasBooted = await ProgressBar.ShowAsync("deploying", async tell =>
            {
                await deployer.DeployAsync(plan, new Teller(tell, watch), cancellation).ConfigureAwait(false);
                return await Task.WhenAny(watch.Booted, Task.Delay(s_bootTime, cancellation)).ConfigureAwait(false)
                    == watch.Booted;
            }).ConfigureAwait(false);
        }

        Say(image, plan, hasBooted);
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
        Console.WriteLine(options.IsDryRun
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"fits      {size}; erase from 0x{plan.Regions[0].Start:X}, {plan.Writes.Count + 1} writes, the last one "
                + $"at 0x{plan.Seal.Address:X}; nothing was written")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"deployed  {size}, verified, in {_watch.Elapsed.TotalSeconds:0.0} s; the board "
                + (hasBooted ? "has restarted" : "was told to restart and has not said so yet")));
    }

    private async Task RunNanoffAsync(string path, DeploymentImage image, CancellationToken cancellation)
    {
        string line = "nanoff " + string.Join(' ', NanoffDeployment.Arguments(options.Port, path).Select(Quote));
        if (!options.IsDryRun)
        {
            await NanoffDeployment.RunAsync(options.Port, path, Console.Error.WriteLine, cancellation)
                .ConfigureAwait(false);
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

    private static string Quote(string argument) =>
        argument.Any(char.IsWhiteSpace) ? $"'{argument}'" : argument;

    private sealed class Teller(Action<double> tell, BootWatch watch) : IProgress<DeployProgress>
    {
        public void Report(DeployProgress value)
        {
            watch.IsArmed |= value.Step == DeployStep.Reboot;
            tell(Share(value));
        }
    }
}
