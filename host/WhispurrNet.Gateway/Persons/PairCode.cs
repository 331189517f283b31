using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WhispurrNet.Gateway.Persons;

/// <summary>
/// What two persons read to each other to know that they hold each other's keys (PROTOCOL.md, "User identity"): six
/// groups of five digits for each of the two public keys, the smaller half first, so that both see the same.
/// </summary>
/// <remarks>
/// Thirty digits stand for one key alone: who wants to pass for somebody has to hit 99 bits of a given key. Were they made
/// of both keys, somebody between the two could vary a key towards each side and look for any two codes that agree,
/// at half the bits.
/// </remarks>
public static class PairCode
{
    /// <summary>Digits of a code.</summary>
    public const int DigitCount = 2 * GroupsOfOne * GroupSize;

    /// <summary>Bits that an impostor has to hit.</summary>
    public const int Bits = 99;

    private const string Label = "WhispurrNet v1 pair code";
    private const int GroupsOfOne = 6;
    private const int GroupSize = 5;

    /// <summary>The code of two persons, twelve groups with blanks between.</summary>
    /// <param name="one">Public key of one of them, 32 bytes.</param>
    /// <param name="other">The other's, in any order.</param>
    public static string Of(byte[] one, byte[] other)
    {
        string[] halves = [Half(one), Half(other)];
        Array.Sort(halves, StringComparer.Ordinal);
        return string.Join(' ', halves);
    }

    /// <summary>The digits of a code as somebody typed it; null if it is none.</summary>
    /// <param name="text">Digits, with blanks, dashes and line breaks wherever they are.</param>
    public static string? Digits(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '-'));
        return digits.Length == DigitCount && digits.All(char.IsAsciiDigit) ? digits : null;
    }

    private static string Half(byte[] publicKey)
    {
        byte[] hash = SHA512.HashData([.. Encoding.ASCII.GetBytes(Label), .. publicKey]);
        return string.Join(' ', Enumerable.Range(0, GroupsOfOne).Select(group =>
        {
            ulong number = BinaryPrimitives.ReadUInt64BigEndian(hash.AsSpan(8 * group)) % 100000;
            return number.ToString("D5", CultureInfo.InvariantCulture);
        }));
    }
}
