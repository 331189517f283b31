namespace WhispurrNet.WireProtocol;

/// <summary>The commands, with their requests and answers as types. All throw as
/// <see cref="WireProtocolClient.RequestAsync"/> does.</summary>
public static class WireCommands
{
    // 4 KB take 45 ms as a rule and 400 ms at worst; the whole of a large partition is erased in one go.
    private static readonly TimeSpan s_eraseBase = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_erasePerKilobyte = TimeSpan.FromMilliseconds(35);

    /// <summary>Asks for the versions and names of the firmware.</summary>
    public static async Task<TargetInfo> GetTargetInfoAsync(
        this WireProtocolClient client, CancellationToken cancellation = default)
    {
        WireReply reply = await client.RequestAsync(Command.TargetInfo, default, cancellation: cancellation)
            .ConfigureAwait(false);
        return TargetInfo.TryRead(reply.Payload) ?? throw Malformed(reply);
    }

    /// <summary>Asks for the maker's data.</summary>
    public static async Task<ReleaseInfo> GetOemInfoAsync(
        this WireProtocolClient client, CancellationToken cancellation = default)
    {
        WireReply reply = await client.RequestAsync(Command.OemInfo, default, cancellation: cancellation)
            .ConfigureAwait(false);
        return ReleaseInfo.TryRead(reply.Payload) ?? throw Malformed(reply);
    }

    /// <summary>Asks where RAM and flash lie.</summary>
    public static async Task<IReadOnlyList<MemoryMapEntry>> GetMemoryMapAsync(
        this WireProtocolClient client, CancellationToken cancellation = default) =>
        MemoryMapEntry.ReadAll((await client.RequestAsync(Command.MemoryMap, default, cancellation: cancellation)
            .ConfigureAwait(false)).Payload);

    /// <summary>Asks for the blocks of the flash.</summary>
    public static async Task<IReadOnlyList<FlashSector>> GetFlashSectorsAsync(
        this WireProtocolClient client, CancellationToken cancellation = default) =>
        FlashSector.ReadAll((await client.RequestAsync(Command.FlashSectorMap, default, cancellation: cancellation)
            .ConfigureAwait(false)).Payload);

    /// <summary>Asks for what is deployed; today's firmware answers with nothing.</summary>
    public static async Task<IReadOnlyList<DeploymentMapEntry>> GetDeploymentMapAsync(
        this WireProtocolClient client, CancellationToken cancellation = default) =>
        DeploymentMapEntry.ReadAll((await client.RequestAsync(Command.DeploymentMap, default, cancellation: cancellation)
            .ConfigureAwait(false)).Payload);

    /// <summary>Asks for all native assemblies of the firmware, as many at a time as fit one packet.</summary>
    public static async Task<IReadOnlyList<NativeAssembly>> GetNativeAssembliesAsync(
        this WireProtocolClient client, CancellationToken cancellation = default)
    {
        int total = (int)Math.Min(
            byte.MaxValue,
            await AskWordAsync(client, (uint)ClrQuery.NativeAssemblyCount, cancellation).ConfigureAwait(false));
        var all = new List<NativeAssembly>(total);
        while (all.Count < total)
        {
            int count = Math.Min(NativeAssembly.MaxPerQuery, total - all.Count);
            WireReply reply = await client.RequestAsync(
                Command.QueryClrCapabilities,
                Words.Write(NativeAssembly.Query(all.Count, count)),
                cancellation: cancellation).ConfigureAwait(false);
            IReadOnlyList<NativeAssembly> some = NativeAssembly.ReadAll(reply.Payload);
            if (some.Count == 0)
            {
                throw Malformed(reply);
            }

            all.AddRange(some);
        }

        return all;
    }

    /// <summary>Asks what the CLR can do.</summary>
    public static async Task<ClrFeatures> GetClrFeaturesAsync(
        this WireProtocolClient client, CancellationToken cancellation = default) =>
        (ClrFeatures)await AskWordAsync(client, (uint)ClrQuery.Features, cancellation).ConfigureAwait(false);

    /// <summary>Sets and clears bits of the condition word.</summary>
    /// <returns>The word as it then is.</returns>
    public static async Task<ExecutionConditions> ChangeConditionsAsync(
        this WireProtocolClient client,
        ExecutionConditions set = ExecutionConditions.None,
        ExecutionConditions clear = ExecutionConditions.None,
        CancellationToken cancellation = default)
    {
        WireReply reply = await client.RequestAsync(
            Command.ChangeConditions, Words.Write((uint)set, (uint)clear), cancellation: cancellation)
            .ConfigureAwait(false);
        return (ExecutionConditions)Word(reply);
    }

    /// <summary>Reads memory. Firmware that may not read there answers with zeros, not with an error.</summary>
    public static async Task<byte[]> ReadMemoryAsync(
        this WireProtocolClient client, MemoryRange range, CancellationToken cancellation = default)
    {
        WireReply reply = await client.RequestAsync(
            Command.ReadMemory, range.ToPayload(), cancellation: cancellation).ConfigureAwait(false);
        return Words.Has(reply.Payload, 1) ? reply.Payload[4..] : throw Malformed(reply);
    }

