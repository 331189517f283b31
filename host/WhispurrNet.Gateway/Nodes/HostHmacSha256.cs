using System.Security.Cryptography;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Gateway.Nodes;

/// <summary>HMAC-SHA256 (RFC 2104) by the operating system's library, for nodes on the desk.</summary>
public sealed class HostHmacSha256 : IHmacSha256
{
    /// <inheritdoc/>
    public void Compute(byte[] key, byte[] data, int offset, int count, byte[] mac, int macOffset)
    {
        Span<byte> result = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, data.AsSpan(offset, count), result);
        result.CopyTo(mac.AsSpan(macOffset));
        CryptographicOperations.ZeroMemory(result);
    }
}
