namespace WhispurrNet.PassiveObserver.Capture;

/// <summary>One copy of a frame as a relay without keys received it.</summary>
/// <param name="Id">First eight bytes of its message id, which anybody can compute.</param>
/// <param name="Bytes">All its bytes, the counters as they came.</param>
/// <param name="AtMs">When it came.</param>
/// <param name="Relay">Number of the relay.</param>
/// <param name="From">Number of the neighbour that it came from.</param>
internal sealed record Sighting(ulong Id, byte[] Bytes, long AtMs, int Relay, int From);
