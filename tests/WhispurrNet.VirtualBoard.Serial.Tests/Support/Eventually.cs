namespace WhispurrNet.Virtual.Serial.Tests.Support;

/// <summary>Waits for what takes its time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    /// <summary>Waits until something holds.</summary>
    public static async Task Is(Func<bool> condition)
    {
        long start = Environment.TickCount64;
        while (!condition())
        {
            Assert.True(Environment.TickCount64 - start < s_limit.TotalMilliseconds, "It did not happen in time.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
