using System.Text;
using WhispurrNet.DeviceImages;
using WhispurrNet.Virtual.Serial.Tests.Support;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Virtual.Serial.Tests;

/// <summary>What a board says and does on its line, byte for byte where the sources give bytes.</summary>
public sealed class DeviceEngineTests : IDisposable
{
    private const string BootBroadcast = "4E46504B54563100" + "0000000000000000" + "0000000000000000" + "0120000000000000";

    private const string HostPing =
        "4E46504B54563100E5414EC6ECB46BAC0000000000000000" + "0020000008000000" + "0200010000000000";

    private static readonly DeploymentImage s_image = Images.Random(1);

    private readonly BenchBoard _board = new();
    private readonly LineSink _sink = new();

    [Fact]
    public void TheFirstThingItSendsIsAPingWithoutPayload()
    {
        _board.PowerOn();
        Assert.Equal(BootBroadcast, Convert.ToHexString(_board.TakeSent()[..32]));
    }

    [Theory]
    [InlineData(false, "4E46504B545631000000000000000000000000000100000003A0000008000000" + "0000010000010100")]
    [InlineData(true, "4E46504B545631006CAF1DC8804DFD3F000000000100000003A0000008000000" + "0000010010010100")]
    public async Task ItAnswersAPing(bool hasCrc, string answer)
    {
        // Without a program it would add that the program has ended.
        using var board = new BenchBoard(BenchBoard.Small(hasCrc: hasCrc));
        board.Engine.Burn(s_image.Bytes.Span);
        board.PowerOn();
        board.TakeSent();
        await board.WriteAsync(Convert.FromHexString(HostPing), TestContext.Current.CancellationToken);
        Assert.Equal(answer, Convert.ToHexString(board.TakeSent()));
    }

    [Fact]
    public async Task TextIsRawUntilSomebodyPingsAndInMessagesFromThenOn()
    {
        _board.Engine.Burn(s_image.Bytes.Span);
        _board.PowerOn();
        _board.TakeSent();
        _board.Print("Hello\r\n");
        Assert.Equal("Hello\r\n", Encoding.ASCII.GetString(_board.TakeSent()));

        await using var client = new WireProtocolClient(_board, _sink);
        await client.PingAsync(cancellation: TestContext.Current.CancellationToken);
        _board.Print("Hello\r\n");
        _board.Print("half");
        _board.Print(new string('x', 100));
        await Eventually.Is(() => _sink.Messages.Length == 7 + 104);
        Assert.Equal("", _sink.Text);

        // A restart of the CLR forgets the debugger.
        await client.RebootAsync(RebootModes.ClrOnly, TestContext.Current.CancellationToken);
        _board.Print("again\r\n");
        await Eventually.Is(() => _sink.Text == "again\r\n");
        Assert.Contains(Command.Ping, _sink.Packets);
        Assert.Equal(1, _board.Resets);
    }

    [Fact]
    public void WithoutAProgramNothingIsPrinted()
    {
        _board.PowerOn();
        _board.TakeSent();
        _board.Print("nanoCLR\r\n");
        Assert.Empty(_board.TakeSent());
        Assert.Equal(ExecutionConditions.ProgramExited, _board.Engine.Conditions);
    }

    [Theory]
    [InlineData(0x00000006u)]
    [InlineData(0x0000000Eu)]
    [InlineData(0x00020044u)]
    [InlineData(0xFFFFFFFFu)]
    public async Task UnknownCommandsAreRefused(uint command)
    {
        _board.PowerOn();
        _board.TakeSent();
        await _board.WriteAsync(
            Packet.Create((Command)command, 9, 0, PacketFlags.NoCaching, [], withCrc: true),
            TestContext.Current.CancellationToken);
        Assert.True(PacketHeader.TryRead(_board.TakeSent(), out PacketHeader header));
        Assert.Equal(0x6003u, (uint)header.Flags);
        Assert.Equal((ushort)9, header.ReplyTo);
        Assert.Equal(0u, header.Size);
    }

    [Fact]
    public async Task ABadPacketIsReported()
    {
        using var board = new BenchBoard(BenchBoard.Small(hasCrc: true));
        board.PowerOn();
        board.TakeSent();
        byte[] packet = Convert.FromHexString(HostPing);
        packet[^1] ^= 1;
        await board.WriteAsync(packet, TestContext.Current.CancellationToken);
        Assert.True(PacketHeader.TryRead(board.TakeSent(), out PacketHeader header));
        Assert.Equal(PacketFlags.NonCritical | PacketFlags.Nack | PacketFlags.BadPayload, header.Flags);
        Assert.Equal(Command.Ping, header.Command);
    }

