namespace WhispurrNet.Serial.Tests.Ports;

/// <summary>Rates are set and read back from the system, on both ends.</summary>
public sealed class BaudRateTests : PtyTest
{
    /// <summary>Those that termios has names for, and some that boards use and it has none for.</summary>
    public static TheoryData<int> Rates =>
    [
        50, 75, 110, 134, 150, 200, 300, 600, 1_200, 1_800, 2_400, 4_800, 9_600, 19_200, 38_400, 57_600, 115_200,
        230_400, 460_800, 500_000, 576_000, 921_600, 1_000_000, 1_152_000, 1_500_000, 2_000_000, 2_500_000, 3_000_000,
        3_500_000, 4_000_000,
        1, 14_400, 28_800, 31_250, 74_880, 76_800, 128_000, 250_000, 256_000, 1_234_567, 1_843_200,
    ];

    [Theory]
    [MemberData(nameof(Rates))]
    public void AnyRateIsOpenedSetAndReadBack(int rate)
    {
        using (ISerialPort opened = Open(new SerialPortOptions(BaudRate: rate)))
        {
            Assert.Equal(rate, opened.BaudRate);
            Assert.Equal(rate, Far.BaudRate);
        }

        using ISerialPort changed = Open(new SerialPortOptions(BaudRate: rate == 9_600 ? 19_200 : 9_600));
        changed.BaudRate = rate;
        Assert.Equal(rate, changed.BaudRate);
        Assert.Equal(rate, Far.BaudRate);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-9_600)]
    [InlineData(4_000_001)]
    public void RatesOutOfRangeAreACallersMistake(int rate)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Open(new SerialPortOptions(BaudRate: rate)));

        using ISerialPort port = Open();
        Assert.Throws<ArgumentOutOfRangeException>(() => port.BaudRate = rate);
    }

    [Fact]
    public async Task BytesStillPassUnchangedAfterTheRateChanged()
    {
        byte[] every = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        using ISerialPort port = Open(new SerialPortOptions(BaudRate: 115_200));
        port.BaudRate = 921_600;

        await port.WriteAsync(every, Limit);
        Assert.Equal(every, await ReadAsync(Far.ReadAsync, every.Length));
        await Far.WriteAsync(every, Limit);
        Assert.Equal(every, await ReadAsync(port.ReadAsync, every.Length));
    }
}
