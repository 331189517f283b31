extern alias nano;

using System;
using System.Runtime.CompilerServices;
using WhispurrNet.Virtual;

[assembly: TypeForwardedTo(typeof(System.Text.StringBuilder))]

namespace System.Text
{
    public abstract class Encoding
    {
        private static readonly Encoding s_utf8 = new UTF8Encoding();

        public static Encoding UTF8 => s_utf8;

        public virtual byte[] GetBytes(string s) => throw new NotSupportedException();

        public virtual int GetBytes(string s, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
            throw new NotSupportedException();

        public virtual char[] GetChars(byte[] bytes) => throw new NotSupportedException();

        public virtual char[] GetChars(byte[] bytes, int byteIndex, int byteCount) => throw new NotSupportedException();

        public virtual string GetString(byte[] bytes, int index, int count) =>
            new string(GetChars(bytes, index, count));

        public abstract Decoder GetDecoder();
    }

    public class UTF8Encoding : Encoding
    {
        public override byte[] GetBytes(string s)
        {
            Gate.Check();
            return BoardText.ToUtf8(s);
        }

        public override int GetBytes(string s, int charIndex, int charCount, byte[] bytes, int byteIndex)
        {
            byte[] encoded = GetBytes(s.Substring(charIndex, charCount));
            Array.Copy(encoded, 0, bytes, byteIndex, encoded.Length);
            return encoded.Length;
        }

        public override char[] GetChars(byte[] bytes) => GetChars(bytes, 0, bytes.Length);

        public override char[] GetChars(byte[] bytes, int byteIndex, int byteCount)
        {
            Gate.Check();
            return BoardText.FromUtf8(bytes, byteIndex, byteCount).ToCharArray();
        }

        public override Decoder GetDecoder() => new UTF8Decoder();
    }

    public abstract class Decoder
    {
        public abstract void Convert(
            byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex, int charCount, bool flush,
            out int bytesUsed, out int charsUsed, out bool completed);
    }

    internal sealed class UTF8Decoder : Decoder
    {
        public override void Convert(
            byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex, int charCount, bool flush,
            out int bytesUsed, out int charsUsed, out bool completed)
        {
            Gate.Check();
            BoardText.Convert(
                bytes, byteIndex, byteCount, chars, charIndex, charCount, flush,
                out bytesUsed, out charsUsed, out completed);
        }
    }
}
