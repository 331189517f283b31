namespace WhispurrNet.Serial.Tests.Ports;

/// <summary>What goes in comes out, both ways.</summary>
public sealed class BytesTests : PtyTest
{
    private static readonly byte[] EveryByte = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    [Fact]
    public async Task EveryByteArrivesUnchangedAtTheBoard()
    {
        using ISerialPort port = Open();

        await port.WriteAsync(EveryByte, Limit);

        Assert.Equal(EveryByte, await ReadAsync(Far.ReadAsync, EveryByte.Length));
    }

    [Fact]
    public async Task EveryByteArrivesUnchangedFromTheBoard()
    {
        using ISerialPort port = Open();

        await Far.WriteAsync(EveryByte, Limit);

        Assert.Equal(EveryByte, await ReadAsync(port.ReadAsync, EveryByte.Length));
    }

    [Fact]
    public async Task WhatTheBoardSaidBeforeIsReadUnchangedAndNotEchoed()
    {
        await Far.WriteAsync(EveryByte, Limit);
        using ISerialPort port = Open();

        Assert.Equal(EveryByte, await ReadAsync(port.ReadAsync, EveryByte.Length));
        await port.WriteAsync(new byte[] { 42 }, Limit);
        Assert.Equal([42], await ReadAsync(Far.ReadAsync, 1));
    }

    [Fact]
    public async Task AReadReturnsWhatIsThereAndDoesNotWaitForMore()
    {
        using ISerialPort port = Open();
        ValueTask<int> read = port.ReadAsync(new byte[100], Limit);

        await Far.WriteAsync(new byte[] { 1, 2, 3 }, Limit);

        Assert.InRange(await read, 1, 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4_096)]
    public async Task MegabytesPassBothWaysAtOnce(int bufferSize)
    {
        int count = bufferSize == 1 ? 20_000 : 2_000_000;
        byte[] sent = new byte[count];
        new Random(7).NextBytes(sent);
        using ISerialPort port = Open();

        Task down = port.WriteAsync(sent, Limit).AsTask();
        Task up = Far.WriteAsync(sent, Limit).AsTask();
        Task<byte[]> atBoard = ReadAsync((into, limit) => Far.ReadAsync(First(into), limit), count);
        Task<byte[]> atDesk = ReadAsync((into, limit) => port.ReadAsync(First(into), limit), count);
        await Task.WhenAll(down, up, atBoard, atDesk);

        Assert.Equal(sent, await atBoard);
        Assert.Equal(sent, await atDesk);

        Memory<byte> First(Memory<byte> into) => into[..Math.Min(bufferSize, into.Length)];
    }

    [Fact]
    public async Task DiscardedBytesAreNotRead()
    {
        using ISerialPort port = Open();
        await Far.WriteAsync(new byte[] { 1, 2, 3 }, Limit);
        Assert.Equal([1], await ReadAsync(port.ReadAsync, 1));

        port.DiscardInput();
        await Far.WriteAsync(new byte[] { 9 }, Limit);

        Assert.Equal([9], await ReadAsync(port.ReadAsync, 1));
    }

    [Fact]
    public async Task TheBoardCanForgetWhatNobodyRead()
    {
        await Far.WriteAsync(new byte[] { 1, 2, 3 }, Limit);
        Far.DiscardUnread();
        using ISerialPort port = Open();
        await Far.WriteAsync(new byte[] { 9 }, Limit);

        Assert.Equal([9], await ReadAsync(port.ReadAsync, 1));
    }

    [Fact]
    public void TheBoardNeedNotWaitForAReader()
    {
        byte[] chunk = new byte[1_024];
        int total = 0;
        for (int round = 0; round < 1_000; round++)
        {
            total += Far.WriteNow(chunk);
        }

        Assert.InRange(total, 1_024, 999 * 1_024);
        Assert.Equal(0, Far.WriteNow(chunk));
    }
}
