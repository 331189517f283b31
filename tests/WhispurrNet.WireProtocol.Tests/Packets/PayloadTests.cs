using System.Text;

namespace WhispurrNet.WireProtocol.Tests.Packets;

/// <summary>Payloads: their sizes and places, and that shorter ones are refused.</summary>
public sealed class PayloadTests
{
    [Fact]
    public void TargetInfoLiesWhereTheFirmwarePutsIt()
    {
        var info = new TargetInfo(new(1, 2, 3, 4), new(1, 17, 0, 5), "info", "ESP32_C3", "ESP32", "more");
        byte[] payload = info.ToPayload();
        Assert.Equal(336, payload.Length);
        Assert.Equal([1, 0, 17, 0, 0, 0, 5, 0], payload[8..16]);
        Assert.Equal("ESP32_C3", Encoding.ASCII.GetString(payload, 144, 8));
        Assert.Equal("ESP32", Encoding.ASCII.GetString(payload, 176, 5));
        Assert.Equal("more", Encoding.ASCII.GetString(payload, 208, 4));
        Assert.Equal(info, TargetInfo.TryRead(payload));
        Assert.Null(TargetInfo.TryRead(payload.AsSpan(0, 335)));
    }

    [Fact]
    public void NativeAssembliesAre140BytesEach()
    {
        var assembly = new NativeAssembly("nanoFramework.Device.Bluetooth", new(100, 0, 5, 0), 0xE610_B405);
        byte[] payload = new byte[300];
        assembly.Write(payload);
        assembly.Write(payload.AsSpan(140));
        Assert.Equal([0x05, 0xB4, 0x10, 0xE6, 100, 0, 0, 0, 5, 0, 0, 0], payload[..12]);
        Assert.Equal([assembly, assembly], NativeAssembly.ReadAll(payload));
        Assert.Equal(7, NativeAssembly.MaxPerQuery);
        Assert.Equal(0x0703_0008u, NativeAssembly.Query(3, 7));
        Assert.Equal((3, 7), NativeAssembly.ReadQuery(0x0703_0008));
    }

    [Fact]
    public void MemoryAndStorageRequestsAreReadBack()
    {
        byte[] write = new MemoryRange(0x1B_0000, 3).ToPayload([7, 8, 9]);
        Assert.Equal([0, 0, 0x1B, 0, 3, 0, 0, 0, 7, 8, 9], write);
        Assert.True(MemoryRange.TryRead(write, out MemoryRange range));
        Assert.Equal(new MemoryRange(0x1B_0000, 3), range);
        Assert.False(MemoryRange.TryRead(write.AsSpan(0, 7), out _));

        byte[] storage = StorageRequest.ToPayload(StorageAction.Append, @"I:\a", 5, [1, 2]);
        Assert.True(
            StorageRequest.TryRead(storage, out StorageAction action, out string name, out ReadOnlySpan<byte> data));
        Assert.Equal((StorageAction.Append, @"I:\a"), (action, name));
        Assert.Equal([1, 2], data.ToArray());
        for (int length = 0; length < storage.Length; length++)
        {
            Assert.False(StorageRequest.TryRead(storage.AsSpan(0, length), out _, out _, out _));
        }

        // Lengths that add up to more than 32 bits hold.
        storage.AsSpan(4, 8).Fill(0xFF);
        Assert.False(StorageRequest.TryRead(storage, out _, out _, out _));
    }

    [Fact]
    public void ConfigurationUpdatesAreReadBack()
    {
        var update = new ConfigurationUpdate(new(ConfigurationKind.Wireless, 1), 2, 0, IsLast: true);
        byte[] payload = update.ToPayload([5, 6]);
        Assert.Equal(22, payload.Length);
        Assert.True(ConfigurationUpdate.TryRead(payload, out ConfigurationUpdate read, out ReadOnlySpan<byte> data));
        Assert.Equal(update, read);
        Assert.Equal([5, 6], data.ToArray());
        Assert.False(ConfigurationUpdate.TryRead(payload.AsSpan(0, 21), out _, out _));
    }

    [Theory]
    [InlineData(0x0100u, 1024)]
    [InlineData(0x0200u, 512)]
    [InlineData(0x0300u, 256)]
    [InlineData(0x0400u, 128)]
    [InlineData(0x0000u, 1024)]
    public void APingTellsThePacketSize(uint flags, int bytes) =>
        Assert.Equal(bytes, new PingPayload(PingSource.Clr, (PingFlags)flags).MaxPayload);

    [Theory]
    [InlineData(0x050u, 4)]
    [InlineData(0x150u, 4)]
    [InlineData(0x250u, 8)]
    [InlineData(0x450u, 16)]
    [InlineData(0x4050u, 256)]
    public void ASectorTellsWhatItProgramsAtOnce(uint flags, int bytes)
    {
        var sector = new FlashSector(0x1B_0000, 2, 0x1000, flags);
        Assert.Equal(bytes, sector.ProgramBytes);
        Assert.Equal(FlashUsage.Deployment, sector.Usage);
        Assert.Equal([sector], FlashSector.ReadAll(FlashSector.ToPayload([sector])));
    }
}
