using System.Diagnostics;
using WhispurrNet.Serial.Linux;
using WhispurrNet.Serial.Unix;

namespace WhispurrNet.Serial.Tests.Ports;

/// <summary>Ports that cannot be opened, and that the others are left alone.</summary>
public sealed class OpeningTests : PtyTest
{
    [Fact]
    public void APortThatIsNotThereIsMissing()
    {
        SerialPortException e = Refused("/dev/ttyUSB_none");

        Assert.Equal(SerialPortError.Missing, e.Error);
        Assert.Equal("There is no port /dev/ttyUSB_none.", e.Message);
        Assert.Equal("/dev/ttyUSB_none", e.Port);
    }

    [Fact]
    public void AFileAFolderAndADeviceThatIsNoTerminalAreNotSerial()
    {
        string file = Path.GetTempFileName();
        try
        {
            Assert.Equal(SerialPortError.NotSerial, Refused(file).Error);
            Assert.Equal(SerialPortError.NotSerial, Refused(Path.GetTempPath()).Error);
            Assert.Equal(SerialPortError.NotSerial, Refused("/dev/null").Error);
            Assert.Equal(SerialPortError.Missing, Refused(file + "/port").Error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void APortInUseIsBusyUntilItIsClosed()
    {
        using (Open())
        {
            SerialPortException e = Refused(Far.Name);
            Assert.Equal(SerialPortError.Busy, e.Error);
            Assert.Equal($"{Far.Name} is in use by another program.", e.Message);
        }

        using ISerialPort again = Open();
        Assert.Equal(Far.Name, again.Name);
    }

    [Fact]
    public void APortThatIsBusyKeepsItsSettings()
    {
        using ISerialPort first = Open(new SerialPortOptions(BaudRate: 115_200));

        Assert.Throws<SerialPortException>(() => Open(new SerialPortOptions(BaudRate: 9_600)));

        Assert.Equal(115_200, first.BaudRate);
    }

    [Fact]
    public void APortThatAnotherProgramHoldsIsBusy()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "flock as a program is of Linux.");
        using Process holder = Process.Start(
            new ProcessStartInfo("flock", ["--exclusive", "--no-fork", Far.Name, "sh", "-c", "echo held; exec sleep 60"])
            {
                RedirectStandardOutput = true,
            })!;
        try
        {
            Assert.Equal("held", holder.StandardOutput.ReadLine());
            Assert.Equal(SerialPortError.Busy, Refused(Far.Name).Error);
        }
        finally
        {
            holder.Kill();
            holder.WaitForExit();
        }

        Open().Dispose();
    }

    [Fact]
    public void SharedPortsAreOpenedTwice()
    {
        var shared = new SerialPortOptions(Exclusive: false);
        using ISerialPort first = Open(shared);
        using ISerialPort second = Open(shared);

        Assert.Equal(first.Name, second.Name);
    }

    [Fact]
    public void APortThatMayNotBeOpenedIsDeniedWithTheGroupToJoin()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("The sentence is that of Linux.");
            return;
        }

        // Nobody may not open; a user who may open everything gets at least the sentence.
        File.SetUnixFileMode(Far.Name, UnixFileMode.None);
        SerialPortException e = Environment.IsPrivilegedProcess
            ? PortError.OfOpen(UnixError.AccessDenied, Far.Name)
            : Refused(Far.Name);

        Assert.Equal(SerialPortError.Denied, e.Error);
        Assert.StartsWith($"You may not open {Far.Name}: ", e.Message, StringComparison.Ordinal);
        Assert.Contains("dialout", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADriverThatTakesAnotherRateIsUnsupportedAndThePortFree()
    {
        var system = new StubbornTerminals(new LinuxTerminals());
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Over the terminals of Linux.");

        SerialPortException e = Assert.Throws<SerialPortException>(
            () => UnixSerialPort.Open(system, Far.Name, new SerialPortOptions(BaudRate: 1_500_000)));

        Assert.Equal(SerialPortError.Unsupported, e.Error);
        Assert.Equal($"{Far.Name} cannot do 1500000 bits a second.", e.Message);
        Open().Dispose();
    }

    private static SerialPortException Refused(string name) => Assert.Throws<SerialPortException>(
        () => SerialPorts.ForThisSystem.Open(name, new SerialPortOptions()));
}
