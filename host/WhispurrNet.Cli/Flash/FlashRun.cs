using WhispurrNet.Cli.Flash.Choice;
using WhispurrNet.Cli.Flash.Nanoff;
using WhispurrNet.Cli.Output;
using WhispurrNet.Serial;

namespace WhispurrNet.Cli.Flash;

/// <summary>Flashes one board: asks which chip it has, picks the image, and has nanoff write it.</summary>
internal sealed class FlashRun(
    FlashOptions options, NanoffTool tool, ISerialPorts ports, IFlashOutput output, TimeSpan silence)
{
    /// <summary>
    /// How long nanoff may be silent. It erases a whole flash without a word: 40 s are usual for 16 MB, and slow chips
    /// take several times as long.
    /// </summary>
    public static TimeSpan DefaultSilence { get; } = TimeSpan.FromMinutes(5);

    // How long a board's runtime takes to start after it was written.
    private static readonly TimeSpan s_startTime = TimeSpan.FromSeconds(3);

    private readonly NanoffProcess _nanoff = new(tool, silence);

    /// <summary>Does all of it.</summary>
    /// <returns>The image that was written, or null when only a configuration was restored.</returns>
    /// <exception cref="CommandFailure">It failed, or was interrupted.</exception>
    public async Task<Target?> RunAsync(CancellationToken cancellation)
    {
        CheckPort();
        if (options.Restore is { } backup)
        {
            await new ConfigurationRestore(options, this).RunAsync(backup, cancellation).ConfigureAwait(false);
            return null;
        }

        // First what costs nothing to refuse.
        Target? named = options.Target is { } name ? TargetChoice.Named(name) : null;
        ChipDetails? chip = await AskAsync(named, cancellation).ConfigureAwait(false);
        Target target = named ?? TargetChoice.For(chip!);
        if (chip is not null)
        {
            TargetChoice.CheckFits(target, chip);
        }

        if (options.Address is { } address)
        {
            DeploymentAddress.Check(target.Name, address);
        }

        output.Choose(target, chip);
        await CallAsync(NanoffCall.Update(options, target.Name), target.Name, cancellation).ConfigureAwait(false);
        if (options.Image is { } image)
        {
            await DeployAsync(image, target.Name, cancellation).ConfigureAwait(false);
        }

        return target;
    }

    /// <summary>The runs of nanoff that <see cref="RunAsync"/> would make, without making any.</summary>
    public static IReadOnlyList<NanoffCall> Plan(FlashOptions options)
    {
        const string ByChip = "TARGET";
        string target = options.Target is { } name ? TargetChoice.Named(name).Name : ByChip;
        var calls = new List<NanoffCall>();
        if (options.Restore is { } restore)
        {
            (NanoffCall read, NanoffCall write) = ConfigurationRestore.Calls(
                options, Path.Combine(Path.GetTempPath(), "whispurr-"), ConfigurationRestore.Read(restore));
            return [read, write];
        }

        if (options.Backup is { } backup)
        {
            calls.Add(NanoffCall.Backup(options.Port, options.BaudRate, backup));
        }
        else if (options.Target is null)
        {
            calls.Add(NanoffCall.Details(options.Port));
        }

        calls.Add(NanoffCall.Update(options, target));
        if (options.Image is { } image)
        {
            if (options.Address is { } address && target != ByChip)
            {
                DeploymentAddress.Check(target, address);
            }

            calls.Add(Deployment(options, image));
        }

        return calls;
    }

    /// <summary>Runs nanoff once, and makes sure that it did what it was for.</summary>
    /// <returns>The chip, if nanoff told it.</returns>
    public async Task<ChipDetails?> CallAsync(NanoffCall call, string? target, CancellationToken cancellation)
    {
        ChipDetails? chip = null;
        NanoffEvent.Failed? failure = null;
        bool done = false;
        output.Begin(call, CommandLineText.Of(tool, call));
        int code;
        try
        {
            code = await _nanoff.RunAsync(call.Arguments, Take, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new CommandFailure(
                $"Interrupted while {call.Purpose}: " + (call.Writes
                    ? "the board may not start before it is flashed again, which works as it did now."
                    : "nothing was written to the board."));
        }

        // The text, not the exit code: of E4096 Linux would leave 0.
        if (failure is not null)
        {
            throw new CommandFailure(NanoffAdvice.For(failure, options.Port, target));
        }

        // Told to write less, as on Windows, it does not say that it is done; there the exit code is whole.
        if (!done && (OperatingSystem.IsWindows() ? code != 0 : true))
        {
            throw new CommandFailure(
                $"nanoff ended (exit code {code}) while {call.Purpose}, and did not say that it was done"
                + (call.Writes ? ": the board may not start before it is flashed again." : "."));
        }

        return chip;

        void Take(NanoffEvent said)
        {
            switch (said)
            {
                case NanoffEvent.Connected connected:
                    chip = connected.Chip;
                    break;
                case NanoffEvent.Failed failed:
                    failure ??= failed;
                    break;
                case NanoffEvent.Ended ended when ended.Step == call.LastStep:
                    done = ended.Good;
                    break;
            }

            output.Tell(said);
        }
    }

    /// <summary>Asks which chip there is when somebody has to know, and reads the backup on that occasion.</summary>
    private async Task<ChipDetails?> AskAsync(Target? named, CancellationToken cancellation)
    {
        if (options.Backup is { } backup)
        {
            ChipDetails? chip = await CallAsync(
                NanoffCall.Backup(options.Port, options.BaudRate, backup), null, cancellation).ConfigureAwait(false);
            CheckBackup(backup);
            return chip ?? throw Silent();
        }

        return named is not null
            ? null
            : await CallAsync(NanoffCall.Details(options.Port), null, cancellation).ConfigureAwait(false)
                ?? throw Silent();
    }

    private static CommandFailure Silent() => new("nanoff did not say which chip the board has: name the image by --target.");

    private static void CheckBackup(string backup)
    {
        if (!File.Exists(backup) || new FileInfo(backup).Length == 0)
        {
            throw new CommandFailure($"nanoff wrote no backup to {backup}; nothing was changed.");
        }

        if (!OperatingSystem.IsWindows())
        {
            // It holds the board's passwords.
            File.SetUnixFileMode(backup, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private async Task DeployAsync(string image, string target, CancellationToken cancellation)
    {
        if (options.Address is null)
        {
            // Asked over its own protocol, it has to be running.
            await Task.Delay(s_startTime, cancellation).ConfigureAwait(false);
        }

        await CallAsync(Deployment(options, image), target, cancellation).ConfigureAwait(false);
    }

    private static NanoffCall Deployment(FlashOptions options, string image) => options.Address is { } address
        ? NanoffCall.WriteAt(options.Port, options.BaudRate, image, address)
        : NanoffCall.Deploy(options.Port, image);

    /// <summary>nanoff says of every trouble with a port that it "couldn't open"; this says which.</summary>
    private void CheckPort()
    {
        try
        {
            ports.Open(options.Port, new SerialPortOptions(BaudRate: 115_200)).Dispose();
        }
        catch (SerialPortException e)
        {
            throw new CommandFailure(e.Message);
        }
    }
}
