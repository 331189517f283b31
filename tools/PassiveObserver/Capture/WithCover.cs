using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Obfuscation;

namespace WhispurrNet.PassiveObserver.Capture;

/// <summary>Cover frames without delays or padding, often enough to have many.</summary>
/// <param name="meanMs">Mean time between two, own whispers standing in for some.</param>
internal sealed class WithCover(uint meanMs) : IObfuscation
{
    public uint DrawHoldBackMs(bool emergency, ChaChaRandom random)
    {
        return 0;
    }

    public uint DrawCoverIntervalMs(ChaChaRandom random)
    {
        return 1 + random.NextBelow(2 * meanMs);
    }

    public int PadTo(int count, int frameMessageSize)
    {
        return count;
    }
}