    [Fact]
    public async Task ItTellsWhatItIs()
    {
        _board.PowerOn();
        await using var client = new WireProtocolClient(_board, _sink);
        CancellationToken end = TestContext.Current.CancellationToken;
        PingPayload ping = await client.PingAsync(cancellation: end);
        Assert.Equal(1024, ping.MaxPayload);
        Assert.True(ping.Flags.HasFlag(PingFlags.ProgramExited));
        Assert.Equal(DeviceDescription.C3.Target, await client.GetTargetInfoAsync(end));
        Assert.Equal(DeviceDescription.C3.Natives, await client.GetNativeAssembliesAsync(end));
        Assert.Equal(BenchBoard.Small().Sectors, await client.GetFlashSectorsAsync(end));
        Assert.Empty(await client.GetDeploymentMapAsync(end));
        IReadOnlyList<MemoryMapEntry> map = await client.GetMemoryMapAsync(end);
        Assert.Equal([MemoryKind.Ram, MemoryKind.Flash], map.Select(m => m.Kind));
        Assert.True((await client.GetClrFeaturesAsync(end)).HasFlag(ClrFeatures.SoftReboot));
        WireProtocolException refused = await Assert.ThrowsAsync<WireProtocolException>(
            () => client.GetOemInfoAsync(end));
        Assert.Equal(WireFailure.Refused, refused.Failure);
    }

    [Fact]
    public async Task ConditionsChangeAndAreTold()
    {
        _board.PowerOn();
        await using var client = new WireProtocolClient(_board, _sink);
        CancellationToken end = TestContext.Current.CancellationToken;
        Assert.Equal(
            ExecutionConditions.ProgramExited | ExecutionConditions.Quiet,
            await client.ChangeConditionsAsync(set: ExecutionConditions.Quiet, cancellation: end));
        Assert.Equal(
            ExecutionConditions.ProgramExited,
            await client.ChangeConditionsAsync(clear: ExecutionConditions.Quiet, cancellation: end));
    }

    [Fact]
    public async Task FlashIsErasedWrittenAndChecked()
    {
        using var board = new BenchBoard(BenchBoard.Small(isEsp32: false));
        board.PowerOn();
        await using var client = new WireProtocolClient(board, _sink);
        CancellationToken end = TestContext.Current.CancellationToken;
        Assert.Equal(MemoryStatus.Done, await client.WriteMemoryAsync(0x2_1000, new byte[] { 0xF0, 0x0F }, end));

        // Only bits that are set can change, until the block is erased.
        Assert.Equal(MemoryStatus.Done, await client.WriteMemoryAsync(0x2_1000, new byte[] { 0xFF, 0xFE }, end));
        Assert.Equal(Crc32.Compute([0xF0, 0x0E]), await client.CheckMemoryAsync(new(0x2_1000, 2), end));
        Assert.Equal(MemoryStatus.Done, await client.EraseMemoryAsync(new(0x2_1000, 4), end));
        Assert.Equal(Crc32.Compute([0xFF, 0xFF]), await client.CheckMemoryAsync(new(0x2_1000, 2), end));

        Assert.Equal(MemoryStatus.PermissionDenied, await client.WriteMemoryAsync(0x1_0000, new byte[4], end));
        Assert.Equal(MemoryStatus.PermissionDenied, await client.EraseMemoryAsync(new(0x1_0000, 4), end));
        Assert.Equal(MemoryStatus.Failed, await client.WriteMemoryAsync(0x9_0000, new byte[4], end));
        Assert.Equal(MemoryStatus.Failed, await client.WriteMemoryAsync(0x2_7FFE, new byte[4], end));
        Assert.Equal(new byte[4], await client.ReadMemoryAsync(new(0x2_1000, 4), end));
    }

