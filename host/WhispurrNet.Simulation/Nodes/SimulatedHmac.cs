using System.Security.Cryptography;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Simulation.Nodes;

/// <summary>HMAC-SHA256 by .NET: on a board it is native, too.</summary>
internal sealed class SimulatedHmac : IHmacSha256
{
    /// <inheritdoc/>
    public void Compute(byte[] key, byte[] data, int offset, int count, byte[] mac, int macOffset)
    {
        HMACSHA256.HashData(key, data.AsSpan(offset, count), mac.AsSpan(macOffset, HMACSHA256.HashSizeInBytes));
    }
}
