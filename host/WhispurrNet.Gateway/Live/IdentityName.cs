namespace WhispurrNet.Gateway.Live;

/// <summary>
/// An ephemeral identity as people write it: 32 hexadecimal digits, a colon, 8 more (the time it was made). Its first
/// eight digits or more do for short, as long as they mean one identity only.
/// </summary>
public static class IdentityName
{
    /// <summary>Fewest digits of a short form.</summary>
    public const int ShortMin = 8;

    private const int IdDigits = 32;
    private const int TimeDigits = 8;

    /// <summary>Whether a text is a whole identity, in small letters.</summary>
    public static bool IsWhole(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == IdDigits + 1 + TimeDigits && IsShort(text);
    }

    /// <summary>The 16 bytes that name an identity.</summary>
    /// <param name="text">A whole identity.</param>
    /// <exception cref="FormatException">That is none.</exception>
    public static byte[] ReadId(string text) => IsWhole(text)
        ? Convert.FromHexString(text.AsSpan(0, IdDigits))
        : throw new FormatException("An identity has 32 hexadecimal digits, a colon, and 8 more.");

    /// <summary>When an identity was made, as it says.</summary>
    /// <param name="text">A whole identity.</param>
    /// <exception cref="FormatException">That is none.</exception>
    public static uint ReadTime(string text) => IsWhole(text)
        ? Convert.ToUInt32(text[(IdDigits + 1)..], 16)
        : throw new FormatException("An identity has 32 hexadecimal digits, a colon, and 8 more.");

    /// <summary>Whether a text is the beginning of an identity, or a whole one, in small letters.</summary>
    public static bool IsShort(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is >= ShortMin and <= IdDigits + 1 + TimeDigits
            && text.Select((c, i) => i == IdDigits ? c == ':' : char.IsAsciiHexDigitLower(c)).All(fits => fits);
    }
}
