using System.Buffers.Binary;
using System.Text;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.DeviceImages;

/// <summary>An assembly that lies on a board.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
public sealed record DeployedAssembly(string Name, ReleaseVersion Version);

/// <summary>
/// Asks a board which assemblies lie in its flash for programs, by their headers and names alone: two short requests an
/// assembly, where reading the partition would take half a minute.
/// </summary>
public static class DeployedProgram
{
    // Bounds what damaged flash can make this read; no board has room for more.
    private const int MaxAssemblies = 64;
    private const int MaxNameBytes = 64;

    /// <summary>
    /// The assemblies one behind the other from the start of the partition, up to the first place without a good header.
    /// Empty when nothing is deployed, or when the firmware does not let its flash be read.
    /// </summary>
    /// <exception cref="WireProtocolException">The board does not answer.</exception>
    public static async Task<IReadOnlyList<DeployedAssembly>> ReadAsync(
        WireProtocolClient client, CancellationToken cancellation = default)
    {
        IReadOnlyList<FlashSector> sectors = await client.GetFlashSectorsAsync(cancellation).ConfigureAwait(false);
        FlashSector[] regions =
            [.. sectors.Where(s => s.Usage == FlashUsage.Deployment && s.Length > 0).OrderBy(s => s.Start)];
        var found = new List<DeployedAssembly>();
        if (regions.Length == 0)
        {
            return found;
        }

        ulong end = regions.Max(s => s.Start + s.Length);
        ulong at = regions[0].Start;
        while (found.Count < MaxAssemblies && at + PeLayout.HeaderBytes <= end)
        {
            byte[] header = await client.ReadMemoryAsync(
                new((uint)at, PeLayout.HeaderBytes), cancellation).ConfigureAwait(false);
            if (header.Length < PeLayout.HeaderBytes || !PeLayout.IsGoodHeader(header))
            {
                break;
            }

            uint size = PeLayout.Size(header);
            if (size < PeLayout.HeaderBytes || at + size > end)
            {
                break;
            }

            string name = await ReadNameAsync(client, (uint)at, size, header, cancellation).ConfigureAwait(false);
            found.Add(new(name, ReleaseVersion.Read(header.AsSpan(PeLayout.VersionAt))));
            at += (size + DeviceAssembly.Alignment - 1) / DeviceAssembly.Alignment * DeviceAssembly.Alignment;
        }

        return found;
    }

    private static async Task<string> ReadNameAsync(
        WireProtocolClient client, uint address, uint size, byte[] header, CancellationToken cancellation)
    {
        ushort index = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(PeLayout.NameAt));
        if (index >= PeLayout.FirstFirmwareString)
        {
            return index == PeLayout.CoreLibraryString ? DeviceAssembly.CoreLibrary : "System.Threading";
        }

        ulong start = (ulong)PeLayout.TableStart(header, PeLayout.StringsTable) + index;
        if (start >= size)
        {
            return string.Empty;
        }

        byte[] text = await client.ReadMemoryAsync(
            new(address + (uint)start, (uint)Math.Min(MaxNameBytes, size - start)), cancellation).ConfigureAwait(false);
        int length = Array.IndexOf(text, (byte)0);
        return length < 0 ? string.Empty : Encoding.UTF8.GetString(text, 0, length);
    }
}
