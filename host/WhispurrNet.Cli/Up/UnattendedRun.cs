using System.Security.Cryptography;
using System.Text;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Desk;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Cli.Up;

/// <summary>
/// Sends one whisper of each kind from the desk, has the far end answer the direct one, and sees who gets them, and who
/// on the way could read them. A direct whisper needs the contact card of its recipient, so that the wait for the card
/// is part of the run.
/// </summary>
internal sealed class UnattendedRun(BoardLineup lineup)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly DeskNode _desk = lineup.Gateway.Desk!;
    private readonly LineBoard _farEnd = lineup.Boards.Single(board => board.IsFarEnd);
    private readonly List<Probe> _probes = [];
    private long? _contactMs;
    private Probe? _answer;

    /// <summary>Waits for the boards, sends, and waits until everything has arrived.</summary>
    /// <param name="limit">Ends it early: at the time given.</param>
    public async Task<UnattendedReport> RunAsync(CancellationToken limit)
    {
        try
        {
            long startMs = lineup.NowMs;
            await UntilAsync(() => lineup.AllBooted, limit).ConfigureAwait(false);

            // The emergency comes last: it is to overtake, not to be ahead from the start.
            await SendAsync(WhisperKinds.Resonance, p => _desk.Resonate(LineBoard.Intent, p), b => b.IsFarEnd, limit)
                .ConfigureAwait(false);
            await SendAsync(WhisperKinds.Broadcast, _desk.Broadcast, b => !b.IsForeign, limit).ConfigureAwait(false);
            await SendAsync(WhisperKinds.Emergency, _desk.Emergency, b => !b.IsForeign, limit).ConfigureAwait(false);
            await UntilAsync(() => FarEnd() is not null, limit).ConfigureAwait(false);
            _contactMs = lineup.NowMs - startMs;
            await SendAsync(WhisperKinds.Direct, p => _desk.Direct(FarEnd()!, p), b => b.IsFarEnd, limit)
                .ConfigureAwait(false);
            await AnswerAsync(limit).ConfigureAwait(false);
            await UntilAsync(
                () => _probes.All(IsComplete) && IsAnswerComplete() && CountAcknowledged() == 2, limit)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // Time is over; what has not arrived by now is reported so.
        }

        return Report();
    }

    private static async Task UntilAsync(Func<bool> condition, CancellationToken limit)
    {
        while (!condition())
        {
            await Task.Delay(Poll, limit).ConfigureAwait(false);
        }
    }

    // Unlike any other payload, so that finding it somewhere means that this whisper was read there.
    private static string Payload(string kind) => $"{{\"{kind}\":\"{RandomNumberGenerator.GetHexString(32, true)}\"}}";

    private string? FarEnd() => _desk.Contacts.FirstOrDefault(contact => contact.Node == _farEnd.Name)?.Id;

    private async Task SendAsync(
        string kind, Func<byte[], DeskSendResult> send, Func<LineBoard, bool> isAddressee, CancellationToken limit)
    {
        string payload = Payload(kind);
        byte[] bytes = Encoding.UTF8.GetBytes(payload);
        DeskSendResult sent = send(bytes);
        while (sent.Result is SendResult.Congested or SendResult.StoreFull)
        {
            // As any sender would: the mesh is asked again a little later.
            await Task.Delay(Poll, limit).ConfigureAwait(false);
            sent = send(bytes);
        }

        if (sent.FrameId is null)
        {
            throw new CommandFailure($"The desk could not send a {kind} whisper: {sent.Result}.");
        }

        _probes.Add(new Probe(
            kind, payload, sent.FrameId, [.. lineup.Boards.Where(isAddressee).Select(b => b.Name)]));
    }

    private async Task AnswerAsync(CancellationToken limit)
    {
        Probe direct = _probes.Single(probe => probe.Kind == WhisperKinds.Direct);
        await UntilAsync(() => IsDelivered(direct), limit).ConfigureAwait(false);
        string identity = _desk.Identity;
        await UntilAsync(() => lineup.HasContact(_farEnd.Name, identity), limit).ConfigureAwait(false);
        string payload = Payload("answer");
        SendResult sent = lineup.WhisperTo(_farEnd.Name, identity, Encoding.UTF8.GetBytes(payload));
        if (sent != SendResult.Queued)
        {
            throw new CommandFailure($"{_farEnd.Name} could not answer the desk: {sent}.");
        }

        // The board says on its serial line which frame it is.
        WhisperView? view = null;
        await UntilAsync(() => (view = FindAnswer()) is not null, limit).ConfigureAwait(false);
        _answer = new Probe(WhisperKinds.Direct, payload, view!.Id, []);
    }

    private WhisperView? FindAnswer() => lineup.Gateway.Map.ReadWhispers()
        .FirstOrDefault(whisper => whisper.Kind == WhisperKinds.Direct && whisper.From == _farEnd.Name);

    private bool IsDelivered(Probe probe)
    {
        return probe.Addressees.All(board =>
                lineup.HasHeard(board, probe.Payload) && lineup.KindReadBy(board, probe.FrameId) == probe.Kind)
            && lineup.Gateway.Map.ReadWhisper(probe.FrameId) is { } whisper
            && probe.Addressees.All(board => whisper.Deliveries.Any(d => d.Node == board));
    }

    private bool IsComplete(Probe probe) => IsDelivered(probe) && HopsOf(probe) is not null;

    private bool IsAnswerComplete() => AnswerDelivery() is { BluetoothHops: not null };

    private int CountAcknowledged()
    {
        IEnumerable<Probe?> direct = _probes.Where(probe => probe.Kind == WhisperKinds.Direct);
        return direct.Append(_answer).Count(probe =>
            probe is not null && lineup.Gateway.Map.ReadWhisper(probe.FrameId)?.Status == "delivered");
    }

    private DeliveryView? AnswerDelivery()
    {
        return _answer is not null
            && lineup.Gateway.Map.ReadWhisper(_answer.FrameId) is { } whisper
            && whisper.Payload == _answer.Payload
            ? whisper.Deliveries.FirstOrDefault(delivery => delivery.Node == DeskNode.Name)
            : null;
    }

    private UnattendedReport Report()
    {
        var check = new ReadingCheck(lineup);
        IReadOnlyList<KindReport> kinds = [.. WhisperKinds.All.Select(kind => Summarize(kind, check))];
        DeliveryView? answer = AnswerDelivery();
        return new UnattendedReport(
            lineup.Boards.Count,
            lineup.Options.Speed,
            _contactMs,
            kinds,
            new AnswerReport(
                _farEnd.Name,
                _answer is null ? 0 : 1,
                answer is null ? 0 : 1,
                answer is { Proven: true },
                answer?.BluetoothHops,
                answer?.LatencyMs,
                _answer is null ? 0 : check.CountReaders([_answer])),
            CountAcknowledged(),
            check.CountReaders(_answer is null ? _probes : [.. _probes, _answer]));
    }

    private KindReport Summarize(string kind, ReadingCheck check)
    {
        if (_probes.FirstOrDefault(p => p.Kind == kind) is not { } probe)
        {
            return new KindReport(kind, 0, 0, null, null, 0);
        }

        int readers = check.CountReaders([probe]);
        return IsDelivered(probe)
            ? new KindReport(kind, 1, 1, HopsOf(probe), DeliveriesOf(probe).Max(d => d.LatencyMs), readers)
            : new KindReport(kind, 1, 0, null, null, readers);
    }

    /// <summary>
    /// Hops to the farthest addressee. Boards report each on its own, so that the way may be known a moment later than
    /// the delivery.
    /// </summary>
    private int? HopsOf(Probe probe)
    {
        var hops = DeliveriesOf(probe).Select(d => d.BluetoothHops).ToList();
        return hops.Contains(null) ? null : hops.Max();
    }

    private IEnumerable<DeliveryView> DeliveriesOf(Probe probe) =>
        lineup.Gateway.Map.ReadWhisper(probe.FrameId)!.Deliveries.Where(d => probe.Addressees.Contains(d.Node));
}
