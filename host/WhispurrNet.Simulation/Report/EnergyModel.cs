using WhispurrNet.Protocol.Gossip;

namespace WhispurrNet.Simulation.Report;

/// <summary>
/// What a board draws, by what its radio does. Estimates from the chip's data sheet, nothing was measured: a processor that
/// interprets at 240 MHz with the modem asleep, receiving all the time while it scans, and a radio that is on for a few per
/// cent of the time while it serves or holds a contact.
/// </summary>
internal static class EnergyModel
{
    private const double ProcessorMilliamperes = 45;
    private const double ServeMilliamperes = 5;
    private const double ScanMilliamperes = 95;
    private const double ContactMilliamperes = 10;

    /// <summary>Charge a day, milliampere-hours, of a board that spent so many milliseconds in each role.</summary>
    public static double MahPerDay(long[] roleMs)
    {
        double totalMs = Math.Max(1, roleMs.Sum());
        double radio = (ServeMilliamperes * roleMs[(int)RadioAction.Serve])
            + (ScanMilliamperes * roleMs[(int)RadioAction.Scan])
            + (ContactMilliamperes * roleMs[(int)RadioAction.Contact]);
        return 24 * (ProcessorMilliamperes + (radio / totalMs));
    }
}
