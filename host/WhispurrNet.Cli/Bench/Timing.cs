using System.Diagnostics;

namespace WhispurrNet.Cli.Bench;

/// <summary>Measures how long something takes: the median of many runs, after enough of them for the compiler.</summary>
/// <param name="time">How long to measure one thing.</param>
internal sealed class Timing(TimeSpan time)
{
    private const double NsPerSecond = 1e9;
    private const double BatchSeconds = 0.001;
    private const int SamplesMin = 5;
    private const int BatchMax = 1 << 20;
    private const int WarmUpRoundsMax = 40;
    private const int WarmUpRoundsCalm = 8;
    private const int WarmUpCalls = 40;
    private const double WarmUpRunSeconds = 0.005;
    private const int WarmUpPauseMs = 40;
    private const double FasterShare = 0.95;

    /// <summary>Median nanoseconds of something that can be repeated as it is: runs are measured many at a time.</summary>
    public double Median(Action run)
    {
        WarmUp(run, static () => { });
        int batch = 1;
        while (batch < BatchMax && Seconds(run, batch) < BatchSeconds)
        {
            batch *= 2;
        }

        return Median(() => Seconds(run, batch) / batch);
    }

    /// <summary>Median nanoseconds of something that has to be prepared: each run is measured by itself.</summary>
    public double Median(Action prepare, Action run)
    {
        WarmUp(run, prepare);
        double clock = Median(static () => Seconds(static () => { }, 1));
        double median = Median(() =>
        {
            prepare();
            return Seconds(run, 1);
        });
        return Math.Max(median - clock, 0);
    }

    private double Median(Func<double> sample)
    {
        List<double> samples = [];
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < time || samples.Count < SamplesMin;)
        {
            samples.Add(sample());
        }

        samples.Sort();
        return samples[samples.Count / 2] * NsPerSecond;
    }

    // The compiler makes a method faster twice, each time after some thirty calls and a while without new methods, on a
    // thread of its own that a busy machine lets wait. So: runs and pauses in turn, until they no longer get faster.
    private void WarmUp(Action run, Action prepare)
    {
        double best = double.MaxValue;
        int calm = 0;
        for (int round = 0; round < WarmUpRoundsMax && calm < WarmUpRoundsCalm; round++)
        {
            double fastest = double.MaxValue;
            var watch = Stopwatch.StartNew();
            for (int i = 0; i < WarmUpCalls || watch.Elapsed.TotalSeconds < WarmUpRunSeconds; i++)
            {
                prepare();
                fastest = Math.Min(fastest, Seconds(run, 1));
            }

            calm = fastest < best * FasterShare ? 0 : calm + 1;
            best = Math.Min(best, fastest);
            Thread.Sleep(WarmUpPauseMs);
        }
    }

    private static double Seconds(Action run, int times)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < times; i++)
        {
            run();
        }

        return (double)(Stopwatch.GetTimestamp() - start) / Stopwatch.Frequency;
    }
}
