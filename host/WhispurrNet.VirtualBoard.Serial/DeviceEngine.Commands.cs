using System.Buffers.Binary;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Virtual.Serial;

/// <content>The commands (nf-interpreter: <c>Debugger.cpp</c>, <c>Debugger_full.cpp</c>).</content>
public sealed partial class DeviceEngine
{
    // An assembly's number stands in the upper half of what names it; types and methods have the lower half.
    private const int AssemblyShift = 16;

    // What the CLR found when it started.
    private IReadOnlyList<LoadedAssembly> _loaded = [];

    private void Execute(in PacketHeader request, ReadOnlySpan<byte> payload)
    {
        if (request.IsNack)
        {
            return;
        }

        if (request.IsReply)
        {
            if (request.Command == Command.Ping)
            {
                _conditions |= ExecutionConditions.Enabled;
            }

            return;
        }

        switch (request.Command)
        {
            case Command.Ping:
                _conditions |= ExecutionConditions.Enabled;
                Reply(request, true, new PingPayload(PingSource.Clr, StateOfPing()).ToPayload());
                break;
            case Command.TargetInfo:
                Reply(request, true, _description.Target.ToPayload());
                break;
            case Command.MemoryMap:
                Reply(request, true, MemoryMapEntry.ToPayload(
                [
                    new(_description.Ram, MemoryKind.Ram), new(FlashRange(), MemoryKind.Flash),
                ]));
                break;
            case Command.FlashSectorMap:
                Reply(request, true, FlashSector.ToPayload(_description.Sectors));
                break;
            case Command.DeploymentMap:
                Reply(request, true, []);
                break;
            case Command.ReadMemory or Command.WriteMemory or Command.CheckMemory or Command.EraseMemory:
                AccessMemory(request, payload);
                break;
            case Command.QueryConfiguration:
                QueryConfiguration(request, payload);
                break;
            case Command.UpdateConfiguration:
                UpdateConfiguration(request, payload);
                break;
            case Command.StorageOperation:
                AccessStorage(request, payload);
                break;
            case Command.Reboot:
                Reboot(request, payload);
                break;
            case Command.ChangeConditions:
                ChangeConditions(request, payload);
                break;
            case Command.QueryClrCapabilities:
                QueryCapabilities(request, payload);
                break;
            case Command.Assemblies:
                Reply(request, true, [.. _loaded.SelectMany((_, i) => Word((uint)(i + 1) << AssemblyShift))]);
                break;
            case Command.ResolveAssembly:
                int number = payload.Length >= sizeof(uint)
                    ? (int)(BinaryPrimitives.ReadUInt32LittleEndian(payload) >> AssemblyShift)
                    : 0;
                bool isThere = number > 0 && number <= _loaded.Count;
                Reply(request, isThere, isThere ? _loaded[number - 1].ToPayload() : []);
                break;
            default:
                Reply(request, false, []);
                break;
        }
    }

    private PingFlags StateOfPing() => _description.PingFlags
        | ((_conditions & ExecutionConditions.ProgramExited) != 0 ? PingFlags.ProgramExited : PingFlags.None);

    private MemoryRange FlashRange()
    {
        uint start = _description.Sectors.Min(s => s.Start);
        ulong end = _description.Sectors.Max(s => s.Start + s.Length);
        return new(start, (uint)(end - start));
    }

    private void AccessMemory(in PacketHeader request, ReadOnlySpan<byte> payload)
    {
        if (!MemoryRange.TryRead(payload, out MemoryRange range))
        {
            Reply(request, false, []);
            return;
        }

        ReadOnlySpan<byte> data = payload[MemoryRange.Bytes..];
        bool changes = request.Command is Command.EraseMemory or Command.WriteMemory && _memory.IsDeployment(range);
        _isResident &= !changes;
        if (changes && (_conditions & (ExecutionConditions.Stopped | ExecutionConditions.ProgramRunning))
            == ExecutionConditions.ProgramRunning)
        {
            PulledAway++;
        }

        if (changes && (_conditions & ExecutionConditions.ProgramRunning) != 0)
        {
            // It is executed in place: from here on there is nothing left to execute.
            _host.StopProgram();
        }

        switch (request.Command)
        {
            case Command.ReadMemory:
                range = range with { Length = Math.Min(range.Length, PacketHeader.MaxDevicePayload) };
                byte[] answer = new byte[4 + range.Length];
                _memory.Read(range, answer.AsSpan(4));
                Reply(request, true, answer);
                break;
            case Command.CheckMemory:
                uint? crc = _memory.Check(range);
                Reply(request, crc is not null, Word(crc ?? 0));
                break;
            case Command.EraseMemory:
                Reply(request, true, Word((uint)_memory.Erase(range)));
                break;
            default:
                MemoryStatus status = data.Length < range.Length
                    ? MemoryStatus.Failed
                    : _memory.Write(range, data[..(int)range.Length]);
                Reply(request, true, Word((uint)status));
                break;
        }
    }