    [Fact]
    public async Task TheWholePartitionOfAnEsp32IsOneBlock()
    {
        _board.PowerOn();
        await using var client = new WireProtocolClient(_board, _sink);
        CancellationToken end = TestContext.Current.CancellationToken;
        await client.WriteMemoryAsync(0x2_0000, new byte[] { 1, 2, 3, 4 }, end);
        await client.WriteMemoryAsync(0x2_4000, new byte[] { 5, 6, 7, 8 }, end);

        // A checksum is taken from the start of the partition, whatever the address.
        Assert.Equal(Crc32.Compute([1, 2, 3, 4]), await client.CheckMemoryAsync(new(0x2_4000, 4), end));

        // Erasing where all is erased up to the end does nothing; anywhere else it erases everything.
        await client.EraseMemoryAsync(new(0x2_5000, 0x1000), end);
        Assert.Equal(Crc32.Compute([1, 2, 3, 4]), await client.CheckMemoryAsync(new(0x2_0000, 4), end));
        await client.EraseMemoryAsync(new(0x2_4000, 0x1000), end);
        Assert.False(_board.Engine.Deployment.ContainsAnyExcept((byte)0xFF));
    }

    [Fact]
    public async Task FilesAndConfigurationAreStored()
    {
        _board.PowerOn();
        await using var client = new WireProtocolClient(_board, _sink);
        CancellationToken end = TestContext.Current.CancellationToken;
        byte[] content = new byte[3_000];
        new Random(1).NextBytes(content);
        Assert.Equal(StorageStatus.Done, await client.WriteFileAsync(@"I:\folder\whispurr.cfg", content, end));
        Assert.Equal(content, _board.Drive.Read(@"I:\folder\whispurr.cfg"));
        Assert.Equal(StorageStatus.Done, await client.DeleteFileAsync(@"I:\folder\whispurr.cfg", end));
        Assert.Equal(StorageStatus.DeleteFailed, await client.DeleteFileAsync(@"I:\folder\whispurr.cfg", end));
        Assert.Equal(StorageStatus.WriteFailed, await client.WriteFileAsync(@"D:\other", content, end));

        byte[] block = new byte[108];
        new Random(2).NextBytes(block);
        var query = new ConfigurationQuery(ConfigurationKind.Wireless, 0);
        Assert.True(await client.UpdateConfigurationAsync(query, block, end));
        Assert.Equal(block, await client.QueryConfigurationAsync(query, end));
        Assert.False(await client.UpdateConfigurationAsync(query with { Kind = ConfigurationKind.All }, block, end));
    }

    [Fact]
    public async Task ASilentBoardIsAskedAgainAndGivenUp()
    {
        _board.PowerOn();
        _board.Engine.Faults.IsMute = true;
        await using var client = new WireProtocolClient(_board, _sink, new(TimeSpan.FromMilliseconds(20), 3));
        WireProtocolException failure = await Assert.ThrowsAsync<WireProtocolException>(
            () => client.PingAsync(cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(WireFailure.NoAnswer, failure.Failure);
        Assert.Equal(2, client.Resent);
    }

    [Fact]
    public async Task StalledAnswersAreWaitedFor()
    {
        _board.Engine.Faults.StallEveryBytes = 100;
        _board.Engine.Faults.StallMs = 20;
        _board.PowerOn();
        await using var client = new WireProtocolClient(_board, _sink);
        Assert.Equal(
            DeviceDescription.C3.Target, await client.GetTargetInfoAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, client.Resent);
    }

    [Fact]
    public async Task AnythingOnTheLineIsBorne()
    {
        var random = new Random(4);
        _board.PowerOn();
        for (int i = 0; i < 20_000; i++)
        {
            byte[] payload = new byte[random.Next(40)];
            random.NextBytes(payload);
            var command = (Command)(random.Next(4) == 0 ? 0x20000 + random.Next(12) : random.Next(0x22));
            var flags = (PacketFlags)random.Next(0x10000);
            byte[] packet = Packet.Create(command, (ushort)i, 0, flags, payload, withCrc: false);
            if (random.Next(3) == 0)
            {
                packet[random.Next(packet.Length)] ^= (byte)(1 << random.Next(8));
            }

            await _board.WriteAsync(packet, TestContext.Current.CancellationToken);
            if (!_board.Engine.IsOn)
            {
                // Sent into the vendor's bootloader.
                _board.PowerOn();
            }
        }

        _board.TakeSent();
        _board.PowerOff();
        _board.PowerOn();
        await using var client = new WireProtocolClient(_board, _sink);
        Assert.Equal(
            DeviceDescription.C3.Target, await client.GetTargetInfoAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => _board.Dispose();
}
