using WhispurrNet.Simulation.Checks;
using WhispurrNet.Simulation.World;

namespace WhispurrNet.Simulation.Tests.World;

/// <summary>Whoever was away for half the lifetime has everything within two contacts of coming back.</summary>
public class AwayTests
{
    private const int LifetimeSeconds = 3600;
    private const long LeaveMs = 300_000;
    private const long BackMs = LeaveMs + (LifetimeSeconds * 1000L / 2);

    public static TheoryData<int, double> Runs => new(
        from seed in Enumerable.Range(1, 10) from loss in new[] { 0, 0.1 } select (seed, loss));

    [Theory]
    [MemberData(nameof(Runs))]
    public void WhoComesBackHasEverythingWithinTwoContacts(int seed, double loss)
    {
        SimulationOptions options = new()
        {
            Nodes = 30, Whispers = 30, Rate = 1, WarmUpSeconds = 320, LifetimeSeconds = LifetimeSeconds, Loss = loss, Seed = seed,
            DurationSeconds = 2700, StopWhenDone = false,
        };
        using SimulatedWorld world = new(options);
        Board wanderer = world.Medium.Boards[seed];
        world.Medium.Time.At(LeaveMs, () => world.Faults.Leave(wanderer, power: false));
        world.Medium.Time.At(BackMs, () => world.Faults.Return(wanderer));

        world.Run(null, TestContext.Current.CancellationToken);

        int[] missed = [.. world.Medium.Ledger.Whispers
            .Where(w => w.SentMs is > LeaveMs and < BackMs - 300_000 && w.Origin != wanderer.Number).Select(w => w.Number)];
        Assert.NotEmpty(missed);
        long lastMs = missed.Max(n => world.Medium.Ledger.Find(n, wanderer.Number)?.AtMs ?? long.MaxValue);
        int contacts = world.Medium.Contacts.Entries.Count(c => (c.A == wanderer.Number || c.B == wanderer.Number)
            && c.BeganMs > BackMs && c.BeganMs < lastMs);

        Assert.InRange(contacts, 1, 2);
        Assert.Empty(world.Medium.Ledger.Violations);
    }
}
