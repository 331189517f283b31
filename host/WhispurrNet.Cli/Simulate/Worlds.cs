using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Simulation;
using WhispurrNet.Simulation.Report;

namespace WhispurrNet.Cli.Simulate;

/// <summary>Runs one world to its end on the calling thread and is told the share done, 0 to 1.</summary>
internal delegate SimulationReport RunWorld(
    SimulationOptions options, Action<double> progress, CancellationToken cancellation);

/// <summary>Runs worlds side by side, each on one thread.</summary>
internal static class Worlds
{
    /// <summary>Runs all of them.</summary>
    /// <param name="worlds">What to run, at least one.</param>
    /// <param name="jobs">How many at the same time, 1 or more.</param>
    /// <param name="run">Runs one.</param>
    /// <param name="progress">Is told the share of all that is done, from any thread, one call at a time.</param>
    /// <param name="cancellation">Ends all of them early.</param>
    /// <returns>The reports, in the order of the worlds, whichever was done first.</returns>
    /// <exception cref="SettingException">A world cannot be as it was asked for.</exception>
    public static async Task<IReadOnlyList<SimulationReport>> RunAsync(
        IReadOnlyList<SimulationOptions> worlds,
        int jobs,
        RunWorld run,
        Action<double> progress,
        CancellationToken cancellation)
    {
        var reports = new SimulationReport[worlds.Count];
        var total = new TotalProgress(worlds.Count, progress);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        int last = -1;
        void Work()
        {
            try
            {
                for (int i; !stop.IsCancellationRequested && (i = Interlocked.Increment(ref last)) < worlds.Count;)
                {
                    int world = i;
                    reports[world] = run(worlds[world], share => total.Report(world, share), stop.Token);
                    total.Report(world, 1);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // What made it stop is told by whoever did.
            }
            catch (Exception e)
            {
                // The others would be run for nothing.
                stop.Cancel();
                if (e is ArgumentException { ParamName: "options" })
                {
                    // The framework adds the name to the sentence.
                    throw new SettingException(e.Message.Split(" (Parameter ")[0]);
                }

                throw;
            }
        }

        // Threads of their own: a world takes seconds to hours.
        IEnumerable<Task> workers = Enumerable.Range(0, Math.Min(jobs, worlds.Count)).Select(_ => Task.Factory.StartNew(
            Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        await Task.WhenAll(workers).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return reports;
    }

    private sealed class TotalProgress(int worlds, Action<double> progress)
    {
        private readonly Lock _gate = new();
        private readonly double[] _shares = new double[worlds];
        private double _sum;

        public void Report(int world, double share)
        {
            lock (_gate)
            {
                _sum += share - _shares[world];
                _shares[world] = share;
                progress(Math.Clamp(_sum / _shares.Length, 0, 1));
            }
        }
    }
}
