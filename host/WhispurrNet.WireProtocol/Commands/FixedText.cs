using System.Text;

namespace WhispurrNet.WireProtocol;

/// <summary>Text in fields of a fixed size, filled up with zeros.</summary>
internal static class FixedText
{
    /// <summary>Reads up to the first zero; what is no UTF-8 is replaced.</summary>
    public static string Read(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    /// <summary>Writes a text and the zeros behind it, at least one.</summary>
    /// <exception cref="ArgumentException">It is too long for the field.</exception>
    public static void Write(Span<byte> field, string text)
    {
        if (Encoding.UTF8.GetByteCount(text) >= field.Length)
        {
            throw new ArgumentException($"'{text}' is longer than {field.Length - 1} bytes.", nameof(text));
        }

        field.Clear();
        Encoding.UTF8.GetBytes(text, field);
    }
}
