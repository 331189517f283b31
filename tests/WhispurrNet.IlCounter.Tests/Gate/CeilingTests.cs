using WhispurrNet.Instrumentation;
using Xunit;

namespace WhispurrNet.IlCounter.Tests.Gate;

/// <summary>
/// No operation costs more IL than was recorded, and none much less: what has become cheaper is recorded anew, and from then on it is
/// what counts. Counts are exact, so the margins are for the compiler only, which may turn a line into an instruction more or less.
/// </summary>
public class CeilingTests
{
    /// <summary>Above the ceiling by one in so many.</summary>
    private const int MarginAbove = 1000;

    /// <summary>Below the ceiling by one in so many: then it is due to be lowered.</summary>
    private const int MarginBelow = 50;

    /// <summary>Bytes above the ceiling by one in so many: the compiler makes other helpers in a Release build. None stays none.</summary>
    private const int MarginBytes = 20;

    [Fact]
    public void NothingCostsMoreThanWasRecordedAndTheRecordIsNotOutdated()
    {
        IReadOnlyDictionary<string, Ceiling> now =
            Measured.All.ToDictionary(c => c.Operation, c => new Ceiling(c.ManagedIl, c.NativeIl, c.BytesAllocated));
        if (Ceilings.IsRecording)
        {
            Ceilings.Write(now);
            return;
        }

        IReadOnlyDictionary<string, Ceiling> recorded = Ceilings.Read();
        Assert.Equal(recorded.Keys.Order(), now.Keys.Order());
        string[] wrong = [.. now.SelectMany(c => Compare(c.Key, recorded[c.Key], c.Value))];
        Assert.True(wrong.Length == 0, string.Join(Environment.NewLine, wrong));
    }

    [Theory]
    [InlineData(100_000, 100_000, 100_000, true)]
    [InlineData(100_000, 100_101, 100_000, false)]
    [InlineData(100_000, 100_000, 100_101, false)]
    [InlineData(100_000, 97_999, 100_000, false)]
    [InlineData(100_000, 98_001, 98_001, true)]
    public void TheRatchetHoldsBothWays(long recorded, long managed, long native, bool holds)
    {
        Assert.Equal(holds, !Compare("it", new Ceiling(recorded, recorded, 0), new Ceiling(managed, native, 0)).Any());
    }

    [Fact]
    public void AByteMoreThanNoneIsTooMuch()
    {
        Assert.NotEmpty(Compare("it", new Ceiling(9, 9, 0), new Ceiling(9, 9, 1)));
    }

    private static IEnumerable<string> Compare(string name, Ceiling recorded, Ceiling now)
    {
        (string What, long Ceiling, long Now, long Margin)[] figures =
        [
            ("IL with the managed HMAC", recorded.ManagedIl, now.ManagedIl, recorded.ManagedIl / MarginAbove),
            ("IL with a native HMAC", recorded.NativeIl, now.NativeIl, recorded.NativeIl / MarginAbove),
            ("bytes", recorded.Bytes, now.Bytes, recorded.Bytes / MarginBytes),
        ];
        foreach ((string what, long ceiling, long value, long margin) in figures)
        {
            if (value > ceiling + margin)
            {
                yield return $"{name}: {value:N0} {what}, and {ceiling:N0} is the ceiling.";
            }
            else if (value < ceiling - (ceiling / MarginBelow))
            {
                yield return $"{name}: {value:N0} {what} is less than {ceiling:N0}: record it with WHISPURR_UPDATE_CEILINGS=1.";
            }
        }
    }
}
