using WhispurrNet.Protocol.Extras.Crypto;

namespace WhispurrNet.Gateway.Persons;

/// <summary>Public keys of user identities as people and cameras exchange them.</summary>
public static class PersonKey
{
    /// <summary>What the text of a QR code begins with; capitals and digits make the smallest code.</summary>
    public const string QrPrefix = "WHISPURRNET:PERSON:1:";

    /// <summary>The 32 bytes that 64 hexadecimal digits write; null if it is something else.</summary>
    public static byte[]? FromHex(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 2 * Ed25519.PublicKeySize && text.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(text)
            : null;
    }

    /// <summary>The public key that the text of a QR code holds; null if it is no such text.</summary>
    public static byte[]? FromQr(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        return text.StartsWith(QrPrefix, StringComparison.OrdinalIgnoreCase) ? FromHex(text[QrPrefix.Length..]) : null;
    }

    /// <summary>The text of a public key's QR code.</summary>
    /// <param name="publicKey">32 bytes.</param>
    public static string ToQr(byte[] publicKey) => QrPrefix + Convert.ToHexString(publicKey);
}
