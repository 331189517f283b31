using System.Diagnostics;
using WhispurrNet.Serial.Linux;

namespace WhispurrNet.Serial.Tests.Listing;

/// <summary>Ports that come and go.</summary>
public sealed class WatchTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly FakeSysfs _sys = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(20));

    public WatchTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Links of folders need rights there.");

    public void Dispose()
    {
        _sys.Dispose();
        _limit.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PortsThereThoseThatComeAndThoseThatGoAreTold(bool systemTells)
    {
        AddPort("ttyUSB0", "7523");
        await using IAsyncEnumerator<SerialPortChange> changes = Watch(
            systemTells ? _sys.Devices : null, systemTells ? Long : TimeSpan.FromMilliseconds(20));

        Assert.Equal(("ttyUSB0", true), await NextAsync(changes));
        ValueTask<(string, bool)> next = NextAsync(changes);
        AddPort("ttyUSB1", "7523");
        Assert.Equal(("ttyUSB1", true), await next);
        next = NextAsync(changes);
        _sys.Remove("ttyUSB0");
        Assert.Equal(("ttyUSB0", false), await next);
    }

    [Fact]
    public async Task AnotherDeviceUnderTheSameNameIsOneThatWentAndOneThatCame()
    {
        AddPort("ttyUSB0", "7523");
        await using IAsyncEnumerator<SerialPortChange> changes = Watch(null, TimeSpan.FromMilliseconds(200));
        Assert.True(await changes.MoveNextAsync());

        _sys.Remove("ttyUSB0");
        AddPort("ttyUSB0", "55d4");

        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(((ushort?)0x7523, false), (changes.Current.Port.ProductId, changes.Current.Appeared));
        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(((ushort?)0x55D4, true), (changes.Current.Port.ProductId, changes.Current.Appeared));
    }

    [Fact]
    public async Task AFolderThatCannotBeWatchedIsLookedAtNowAndThen()
    {
        await using IAsyncEnumerator<SerialPortChange> changes = Watch(
            Path.Combine(_sys.Devices, "none"), TimeSpan.FromMilliseconds(20));
        ValueTask<(string, bool)> next = NextAsync(changes);
        AddPort("ttyUSB0", "7523");

        Assert.Equal(("ttyUSB0", true), await next);
    }

    [Fact]
    public async Task CancellingEndsIt()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        long start = Stopwatch.GetTimestamp();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (SerialPortChange _ in Ports().WatchAsync(Long, cancel.Token))
            {
                // Nothing comes.
            }
        });

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10));
    }

    private LinuxSerialPorts Ports() => new(_sys.Root, _sys.Devices);

    private void AddPort(string name, string product) =>
        _sys.AddUsb(name, ("idVendor", "1a86"), ("idProduct", product));

    private IAsyncEnumerator<SerialPortChange> Watch(string? folder, TimeSpan interval) =>
        SerialPortWatch.WatchAsync(Ports(), folder, interval, _limit.Token).GetAsyncEnumerator(_limit.Token);

    private static async ValueTask<(string Name, bool Appeared)> NextAsync(IAsyncEnumerator<SerialPortChange> changes)
    {
        Assert.True(await changes.MoveNextAsync());
        return (Path.GetFileName(changes.Current.Port.Name), changes.Current.Appeared);
    }
}
