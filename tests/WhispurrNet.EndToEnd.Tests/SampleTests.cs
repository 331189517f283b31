using WhispurrNet.Virtual;
using Xunit;

namespace WhispurrNet.EndToEnd.Tests;

/// <summary>The samples for makers, run as they are flashed, with a finger on the button and a sensor on the bus.</summary>
public sealed class SampleTests
{
    private const int DeliverySeconds = 600;
    private const double Speed = 20;

    [Fact]
    public async Task APressedButtonIsHeardByAnotherBoard()
    {
        string join = "join=" + BoardFleet.NewJoinCode();
        using var fleet = new BoardFleet(Speed);
        fleet.AddFirmware("door", "ButtonSample.exe", join, "button=9");
        fleet.Add("kitchen", join, "intents=button");
        fleet.Ether.LinkAll("door", "kitchen");
        await fleet.StartAsync();
        await ReadyAsync(fleet, "door", 9);

        Bounce(fleet["door"], 9);

        await fleet.HeardAsync("kitchen", "button", "pressed", DeliverySeconds);

        // It bounced, and was pressed once. The release whispers nothing.
        fleet["door"].Pins.Release(9);
        await fleet.Clock.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        Assert.Single(fleet.Lines("door"), line => line.StartsWith("wn sent ", StringComparison.Ordinal));
        fleet.AssertHealthy("door", "kitchen");
    }

    [Fact]
    public async Task TheTemplateSaysHelloAndPrintsWhatItHears()
    {
        string join = "join=" + BoardFleet.NewJoinCode();
        using var fleet = new BoardFleet(Speed);
        fleet.AddFirmware("mine", "BoardTemplate.exe", join, "intents=greeting");
        fleet.Add("kitchen", join, "intents=greeting");
        fleet.Ether.LinkAll("mine", "kitchen");
        await fleet.StartAsync();

        await fleet.HeardAsync("kitchen", "greeting", "hello", DeliverySeconds);
        fleet.Whisper("kitchen", "greeting", "hello to you");

        await fleet.HeardAsync("mine", "greeting", "hello to you", DeliverySeconds);
        fleet.AssertHealthy("mine", "kitchen");
    }

    [Theory]
    [InlineData(23_500)]
    [InlineData(-40_500)]
    public async Task ATemperatureArrives(int milliCelsius)
    {
        string join = "join=" + BoardFleet.NewJoinCode();
        using var fleet = new BoardFleet(Speed);
        fleet.AddFirmware("roof", "SensorSample.exe", join, "every=300");
        fleet["roof"].I2c.Connect(1, 0x48, new Thermometer(milliCelsius));
        fleet.Add("kitchen", join, "intents=room_climate");
        fleet.Ether.LinkAll("roof", "kitchen");
        await fleet.StartAsync();

        string payload = $"{{\"milli_celsius\":{milliCelsius}}}";
        await fleet.HeardAsync("kitchen", "room_climate", payload, DeliverySeconds);
        fleet.AssertHealthy("roof", "kitchen");
    }

    [Fact]
    public async Task WithoutASensorNothingIsSent()
    {
        using var fleet = new BoardFleet(Speed);
        fleet.AddFirmware("roof", "SensorSample.exe", "join=" + BoardFleet.NewJoinCode(), "every=1");
        await fleet.StartAsync();
        await fleet.Clock.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.DoesNotContain(fleet.Lines("roof"), line => line.StartsWith("wn sent ", StringComparison.Ordinal));
        fleet.AssertHealthy("roof");
    }

    private static async Task ReadyAsync(BoardFleet fleet, string board, int pin)
    {
        while (fleet[board].Pins.Mode(pin) != PinDrive.InputPullUp)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        // Board time stands still while a program computes, unless a busy host keeps it from computing for long: once
        // this has passed, the program waits for the button.
        await fleet.Clock.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    private static void Bounce(VirtualBoard board, int pin)
    {
        foreach (bool high in (bool[])[false, true, false, true, false])
        {
            board.Pins.Set(pin, high);
        }
    }

    /// <summary>An LM75 as its data sheet has it: a pointer register, and the temperature in register 0.</summary>
    private sealed class Thermometer(int milliCelsius) : IVirtualI2cDevice
    {
        private int _pointer;

        public void Written(ReadOnlySpan<byte> data) => _pointer = data[0];

        public void Read(Span<byte> buffer)
        {
            Assert.Equal(0, _pointer);
            int value = milliCelsius * 256 / 1000;
            buffer[0] = (byte)(value >> 8);
            buffer[1] = (byte)value;
        }
    }
}