    private void QueryConfiguration(in PacketHeader request, ReadOnlySpan<byte> payload)
    {
        byte[]? block = ConfigurationQuery.TryRead(payload, out ConfigurationQuery query)
            ? _configuration.Find(query)
            : null;
        Reply(request, block is not null, block);
    }

    private void UpdateConfiguration(in PacketHeader request, ReadOnlySpan<byte> payload)
    {
        if (ConfigurationUpdate.TryRead(payload, out ConfigurationUpdate update, out ReadOnlySpan<byte> data))
        {
            Reply(request, true, Word(_configuration.Store(update, data)));
        }
        else
        {
            Reply(request, false, []);
        }
    }

    private void AccessStorage(in PacketHeader request, ReadOnlySpan<byte> payload)
    {
        if (!StorageRequest.TryRead(payload, out StorageAction action, out string name, out ReadOnlySpan<byte> data))
        {
            Reply(request, false, []);
            return;
        }

        StorageStatus failure = action == StorageAction.Delete ? StorageStatus.DeleteFailed : StorageStatus.WriteFailed;
        StorageStatus status = StorageStatus.Done;
        try
        {
            switch (action)
            {
                case StorageAction.Write:
                    int slash = BoardFileSystem.Normalize(name).LastIndexOf('\\');
                    _drive.CreateDirectory(BoardFileSystem.Normalize(name)[..(slash + 1)]);
                    _drive.Write(name, data);
                    break;
                case StorageAction.Append:
                    _drive.Write(name, _drive.FileExists(name) ? [.. _drive.Read(name), .. data] : data);
                    break;
                case StorageAction.Delete:
                    status = _drive.Delete(name) ? StorageStatus.Done : failure;
                    break;
                default:
                    // The firmware does nothing and calls it done.
                    break;
            }
        }
        catch (Exception e) when (e is BoardFileException or ArgumentException)
        {
            status = failure;
        }

        Reply(request, true, Word((uint)status));
    }

    private void Reboot(in PacketHeader request, ReadOnlySpan<byte> payload)
    {
        var modes = payload.Length >= 4
            ? (RebootModes)BinaryPrimitives.ReadUInt32LittleEndian(payload)
            : RebootModes.Normal;

        // There is no nanoBooter on these chips.
        bool isPossible = (modes & RebootModes.NanoBooter) == 0;
        Reply(request, isPossible, []);
        if (isPossible)
        {
            _reboot = modes;
        }
    }

    private void ChangeConditions(in PacketHeader request, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 8)
        {
            Reply(request, false, []);
            return;
        }

        uint set = BinaryPrimitives.ReadUInt32LittleEndian(payload);
        uint clear = BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]);
        _conditions = (ExecutionConditions)(((uint)_conditions | set) & ~clear);
        Reply(request, true, Word((uint)_conditions));
    }

    private void QueryCapabilities(in PacketHeader request, ReadOnlySpan<byte> payload)
    {
        uint word = payload.Length >= 4 ? BinaryPrimitives.ReadUInt32LittleEndian(payload) : 0;
        switch ((ClrQuery)(word & 0xFF))
        {
            case ClrQuery.Features:
                Reply(request, true, Word((uint)(ClrFeatures.FloatingPoint | ClrFeatures.SourceLevelDebugging
                    | ClrFeatures.ExceptionFilters | ClrFeatures.IncrementalDeployment | ClrFeatures.SoftReboot)));
                break;
            case ClrQuery.NativeAssemblyCount:
                Reply(request, true, Word((uint)_description.Natives.Count));
                break;
            case ClrQuery.NativeAssemblies:
                ReplyNatives(request, word);
                break;
            case ClrQuery.Clr or ClrQuery.Target:
                TargetInfo target = _description.Target;
                byte[] release = new ReleaseInfo(target.Clr, target.Info, target.Target, target.Platform).ToPayload();
                byte[] coreLibrary = new byte[ReleaseVersion.Bytes];
                Reply(request, true, (ClrQuery)word == ClrQuery.Clr ? [.. release, .. coreLibrary] : release);
                break;
            default:
                Reply(request, false, []);
                break;
        }
    }

    private void ReplyNatives(in PacketHeader request, uint word)
    {
        IReadOnlyList<NativeAssembly> all = _description.Natives;
        (int start, int count) = NativeAssembly.ReadQuery(word);
        start = Math.Min(start, all.Count);
        count = start == 0 && count == 0 ? all.Count : Math.Min(count, all.Count - start);
        byte[] entries = new byte[count * NativeAssembly.Bytes];
        for (int i = 0; i < count; i++)
        {
            all[start + i].Write(entries.AsSpan(i * NativeAssembly.Bytes));
        }

        // A reply may be longer than what the device takes itself, and than what a host takes.
        Reply(request, entries.Length <= PacketHeader.MaxHostPayload, entries);
    }

    private static byte[] Word(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
