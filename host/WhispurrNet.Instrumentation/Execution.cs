namespace WhispurrNet.Instrumentation;

/// <summary>What a piece of device code did.</summary>
/// <param name="Instructions">IL instructions executed in instrumented assemblies; a call to anything else is one.</param>
/// <param name="Events">Blocks begun, and when traced also indices, lengths and offsets used.</param>
/// <param name="Trace">A hash over all events in their order.</param>
public readonly record struct Execution(long Instructions, long Events, ulong Trace);
