using WhispurrNet.Cli.Flash.Nanoff;
using WhispurrNet.Cli.Output;

namespace WhispurrNet.Cli.Flash;

/// <summary>
/// Writes the configuration of a backup back to a board: Wi-Fi, certificates, files. Only where the board has it at
/// the same place: another version of the runtime may have moved it, and then this would overwrite something else. To
/// know that, the board's flash is read first.
/// </summary>
internal sealed class ConfigurationRestore(FlashOptions options, FlashRun run)
{
    private const string PartitionName = "config";
    private const int MaxFlashSize = 64 * 1024 * 1024;

    /// <summary>The calls of nanoff that it makes, with a folder for files that nobody else may read.</summary>
    public static (NanoffCall Read, NanoffCall Write) Calls(FlashOptions options, string folder, Partition part) => (
        NanoffCall.Backup(options.Port, options.BaudRate, Path.Combine(folder, "flash.bin")),
        NanoffCall.WriteAt(options.Port, options.BaudRate, Path.Combine(folder, "config.bin"), part.Address));

    /// <summary>Where a backup has its configuration.</summary>
    /// <exception cref="CommandFailure">It is no backup, or has none.</exception>
    public static Partition Read(string file) => Find(ReadFlash(file), file);

    /// <summary>Does it.</summary>
    public async Task RunAsync(string backup, CancellationToken cancellation)
    {
        byte[] then = ReadFlash(backup);
        Partition part = Find(then, backup);

        // Both hold passwords; a folder for temporary files is the user's alone.
        string folder = Directory.CreateTempSubdirectory("whispurr-").FullName;
        try
        {
            (NanoffCall read, NanoffCall write) = Calls(options, folder, part);
            await run.CallAsync(read, null, cancellation).ConfigureAwait(false);
            if (Read(Path.Combine(folder, "flash.bin")) is var now && now != part)
            {
                throw new CommandFailure(
                    $"The board has its configuration at 0x{now.Address:X}, and the backup at 0x{part.Address:X}: it "
                    + "is of another image, and is not restored.");
            }

            await File.WriteAllBytesAsync(
                Path.Combine(folder, "config.bin"), then.AsMemory((int)part.Address, (int)part.Size), cancellation)
                .ConfigureAwait(false);
            await run.CallAsync(write, null, cancellation).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] ReadFlash(string file)
    {
        try
        {
            return new FileInfo(file).Length is > 0 and <= MaxFlashSize
                ? File.ReadAllBytes(file)
                : throw new CommandFailure($"{file} is no backup of a flash.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"{file} cannot be read: {e.Message}");
        }
    }

    private static Partition Find(byte[] flash, string file)
    {
        Partition? part = PartitionTable.Read(flash).FirstOrDefault(p => p.Name == PartitionName);
        return part is not null && (long)part.Address + part.Size <= flash.Length
            ? part
            : throw new CommandFailure($"{file} is no backup of a flash: it has no configuration.");
    }
}
