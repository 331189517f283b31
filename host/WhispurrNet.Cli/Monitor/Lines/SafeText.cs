using System.Globalization;
using System.Text;

namespace WhispurrNet.Cli.Monitor.Lines;

/// <summary>
/// Bytes of a board as text that a terminal can show: what could steer it, or is no UTF-8, is written as <c>\x1b</c>.
/// </summary>
internal static class SafeText
{
    private const int EscapeCharacters = 4;
    private const string Digits = "0123456789abcdef";

    // Joins emoji; the other invisible characters can make text look like another.
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>Makes text of bytes.</summary>
    /// <param name="bytes">Anything.</param>
    /// <param name="nonText">How many of them had to be escaped.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, out int nonText)
    {
        nonText = 0;
        if (bytes.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0)
        {
            return Encoding.ASCII.GetString(bytes);
        }

        char[] text = new char[bytes.Length * EscapeCharacters];
        int length = 0;
        while (!bytes.IsEmpty)
        {
            int plain = bytes.IndexOfAnyExceptInRange((byte)' ', (byte)'~');
            if (plain != 0)
            {
                plain = plain < 0 ? bytes.Length : plain;
                length += Encoding.ASCII.GetChars(bytes[..plain], text.AsSpan(length));
                bytes = bytes[plain..];
                continue;
            }

            bool isText = Rune.DecodeFromUtf8(bytes, out Rune rune, out int size) == System.Buffers.OperationStatus.Done
                && IsShown(rune);
            if (isText)
            {
                length += rune.EncodeToUtf16(text.AsSpan(length));
            }
            else
            {
                nonText += size;
                length += Escape(bytes[..size], text.AsSpan(length));
            }

            bytes = bytes[size..];
        }

        return new string(text, 0, length);
    }

    /// <summary>Bytes at the end that may be the begin of a character whose rest has not come: 0 to 3.</summary>
    public static int HalfCharacter(ReadOnlySpan<byte> bytes)
    {
        for (int back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            byte lead = bytes[^back];
            if ((lead & 0xC0) != 0x80)
            {
                int size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
                return size > back ? back : 0;
            }
        }

        return 0;
    }

    private static bool IsShown(Rune rune) => rune.Value == '\t' || rune.Value == ZeroWidthJoiner
        || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static int Escape(ReadOnlySpan<byte> bytes, Span<char> text)
    {
        int at = 0;
        foreach (byte b in bytes)
        {
            text[at++] = '\\';
            text[at++] = 'x';
            text[at++] = Digits[b >> 4];
            text[at++] = Digits[b & 15];
        }

        return at;
    }
}
