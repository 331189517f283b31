using WhispurrNet.Serial.Unix;

namespace WhispurrNet.Serial.Tests.Ports;

/// <summary>Tests of a real port: a pty, and this program on both ends. Needs Linux or macOS.</summary>
public abstract class PtyTest : IDisposable
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(30));

    protected PtyTest()
    {
        Assert.SkipUnless(PseudoTerminal.IsSupported, "This system has no ptys.");
        Far = PseudoTerminal.Open();
    }

    /// <summary>The end where the board would be.</summary>
    protected PseudoTerminal Far { get; }

    /// <summary>Ends a test that hangs.</summary>
    protected CancellationToken Limit => _limit.Token;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        Far.Dispose();
        _limit.Dispose();
    }

    protected ISerialPort Open(SerialPortOptions? options = null) =>
        SerialPorts.ForThisSystem.Open(Far.Name, options ?? new SerialPortOptions());

    /// <summary>Reads exactly so many bytes.</summary>
    protected async Task<byte[]> ReadAsync(
        Func<Memory<byte>, CancellationToken, ValueTask<int>> read, int count)
    {
        byte[] bytes = new byte[count];
        for (int have = 0; have < count;)
        {
            int more = await read(bytes.AsMemory(have), Limit);
            Assert.True(more > 0, $"It ended after {have} of {count} bytes.");
            have += more;
        }

        return bytes;
    }
}
