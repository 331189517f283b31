using System.Net;

namespace WhispurrNet.Virtual;

/// <summary>IP addresses as bytes and text.</summary>
public static class BoardAddress
{
    /// <summary>The bytes of an address in text form; null if it is none.</summary>
    public static byte[]? Parse(string text) =>
        IPAddress.TryParse(text, out IPAddress? address) ? address.GetAddressBytes() : null;

    /// <summary>The text form of an address.</summary>
    public static string ToString(byte[] address) => new IPAddress(address).ToString();
}
