using WhispurrNet.Serial.Linux;
using WhispurrNet.Serial.Unix;

namespace WhispurrNet.Serial.Tests.Ports;

/// <summary>DTR and RTS reset boards: nobody touches them unasked, and both change at once.</summary>
public sealed class ControlLineTests : PtyTest
{
    private const int Ready = TerminalSystem.DataTerminalReady, Send = TerminalSystem.RequestToSend, Other = 0x020;

    private readonly WatchedTerminals _system = new(new LinuxTerminals());

    public ControlLineTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Over the terminals of Linux.");

    [Fact]
    public async Task NoLineIsTouchedUnlessAsked()
    {
        using (ISerialPort port = OpenWatched(null))
        {
            port.BaudRate = 115_200;
            await port.WriteAsync(new byte[] { 1 }, Limit);
            await Far.WriteAsync(new byte[] { 1 }, Limit);
            await ReadAsync(port.ReadAsync, 1);
            port.DiscardInput();
            port.SetLines(null, null);
        }

        Assert.Empty(_system.Words);
    }

    [Theory]
    [InlineData(true, Ready | Send)]
    [InlineData(false, 0)]
    public void AskedForBothChangeAtOnce(bool up, int expected)
    {
        _system.Lines = up ? 0 : Ready | Send;
        using ISerialPort port = OpenWatched(up);

        Assert.Equal([expected], _system.Words);
    }

    [Theory]
    [InlineData(true, null, Ready)]
    [InlineData(null, true, Send)]
    [InlineData(true, true, Ready | Send)]
    public void RaisedLinesLeaveTheOthersAlone(bool? ready, bool? send, int expected)
    {
        _system.Lines = Other;
        using ISerialPort port = OpenWatched(null);

        port.SetLines(ready, send);

        Assert.Equal([expected | Other], _system.Words);
    }

    [Fact]
    public void OneUpAndOneDownIsOneChange()
    {
        _system.Lines = Ready;
        using ISerialPort port = OpenWatched(null);

        port.SetLines(false, true);

        Assert.Equal([Send], _system.Words);
    }

    [Fact]
    public void LinesThatAreAsAskedForAreNotSetAgain()
    {
        using ISerialPort port = OpenWatched(true);

        port.SetLines(true, true);

        Assert.Empty(_system.Words);
    }

    [Fact]
    public void APortWithoutLinesIgnoresThem()
    {
        using ISerialPort port = Open(new SerialPortOptions(AssertLines: true));

        port.SetLines(true, false);
    }

    private UnixSerialPort OpenWatched(bool? assert) =>
        UnixSerialPort.Open(_system, Far.Name, new SerialPortOptions(AssertLines: assert));
}
