using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Obfuscation;

namespace WhispurrNet.Protocol.Tests.Support;

/// <summary>Stealth without its cover frames, for tests that count frames.</summary>
internal sealed class WithoutCover : IObfuscation
{
    private readonly StealthObfuscation _stealth = new();

    public uint DrawHoldBackMs(bool emergency, ChaChaRandom random)
    {
        return _stealth.DrawHoldBackMs(emergency, random);
    }

    public uint DrawCoverIntervalMs(ChaChaRandom random)
    {
        return uint.MaxValue;
    }

    public int PadTo(int count, int frameMessageSize)
    {
        return _stealth.PadTo(count, frameMessageSize);
    }
}
