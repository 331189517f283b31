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

    /// <summary>Whether a text is the beginning of an identity, or a whole one, in small letters.</summary>
    public static bool IsShort(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is >= ShortMin and <= IdDigits + 1 + TimeDigits
            && text.Select((c, i) => i == IdDigits ? c == ':' : char.IsAsciiHexDigitLower(c)).All(fits => fits);
    }
}
