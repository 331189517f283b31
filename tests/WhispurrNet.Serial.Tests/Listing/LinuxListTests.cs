using WhispurrNet.Serial.Linux;

namespace WhispurrNet.Serial.Tests.Listing;

/// <summary>Which ports Linux has, by a tree of folders like its own.</summary>
public sealed class LinuxListTests : IDisposable
{
    private readonly FakeSysfs _sys = new();

    public LinuxListTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Links of folders need rights there.");

    public void Dispose() => _sys.Dispose();

    [Fact]
    public void AUsbPortTellsItsDevice()
    {
        _sys.AddUsb(
            "ttyUSB0",
            ("idVendor", "10c4"),
            ("idProduct", "ea60"),
            ("serial", "0001"),
            ("product", "CP2102N USB to UART Bridge Controller"),
            ("manufacturer", "Silicon Labs"));

        Assert.Equal(
            new SerialPortInfo(
                Path.Combine(_sys.Devices, "ttyUSB0"), 0x10C4, 0xEA60, "0001", "CP2102N USB to UART Bridge Controller"),
            Assert.Single(List()));
    }

    [Fact]
    public void WhatADeviceDoesNotTellIsNull()
    {
        _sys.AddUsb("ttyACM0", ("idVendor", "303a"), ("idProduct", "1001"), ("serial", " "));
        _sys.AddUsb("ttyACM1", ("idVendor", "303a"), ("idProduct", "nonsense"), ("manufacturer", "Espressif"));

        Assert.Equal(
            [
                new SerialPortInfo(Path.Combine(_sys.Devices, "ttyACM0"), 0x303A, 0x1001, null, null),
                new SerialPortInfo(Path.Combine(_sys.Devices, "ttyACM1"), 0x303A, null, null, "Espressif"),
            ],
            List());
    }

    [Fact]
    public void PortsOfThePcCountOnlyWithAChip()
    {
        _sys.AddUart("ttyS0", type: 4);
        _sys.AddUart("ttyS1", type: 0);

        Assert.Equal(
            [new SerialPortInfo(Path.Combine(_sys.Devices, "ttyS0"), null, null, null, null)], List());
    }

    [Fact]
    public void TerminalsWithoutADeviceAreNoPorts()
    {
        _sys.AddTerminal("tty0");
        _sys.AddTerminal("console");

        Assert.Empty(List());
    }

    [Fact]
    public void PortsComeInTheOrderOfTheirNumbers()
    {
        foreach (int number in new[] { 10, 2, 0 })
        {
            _sys.AddUsb($"ttyUSB{number}", ("idVendor", "1a86"), ("idProduct", "7523"));
        }

        _sys.AddUsb("ttyACM3", ("idVendor", "1a86"), ("idProduct", "55d4"));

        Assert.Equal(
            ["ttyACM3", "ttyUSB0", "ttyUSB2", "ttyUSB10"], List().Select(port => Path.GetFileName(port.Name)));
    }

    [Fact]
    public void ALinkThatLeadsNowhereIsAPortThatHasJustGone()
    {
        _sys.AddUsb("ttyUSB0", ("idVendor", "1a86"), ("idProduct", "7523"));
        Directory.Delete(Path.Combine(_sys.Root, "devices"), recursive: true);

        Assert.Empty(List());
    }

    [Fact]
    public void ASystemWithoutTheFolderHasNone() =>
        Assert.Empty(new LinuxSerialPorts(Path.Combine(_sys.Root, "none")).List());

    [Fact]
    public void ThisSystemListsWithoutTrouble()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux.");

        Assert.All(
            SerialPorts.ForThisSystem.List(),
            port => Assert.StartsWith("/dev/tty", port.Name, StringComparison.Ordinal));
    }

    private IReadOnlyList<SerialPortInfo> List() => new LinuxSerialPorts(_sys.Root, _sys.Devices).List();
}
