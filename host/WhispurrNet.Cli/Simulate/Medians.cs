using System.Security.Cryptography;
using System.Text;
using WhispurrNet.Simulation.Report;

namespace WhispurrNet.Cli.Simulate;

/// <summary>Several seeds of one point of a sweep as one report.</summary>
internal static class Medians
{
    // As many as one run lists.
    private const int MostViolations = 50;

    /// <summary>
    /// The median of every figure. Where one run in many is one too many, it is not: breaches, silent losses and false
    /// acknowledgements are those of all runs together. Curves and lists are those of the first.
    /// </summary>
    /// <param name="reports">The runs, at least one.</param>
    public static SimulationReport Of(IReadOnlyList<SimulationReport> reports)
    {
        if (reports.Count == 1)
        {
            return reports[0];
        }

        double Real(Func<SimulationReport, double> figure) => Median(reports.Select(figure));
        long Whole(Func<SimulationReport, long> figure) => (long)Median(reports.Select(r => (double)figure(r)));
        return reports[0] with
        {
            Trace = TraceOf(reports),
            Delivery = Real(r => r.Delivery),
            DeliveryOfAll = Real(r => r.DeliveryOfAll),
            Pairs = Whole(r => r.Pairs),
            PairsConnected = Whole(r => r.PairsConnected),
            PairsDelivered = Whole(r => r.PairsDelivered),
            AckDelivery = Real(r => r.AckDelivery),
            FalseAcks = reports.Sum(r => r.FalseAcks),
            P50LatencyMs = Whole(r => r.P50LatencyMs),
            P95LatencyMs = Whole(r => r.P95LatencyMs),
            MeanHops = Real(r => r.MeanHops),
            BytesPerDelivery = Real(r => r.BytesPerDelivery),
            BytesPerDeliverySinceFirst = Real(r => r.BytesPerDeliverySinceFirst),
            ContactsPerDelivery = Real(r => r.ContactsPerDelivery),
            OfferedLoad = Real(r => r.OfferedLoad),
            Goodput = Real(r => r.Goodput),
            Accepted = (int)Whole(r => r.Accepted),
            Congested = (int)Whole(r => r.Congested),
            EmergencyP95Ms = Whole(r => r.EmergencyP95Ms),
            EmergencyDelivery = Real(r => r.EmergencyDelivery),
            Converged = reports.All(r => r.Converged),
            Violations = [.. reports.SelectMany(Named).Take(MostViolations)],
            LostReported = Whole(r => r.LostReported),
            LostSilently = reports.Sum(r => r.LostSilently),
            Bytes = new ByteCounts(
                Whole(r => r.Bytes.Contacts),
                Whole(r => r.Bytes.Streams),
                Whole(r => r.Bytes.Frames),
                Whole(r => r.Bytes.Discovery),
                Whole(r => r.Bytes.Advertisements)),
            Contacts = new ContactCounts(
                Whole(r => r.Contacts.Connected),
                Whole(r => r.Contacts.Finished),
                Whole(r => r.Contacts.Failed),
                Whole(r => r.Contacts.Fruitless)),
            EnergyMahPerDay = Real(r => r.EnergyMahPerDay),
            EnergyMahPerDayMax = Real(r => r.EnergyMahPerDayMax),
            SimulatedSeconds = Real(r => r.SimulatedSeconds),
            Events = Whole(r => r.Events),
            WallSeconds = Real(r => r.WallSeconds),
            BytesPerNode = Whole(r => r.BytesPerNode),
        };
    }

    /// <summary>The one in the middle, or the mean of the two; what is no number does not count.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        int middle = sorted.Length / 2;
        return sorted.Length == 0 ? double.NaN
            : sorted.Length % 2 == 1 ? sorted[middle]
            : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static IEnumerable<string> Named(SimulationReport report) =>
        report.Violations.Select(violation => $"seed {report.Options.Seed}: {violation}");

    // As with one run, the same trace is the same in everything.
    private static string TraceOf(IEnumerable<SimulationReport> reports) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(reports.Select(report => report.Trace)))));
}
