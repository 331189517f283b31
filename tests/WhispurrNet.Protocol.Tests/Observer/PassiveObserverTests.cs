using WhispurrNet.PassiveObserver.Capture;
using WhispurrNet.PassiveObserver.Measure;
using WhispurrNet.Protocol.Frames;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Observer;

/// <summary>
/// What relays without keys can tell of frames: by content and counters no more than by guessing. A short part of what
/// tools/PassiveObserver measures, and the proof that its instruments show what is there to see.
/// </summary>
public class PassiveObserverTests
{
    private const int Seed = 1;

    [Fact]
    public void NeitherKindNorConversationIsToldByContentAndCounters()
    {
        Recording recording = new FrameMill(Seed).Run(3200);

        Finding[] findings =
        [
            .. ContentTrial.Kinds(recording, Seed, pairs: false),
            .. ContentTrial.Conversations(recording, FrameKind.Resonance, Seed),
            .. ContentTrial.Conversations(recording, FrameKind.Direct, Seed),
        ];
        Write(findings);
        Assert.Equal(3 * (Enum.GetValues<FrameKind>().Length + 2), findings.Length);
        Assert.All(findings, f => Assert.InRange(f.Result.Error, 0, 0.015));
        Assert.All(findings, f => Assert.True(f.Result.Value <= Report.Bound, $"{f}"));
    }

    /// <summary>Had one kind of frame six times the lifetime of others, it would be known by that.</summary>
    [Fact]
    public void AnotherLifetimeOfAKindIsNoticed()
    {
        Recording recording = new FrameMill(Seed).Run(100);
        foreach (Sighting s in recording.Sightings.Where(s => recording.Truths[s.Id].Kind == FrameKind.Direct))
        {
            int hops = FrameCodec.ReadHopBudget(s.Bytes, 0, s.Bytes.Length);
            int units = FrameCodec.ReadLifetimeUnits(s.Bytes, 0, s.Bytes.Length);
            FrameCodec.WriteMutable(s.Bytes, 0, s.Bytes.Length, hops, 6 * units);
        }

        Finding[] direct =
            [.. ContentTrial.Kinds(recording, Seed).Where(f => f.Question.StartsWith("Direct", StringComparison.Ordinal))];
        Write(direct);
        Assert.NotEmpty(direct);
        Assert.All(direct.Where(f => f.Method == BestFeature.MethodName), f => Assert.True(f.Result.Value > 0.9, $"{f}"));
    }

    /// <summary>Members whose whispers live longer than others' are known by that.</summary>
    [Fact]
    public void AnotherLifetimeOfSomeMembersIsNoticed()
    {
        int members = 0;
        Recording recording = new FrameMill(Seed, configure: c =>
            c.WhisperLifetimeSeconds = members++ % 2 == 0 ? 3600u : 6 * 3600u).Run(300);

        IReadOnlyList<Finding> findings = ContentTrial.Conversations(recording, FrameKind.Resonance, Seed);
        Write(findings);
        Assert.Contains(findings, f => f.Result.Value > 0.3);
    }

    /// <summary>Members without a clock say so in every frame; where others have one, that makes two groups.</summary>
    [Fact]
    public void WhoHasNoClockIsNoticed()
    {
        Recording recording = new FrameMill(Seed, Clocks.Half).Run(300);

        IReadOnlyList<Finding> findings = ContentTrial.Conversations(recording, FrameKind.Resonance, Seed);
        Write(findings);
        Assert.Contains(findings, f => f.Result.Value > 0.3);
    }

    /// <summary>Relays of a whole mesh hear everything, see answers come, and name origins better than guessing.</summary>
    [Fact]
    public void TimesAndWaysAreNotHidden()
    {
        Recording recording = new ObservedMesh(new RunOptions { Hours = 6 }).Run();

        IReadOnlyList<Finding> answers = TimingTrial.Answers(recording, FrameKind.Acknowledgement, Seed);
        IReadOnlyList<OriginFigure> origins = OriginTrial.Named(recording, Seed);
        Write(answers);
        Assert.InRange(recording.FirstCopies(recording.Relays).Count(), recording.Truths.Count * 95 / 100, int.MaxValue);
        Assert.Contains(answers, f => f.Result.Value > 0.3);
        Assert.True(origins[^1].ByTime > 2.0 / recording.Nodes);
        Assert.True(origins[^1].ByTime > origins[0].ByTime);
    }

    private static void Write(IEnumerable<Finding> findings)
    {
        foreach (Finding f in findings)
        {
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{f.Question}, {f.Method}: {f.Result.Value:F3} +- {f.Result.Error:F3} of {f.Result.Count}");
        }
    }
}