    /// <summary>Writes memory; in flash only bits that are set can change.</summary>
    public static async Task<MemoryStatus> WriteMemoryAsync(
        this WireProtocolClient client,
        uint address,
        ReadOnlyMemory<byte> data,
        CancellationToken cancellation = default)
    {
        byte[] payload = new MemoryRange(address, (uint)data.Length).ToPayload(data.Span);
        return (MemoryStatus)Word(await client.RequestAsync(
            Command.WriteMemory, payload, cancellation: cancellation).ConfigureAwait(false));
    }

    /// <summary>Erases flash.</summary>
    public static async Task<MemoryStatus> EraseMemoryAsync(
        this WireProtocolClient client, MemoryRange range, CancellationToken cancellation = default) =>
        (MemoryStatus)Word(await client.RequestAsync(
            Command.EraseMemory,
            range.ToPayload(),
            s_eraseBase + (s_erasePerKilobyte * (range.Length / 1024.0)),
            cancellation: cancellation).ConfigureAwait(false));

    /// <summary>Asks for the checksum of memory.</summary>
    public static async Task<uint> CheckMemoryAsync(
        this WireProtocolClient client, MemoryRange range, CancellationToken cancellation = default) =>
        Word(await client.RequestAsync(
            Command.CheckMemory, range.ToPayload(), cancellation: cancellation).ConfigureAwait(false));

    /// <summary>Restarts the board.</summary>
    public static Task RebootAsync(
        this WireProtocolClient client, RebootModes modes, CancellationToken cancellation = default) =>
        client.RequestAsync(Command.Reboot, Words.Write((uint)modes), cancellation: cancellation);

    /// <summary>Reads a block of the configuration.</summary>
    public static async Task<byte[]> QueryConfigurationAsync(
        this WireProtocolClient client, ConfigurationQuery query, CancellationToken cancellation = default) =>
        (await client.RequestAsync(Command.QueryConfiguration, query.ToPayload(), cancellation: cancellation)
            .ConfigureAwait(false)).Payload;

    /// <summary>Writes a block of the configuration that fits one packet.</summary>
    /// <returns>Whether the board stored it.</returns>
    public static async Task<bool> UpdateConfigurationAsync(
        this WireProtocolClient client,
        ConfigurationQuery query,
        ReadOnlyMemory<byte> block,
        CancellationToken cancellation = default)
    {
        byte[] payload = new ConfigurationUpdate(query, (uint)block.Length, 0, IsLast: true).ToPayload(block.Span);
        try
        {
            return Word(await client.RequestAsync(
                Command.UpdateConfiguration, payload, cancellation: cancellation).ConfigureAwait(false)) == 0;
        }
        finally
        {
            Array.Clear(payload);
        }
    }

    /// <summary>Writes a file, in as many parts as it takes. The first part replaces the file, the others extend
    /// it.</summary>
    /// <remarks>A part whose answer is lost is not sent twice: begin again.</remarks>
    public static async Task<StorageStatus> WriteFileAsync(
        this WireProtocolClient client,
        string name,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellation = default)
    {
        int most = client.MaxPayload - StorageRequest.ToPayload(StorageAction.Write, name, 0, default).Length;
        int at = 0;
        do
        {
            ReadOnlyMemory<byte> part = content.Slice(at, Math.Min(most, content.Length - at));
            StorageAction action = at == 0 ? StorageAction.Write : StorageAction.Append;
            byte[] payload = StorageRequest.ToPayload(action, name, (uint)at, part.Span);
            WireReply reply;
            try
            {
                reply = await client.RequestAsync(
                    Command.StorageOperation,
                    payload,
                    attempts: action == StorageAction.Append ? 1 : null,
                    cancellation: cancellation).ConfigureAwait(false);
            }
            finally
            {
                Array.Clear(payload);
            }

            if ((StorageStatus)Word(reply) is var status and not StorageStatus.Done)
            {
                return status;
            }

            at += part.Length;
        }
        while (at < content.Length);
        return StorageStatus.Done;
    }

    /// <summary>Deletes a file.</summary>
    public static async Task<StorageStatus> DeleteFileAsync(
        this WireProtocolClient client, string name, CancellationToken cancellation = default) =>
        (StorageStatus)Word(await client.RequestAsync(
            Command.StorageOperation,
            StorageRequest.ToPayload(StorageAction.Delete, name, 0, default),
            cancellation: cancellation).ConfigureAwait(false));

    private static async Task<uint> AskWordAsync(
        WireProtocolClient client, uint query, CancellationToken cancellation) =>
        Word(await client.RequestAsync(
            Command.QueryClrCapabilities, Words.Write(query), cancellation: cancellation).ConfigureAwait(false));

    private static uint Word(WireReply reply) =>
        Words.TryRead(reply.Payload, out uint word) ? word : throw Malformed(reply);

    private static WireProtocolException Malformed(WireReply reply) => new(
        WireFailure.Malformed,
        reply.Header.Command,
        $"The board's answer to {reply.Header.Command} has {reply.Payload.Length} bytes, which is wrong.");
}
