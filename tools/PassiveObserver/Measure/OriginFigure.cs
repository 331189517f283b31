namespace WhispurrNet.PassiveObserver.Measure;

/// <summary>How often so many relays together name the origin of a frame.</summary>
/// <param name="Relays">Relays that put their heads together.</param>
/// <param name="ByTime">Share of frames whose first copy came from their origin.</param>
/// <param name="ByCounters">Share of frames whose copy with the highest counters came from their origin.</param>
internal sealed record OriginFigure(int Relays, double ByTime, double ByCounters);
