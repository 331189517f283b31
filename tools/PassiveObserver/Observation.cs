using WhispurrNet.PassiveObserver.Capture;
using WhispurrNet.PassiveObserver.Measure;

namespace WhispurrNet.PassiveObserver;

/// <summary>Everything that is measured, in the order of the report.</summary>
/// <param name="nodes">Nodes of the mesh.</param>
/// <param name="hours">Virtual hours of each run of the mesh.</param>
/// <param name="frames">Frames of each kind from the mill.</param>
/// <param name="seed">Of everything.</param>
internal sealed class Observation(int nodes, double hours, int frames, int seed)
{
    private readonly Report _report = new();

    /// <summary>Measures.</summary>
    /// <param name="progress">Is told what comes next.</param>
    public Report Run(Action<string> progress)
    {
        progress("many frames of every kind");
        Recording mill = new FrameMill(seed).Run(frames);
        _report.AddContent("Content and counters, every clock set", mill, seed);
        Recording end = mill.SeenBy(mill.Relays[0]);
        _report.AddExceptions(
            "Outside the bound: content and counters at one end of the chain, one to three hops from origins", end,
            ContentTrial.All(end, seed));
        progress("the same without clocks");
        _report.AddContent("Content and counters, no clock set", new FrameMill(seed, Clocks.None).Run(frames), seed);
        progress("the same with clocks in every other member");
        Recording half = new FrameMill(seed, Clocks.Half).Run(Math.Max(1, frames / 4));
        _report.AddExceptions(
            "Outside the bound: content and counters where every other member has a clock", half,
            ContentTrial.All(half, seed));
        foreach (bool obfuscated in new[] { false, true })
        {
            string how = obfuscated ? "with delays and cover" : "plain";
            progress($"{nodes} nodes, {how}");
            ObservedMesh observed = new(new RunOptions
            {
                Nodes = nodes, Hours = hours, Seed = seed, Obfuscated = obfuscated,
            });
            Recording mesh = observed.Run();
            _report.AddExceptions(
                $"{nodes} nodes, {how}: content and counters in the order of arrival", mesh,
                ContentTrial.All(mesh, seed));
            _report.AddTimes($"{nodes} nodes, {how}: times, ways and volume, outside the bound", mesh, seed);
            _report.AddRadio($"{nodes} nodes, {how}: what a radio hears, outside the bound", mesh, observed.Radio, seed);
        }

        return _report;
    }
}
