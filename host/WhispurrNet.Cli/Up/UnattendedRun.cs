using System.Security.Cryptography;
using System.Text;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Desk;
using WhispurrNet.Gateway.Live;

namespace WhispurrNet.Cli.Up;

/// <summary>
/// Sends one whisper of each kind from the desk and sees who gets it, and who on the way could read it.
/// </summary>
internal sealed class UnattendedRun(BoardLineup lineup)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly List<Probe> _probes = [];

    /// <summary>Waits for the boards, sends, and waits until everything has arrived.</summary>
    /// <param name="limit">Ends it early: at the time given.</param>
    public async Task<UnattendedReport> RunAsync(CancellationToken limit)
    {
        try
        {
            while (!lineup.AllBooted)
            {
                await Task.Delay(Poll, limit).ConfigureAwait(false);
            }

            SendAll();
            while (!_probes.All(probe => IsDelivered(probe) && HopsOf(probe) is not null))
            {
                await Task.Delay(Poll, limit).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // Time is over; what has not arrived by now is reported so.
        }

        return new UnattendedReport(
            lineup.Boards.Count,
            lineup.Options.Speed,
            [Summarize("resonance"), Summarize("broadcast")],
            new ReadingCheck(lineup).CountReaders(_probes));
    }

    private void SendAll()
    {
        DeskNode desk = lineup.Gateway.Desk!;
        string resonance = Payload("resonance");
        string broadcast = Payload("broadcast");
        DeskSendResult first = desk.Resonate(LineBoard.Intent, Encoding.UTF8.GetBytes(resonance));
        Add("resonance", resonance, first, board => board.IsFarEnd);
        DeskSendResult second = desk.Broadcast(Encoding.UTF8.GetBytes(broadcast));
        Add("broadcast", broadcast, second, board => !board.IsForeign);
    }

    // Unlike any other payload, so that finding it somewhere means that this whisper was read there.
    private static string Payload(string kind) => $"{{\"{kind}\":\"{RandomNumberGenerator.GetHexString(32, true)}\"}}";

    private void Add(string kind, string payload, DeskSendResult sent, Func<LineBoard, bool> isAddressee)
    {
        if (sent.FrameId is null)
        {
            throw new CommandFailure($"The desk could not send a {kind}: {sent.Result}.");
        }

        _probes.Add(new Probe(
            kind, payload, sent.FrameId, [.. lineup.Boards.Where(isAddressee).Select(b => b.Name)]));
    }

    private bool IsDelivered(Probe probe)
    {
        return probe.Addressees.All(board => lineup.HasHeard(board, probe.Payload))
            && lineup.Gateway.Map.ReadWhisper(probe.FrameId) is { } whisper
            && probe.Addressees.All(board => whisper.Deliveries.Any(d => d.Node == board));
    }

    private KindReport Summarize(string kind)
    {
        if (_probes.FirstOrDefault(p => p.Kind == kind) is not { } probe)
        {
            return new KindReport(kind, 0, 0, null, null);
        }

        if (!IsDelivered(probe))
        {
            return new KindReport(kind, 1, 0, null, null);
        }

        return new KindReport(kind, 1, 1, HopsOf(probe), DeliveriesOf(probe).Max(d => d.LatencyMs));
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

/// <summary>One whisper of an unattended run.</summary>
/// <param name="Kind">resonance or broadcast.</param>
/// <param name="Payload">What it says.</param>
/// <param name="FrameId">The frame that carries it.</param>
/// <param name="Addressees">Boards that should read it.</param>
internal sealed record Probe(string Kind, string Payload, string FrameId, IReadOnlyList<string> Addressees);
