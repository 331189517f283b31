using System.Security.Cryptography;

namespace WhispurrNet.Virtual;

/// <summary>The chip's native hash functions.</summary>
public static class BoardCrypto
{
    /// <summary>HMAC-SHA256, 32 bytes (RFC 2104).</summary>
    public static byte[] HmacSha256(byte[] key, byte[] data) => HMACSHA256.HashData(key, data);

    /// <summary>HMAC-SHA512, 64 bytes (RFC 2104).</summary>
    public static byte[] HmacSha512(byte[] key, byte[] data) => HMACSHA512.HashData(key, data);

    /// <summary>SHA-1, 20 bytes: the WebSocket handshake needs it (RFC 6455 1.3).</summary>
    public static byte[] Sha1(byte[] data) => SHA1.HashData(data);
}
