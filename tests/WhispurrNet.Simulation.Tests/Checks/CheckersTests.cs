using WhispurrNet.Simulation.Checks;
using WhispurrNet.Simulation.Engine;
using WhispurrNet.Simulation.Nodes;
using WhispurrNet.Simulation.World;

namespace WhispurrNet.Simulation.Tests.Checks;

/// <summary>A checker that cannot find anything wrong is worth nothing: each is shown what is.</summary>
public sealed class CheckersTests : IDisposable
{
    private readonly TraceHash _trace = new();
    private readonly Medium _medium;

    public CheckersTests()
    {
        _medium = new Medium(new EventQueue(), _trace, new SimRandom(1), 4);
        for (int i = 0; i < 4; i++)
        {
            _medium.Boards[i] = new Board(_medium, i, hasRadio: true);
        }

        Ledger.Boards = 4;
        Add(WhisperKind.Broadcast, 0);
        Add(WhisperKind.Direct, 1).Recipient = 2;
    }

    private DeliveryLedger Ledger => _medium.Ledger;

    [Fact]
    public void WhatIsRightIsNoViolation()
    {
        Ledger.Delivered(_medium.Boards[1], 0);
        Ledger.Delivered(_medium.Boards[2], 0);
        Ledger.Delivered(_medium.Boards[2], 1);
        Ledger.Acknowledged(Ledger.Whispers[1]);

        Assert.Empty(Ledger.Violations);
        Assert.Equal(3, Ledger.DeliveredCount);
        Assert.Equal((1, 0), (Ledger.Acks, Ledger.FalseAcks));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(1, 2)]
    public void WhatComesToTheWrongNodeIs(int node, int number)
    {
        Ledger.Delivered(_medium.Boards[node], number);

        Assert.Contains("whom it is not for", Assert.Single(Ledger.Violations));
        Assert.Equal(0, Ledger.DeliveredCount);
    }

    [Fact]
    public void WhatComesTwiceIs()
    {
        Ledger.Delivered(_medium.Boards[1], 0);
        Ledger.Delivered(_medium.Boards[1], 0);

        Assert.Contains("twice within a boot", Assert.Single(Ledger.Violations));
        Assert.Equal(1, Ledger.DeliveredCount);
    }

    [Fact]
    public void AnAcknowledgementBeforeTheArrivalIs()
    {
        Ledger.Acknowledged(Ledger.Whispers[1]);

        Assert.Contains("had not arrived", Assert.Single(Ledger.Violations));
        Assert.Equal(1, Ledger.FalseAcks);
    }

    [Fact]
    public void OnlySoManyViolationsAreListed()
    {
        for (int i = 0; i < 100; i++)
        {
            Ledger.Delivered(_medium.Boards[0], 0);
        }

        Assert.Equal(50, Ledger.Violations.Count);
    }

    [Fact]
    public void FinishedContactsSayWhoMustHoldAFrame()
    {
        // The first is over before the whisper is sent; the third begins before its board has the frame.
        ContactLog log = Log((5, 9, 1, 2), (10, 20, 0, 1), (15, 25, 1, 3), (30, 40, 2, 1), (50, 60, 2, 3));

        Assert.Equal([-1, -1, -1, -1], Holders(log, 99, 200)[1..].Prepend(-1));
        Assert.Equal([0, 0, 0, -1], Holders(log, 6, 59));
        Assert.Equal([0, 0, 0, 0], Holders(log, 6, 60));
    }

    [Fact]
    public void WhoHasLostItsMemoryHoldsNothing()
    {
        ContactLog log = new();
        log.Add(new ContactLog.Entry(10, 20, 0, 1, 0, 0));
        log.Add(new ContactLog.Entry(30, 40, 1, 2, 1, 0));

        Assert.Equal([0, 0, -1, -1], Holders(log, 6, 60));
    }

    public void Dispose()
    {
        _trace.Dispose();
    }

    private static ContactLog Log(params (long BeganMs, long EndedMs, int A, int B)[] contacts)
    {
        ContactLog log = new();
        foreach ((long beganMs, long endedMs, int a, int b) in contacts)
        {
            log.Add(new ContactLog.Entry(beganMs, endedMs, a, b, 0, 0));
        }

        return log;
    }

    private static int[] Holders(ContactLog log, long sentMs, long endMs)
    {
        SimulatedWhisper whisper = new(0, WhisperKind.Broadcast, 0) { SentMs = sentMs };
        return LossCheck.Holders(log, whisper, 0, endMs, 4);
    }

    private SimulatedWhisper Add(WhisperKind kind, int origin)
    {
        SimulatedWhisper whisper = new(Ledger.Whispers.Count, kind, origin);
        Ledger.Whispers.Add(whisper);
        Ledger.Accepted(whisper, 0);
        return whisper;
    }
}
