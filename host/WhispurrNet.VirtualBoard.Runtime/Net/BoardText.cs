using System.Text;

namespace WhispurrNet.Virtual;

/// <summary>UTF-8 as the device's interpreter has it.</summary>
public static class BoardText
{
    /// <summary>Encodes.</summary>
    public static byte[] ToUtf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Decodes up to the first zero byte: the device's strings cannot carry one (facts 7.1).</summary>
    public static string FromUtf8(byte[] bytes, int index, int count)
    {
        int end = Array.IndexOf(bytes, (byte)0, index, count);
        return Encoding.UTF8.GetString(bytes, index, end < 0 ? count : end - index);
    }

    /// <summary>Decodes as much as fits.</summary>
    public static void Convert(
        byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex, int charCount, bool flush,
        out int bytesUsed, out int charsUsed, out bool completed) =>
        Encoding.UTF8.GetDecoder().Convert(
            bytes, byteIndex, byteCount, chars, charIndex, charCount, flush,
            out bytesUsed, out charsUsed, out completed);
}
