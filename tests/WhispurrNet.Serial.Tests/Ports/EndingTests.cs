namespace WhispurrNet.Serial.Tests.Ports;

/// <summary>Waits that are given up, ports that go away, and ports that are closed.</summary>
public sealed class EndingTests : PtyTest
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task AReadCanBeCancelledAndTheNextOneReads()
    {
        using ISerialPort port = Open();
        using var cancelled = new CancellationTokenSource(Moment);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => port.ReadAsync(new byte[1], cancelled.Token).AsTask());

        await Far.WriteAsync(new byte[] { 5 }, Limit);
        Assert.Equal([5], await ReadAsync(port.ReadAsync, 1));
    }

    [Fact]
    public async Task ACancelledReadTakesNoByteThatArrivesLater()
    {
        using ISerialPort port = Open();
        for (byte round = 0; round < 100; round++)
        {
            using var cancelled = new CancellationTokenSource();
            Task<int> read = port.ReadAsync(new byte[10], cancelled.Token).AsTask();
            await cancelled.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
            await Far.WriteAsync(new[] { round }, Limit);

            Assert.Equal([round], await ReadAsync(port.ReadAsync, 1));
        }
    }

    [Fact]
    public async Task AWriteThatFindsNoRoomCanBeCancelled()
    {
        using ISerialPort port = Open();
        using var cancelled = new CancellationTokenSource(Moment);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => port.WriteAsync(new byte[10_000_000], cancelled.Token).AsTask());
    }

    [Fact]
    public async Task WhatIsCancelledBeforeItStartsDoesNothing()
    {
        using ISerialPort port = Open();
        await Far.WriteAsync(new byte[] { 1 }, Limit);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => port.ReadAsync(new byte[1], new CancellationToken(canceled: true)).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => port.WriteAsync(new byte[1], new CancellationToken(canceled: true)).AsTask());

        Assert.Equal([1], await ReadAsync(port.ReadAsync, 1));
    }

    [Fact]
    public async Task UnpluggedAWaitingReadAndAllLaterOnesReturnNothing()
    {
        using ISerialPort port = Open();
        Task<int> read = port.ReadAsync(new byte[10], Limit).AsTask();
        await Task.Delay(Moment, Limit);

        Far.Dispose();

        Assert.Equal(0, await read);
        Assert.Equal(0, await port.ReadAsync(new byte[10], Limit));
    }

    [Fact]
    public async Task UnpluggedAWriteSaysSo()
    {
        using ISerialPort port = Open();
        Far.Dispose();

        SerialPortException e = await Assert.ThrowsAsync<SerialPortException>(
            () => port.WriteAsync(new byte[1], Limit).AsTask());

        Assert.Equal(SerialPortError.Lost, e.Error);
        Assert.Equal($"{port.Name} is gone.", e.Message);
        Assert.Equal(SerialPortError.Lost, Assert.Throws<SerialPortException>(() => port.BaudRate = 9_600).Error);
        Assert.Equal(SerialPortError.Lost, Assert.Throws<SerialPortException>(port.DiscardInput).Error);
    }

    [Fact]
    public async Task UnpluggedAWriteThatWaitsForRoomSaysSo()
    {
        using ISerialPort port = Open();
        Task write = port.WriteAsync(new byte[10_000_000], Limit).AsTask();
        await Task.Delay(Moment, Limit);

        Far.Dispose();

        Assert.Equal(SerialPortError.Lost, (await Assert.ThrowsAsync<SerialPortException>(() => write)).Error);
    }

    [Fact]
    public async Task ClosedAWaitingReadReturnsNothing()
    {
        ISerialPort port = Open();
        Task<int> read = port.ReadAsync(new byte[10], Limit).AsTask();
        await Task.Delay(Moment, Limit);

        port.Dispose();
        port.Dispose();

        Assert.Equal(0, await read);
        Assert.Equal(0, await port.ReadAsync(new byte[10], Limit));
    }

    [Fact]
    public async Task TheFarEndMayBeUnpluggedTwice()
    {
        Task<int> read = Far.ReadAsync(new byte[1], Limit).AsTask();
        await Task.Delay(Moment, Limit);

        Far.Dispose();
        Far.Dispose();

        Assert.Equal(0, await read);
    }

    [Fact]
    public async Task ClosedAPortIsNotUsed()
    {
        ISerialPort port = Open();
        port.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => port.WriteAsync(new byte[1], Limit).AsTask());
        Assert.Throws<ObjectDisposedException>(() => port.BaudRate);
        Assert.Throws<ObjectDisposedException>(() => port.SetLines(true, true));
        Assert.Throws<ObjectDisposedException>(port.DiscardInput);
    }

    [Fact]
    public async Task APortIsOpenedAgainAndAgain()
    {
        for (byte round = 0; round < 50; round++)
        {
            using ISerialPort port = Open();
            Task<int> waits = port.ReadAsync(new byte[1], Limit).AsTask();
            await port.WriteAsync(new[] { round }, Limit);
            Assert.Equal([round], await ReadAsync(Far.ReadAsync, 1));
            port.Dispose();
            Assert.Equal(0, await waits);
        }
    }

    [Fact]
    public async Task AReadIntoNothingIsACallersMistake()
    {
        using ISerialPort port = Open();

        await Assert.ThrowsAsync<ArgumentException>(() => port.ReadAsync(Memory<byte>.Empty, Limit).AsTask());
    }
}
