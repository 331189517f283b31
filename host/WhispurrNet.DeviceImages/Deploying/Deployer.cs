using WhispurrNet.WireProtocol;

namespace WhispurrNet.DeviceImages.Deploying;

/// <summary>
/// Puts a program onto a board. It looks first and writes then; it may be interrupted anywhere and done again.
/// </summary>
/// <param name="client">The board.</param>
public sealed class Deployer(WireProtocolClient client)
{
    private const int Rounds = 3;

    /// <summary>Asks the board what it is and whether the image fits it. Writes nothing.</summary>
    /// <exception cref="DeployException">It does not fit: the message names every reason.</exception>
    /// <exception cref="WireProtocolException">The board does not answer.</exception>
    public async Task<DeployPlan> PlanAsync(DeploymentImage image, CancellationToken cancellation = default)
    {
        await client.PingAsync(cancellation: cancellation).ConfigureAwait(false);
        TargetInfo target = await client.GetTargetInfoAsync(cancellation).ConfigureAwait(false);
        ClrFeatures features = await client.GetClrFeaturesAsync(cancellation).ConfigureAwait(false);
        IReadOnlyList<NativeAssembly> natives =
            await client.GetNativeAssembliesAsync(cancellation).ConfigureAwait(false);
        IReadOnlyList<string> reasons = NativeCheck.Compare(image.Parts, natives);
        if (reasons.Count > 0)
        {
            throw new DeployException(
                $"The image does not fit {target.Target} {target.Clr}: {string.Join(" ", reasons)} "
                + "Nothing was written.");
        }

        IReadOnlyList<FlashSector> sectors = await client.GetFlashSectorsAsync(cancellation).ConfigureAwait(false);
        return DeployPlan.Create(image, target, features, sectors, client.MaxPayload);
    }

    /// <summary>Carries a plan out.</summary>
    /// <exception cref="DeployException">The flash refuses, or does not keep what is written.</exception>
    /// <exception cref="WireProtocolException">The board does not answer any more.</exception>
    public async Task DeployAsync(
        DeployPlan plan, IProgress<DeployProgress>? progress = null, CancellationToken cancellation = default)
    {
        // The program is executed in place, out of the flash that is about to be erased.
        await client.ChangeConditionsAsync(set: ExecutionConditions.Stopped, cancellation: cancellation)
            .ConfigureAwait(false);
        for (int round = 1; !await TryWriteAsync(plan, progress, cancellation).ConfigureAwait(false); round++)
        {
            if (round == Rounds)
            {
                throw new DeployException(
                    $"The flash does not hold what was written, {Rounds} times over; no program is on the board now.");
            }
        }

        progress?.Report(new(DeployStep.Reboot, 0, 1));
        await client.RebootAsync(
            (plan.Features & ClrFeatures.SoftReboot) != 0 ? RebootModes.ClrOnly : RebootModes.Normal, cancellation)
            .ConfigureAwait(false);
        progress?.Report(new(DeployStep.Reboot, 1, 1));
    }

    private async Task<bool> TryWriteAsync(
        DeployPlan plan, IProgress<DeployProgress>? progress, CancellationToken cancellation)
    {
        await EraseAsync(plan, progress, cancellation).ConfigureAwait(false);
        long total = plan.Writes.Sum(w => w.Data.Length);
        long done = 0;
        foreach (FlashWrite write in plan.Writes)
        {
            await WriteAsync(write, cancellation).ConfigureAwait(false);
            done += write.Data.Length;
            progress?.Report(new(DeployStep.Write, done, total));
        }

        if (!await VerifyAsync(plan, isSealed: false, progress, cancellation).ConfigureAwait(false))
        {
            return false;
        }

        await WriteAsync(plan.Seal, cancellation).ConfigureAwait(false);
        progress?.Report(new(DeployStep.Seal, plan.Seal.Data.Length, plan.Seal.Data.Length));
        return await VerifyAsync(plan, isSealed: true, progress, cancellation).ConfigureAwait(false);
    }

    // All of it, from the start: what lay behind the image would be found by the firmware, and where the whole
    // partition is one block nothing may be erased once something is written.
    private async Task EraseAsync(
        DeployPlan plan, IProgress<DeployProgress>? progress, CancellationToken cancellation)
    {
        long done = 0;
        foreach (FlashSector region in plan.Regions)
        {
            for (uint block = 0; block < region.Blocks; block++)
            {
                uint address = region.Start + (block * region.BytesPerBlock);
                Check(
                    await client.EraseMemoryAsync(new(address, region.BytesPerBlock), cancellation)
                        .ConfigureAwait(false),
                    "erased",
                    address);
                done += region.BytesPerBlock;
                progress?.Report(new(DeployStep.Erase, done, (long)plan.Capacity));
            }
        }
    }

    private async Task WriteAsync(FlashWrite write, CancellationToken cancellation) => Check(
        await client.WriteMemoryAsync(write.Address, write.Data, cancellation).ConfigureAwait(false),
        "written",
        write.Address);

    private async Task<bool> VerifyAsync(
        DeployPlan plan, bool isSealed, IProgress<DeployProgress>? progress, CancellationToken cancellation)
    {
        foreach ((MemoryRange range, uint crc) in plan.Checks(isSealed))
        {
            if (await client.CheckMemoryAsync(range, cancellation).ConfigureAwait(false) != crc)
            {
                return false;
            }
        }

        progress?.Report(new(DeployStep.Verify, plan.Image.Length, plan.Image.Length));
        return true;
    }

    private static void Check(MemoryStatus status, string what, uint address)
    {
        if (status != MemoryStatus.Done)
        {
            string reason = status switch
            {
                MemoryStatus.PermissionDenied => "the firmware does not permit it",
                MemoryStatus.NoBuffer => "the board has no memory left",
                MemoryStatus.Failed => "the flash refused",
                _ => $"status 0x{(uint)status:X}",
            };
            throw new DeployException(
                $"The flash at 0x{address:X8} could not be {what}: {reason}. Deploy again; until then no program runs.");
        }
    }
}
