using WhispurrNet.Simulation.Engine;

namespace WhispurrNet.Simulation.Tests.Engine;

public class EventQueueTests
{
    [Fact]
    public void WhatIsDueNextRunsNextAndWhatIsDueAtOnceInOrder()
    {
        EventQueue time = new();
        List<string> ran = [];
        time.At(20, () => ran.Add("c"));
        time.At(10, () => ran.Add("a"));
        time.At(10, () =>
        {
            ran.Add("b");
            time.At(5, () => ran.Add($"late {time.NowMs}"));
        });
        time.At(31, () => ran.Add("too late"));

        time.RunUntil(30);

        Assert.Equal(["a", "b", "late 10", "c"], ran);
        Assert.Equal(30, time.NowMs);
        Assert.Equal(4, time.Count);
    }
}
