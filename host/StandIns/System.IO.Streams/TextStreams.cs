extern alias nano;
extern alias text;

using System;
using System.Text;
using WhispurrNet.Virtual;

namespace System.IO
{
    public abstract class TextReader : MarshalByRefObject, IDisposable
    {
        public virtual void Close() => Dispose(true);

        public void Dispose() => Close();

        public virtual int Peek() => -1;

        public virtual int Read() => -1;

        public virtual int Read(char[] buffer, int index, int count)
        {
            int read = 0;
            for (int next; read < count && (next = Read()) >= 0; read++)
            {
                buffer[index + read] = (char)next;
            }

            return read;
        }

        public virtual int ReadBlock(char[] buffer, int index, int count) => Read(buffer, index, count);

        public virtual string ReadLine()
        {
            if (Peek() < 0)
            {
                return null;
            }

            var line = new StringBuilder();
            for (int next = Read(); next >= 0 && next != '\n'; next = Read())
            {
                if (next == '\r')
                {
                    if (Peek() == '\n')
                    {
                        Read();
                    }

                    break;
                }

                line.Append((char)next);
            }

            return line.ToString();
        }

        public virtual string ReadToEnd()
        {
            var all = new StringBuilder();
            for (int next = Read(); next >= 0; next = Read())
            {
                all.Append((char)next);
            }

            return all.ToString();
        }

        protected virtual void Dispose(bool disposing)
        {
        }
    }

    public class StreamReader : TextReader
    {
        private readonly bool _leaveOpen;
        private string _text;
        private int _position;

        public StreamReader(Stream stream, bool leaveOpen = false)
        {
            BaseStream = stream ?? throw new ArgumentNullException();
            _leaveOpen = leaveOpen;
        }

        public virtual Stream BaseStream { get; }

        public virtual text::System.Text.Encoding CurrentEncoding => text::System.Text.Encoding.UTF8;

        public bool EndOfStream => Peek() < 0;

        public override int Peek() => _position < Text().Length ? _text[_position] : -1;

        public override int Read() => _position < Text().Length ? _text[_position++] : -1;

        protected override void Dispose(bool disposing)
        {
            if (!_leaveOpen)
            {
                BaseStream.Close();
            }
        }

        private string Text()
        {
            if (_text == null)
            {
                var all = new MemoryStream();
                BaseStream.CopyTo(all);
                _text = BoardText.FromUtf8(all.GetBuffer(), 0, (int)all.Length);
            }

            return _text;
        }
    }

    public abstract class TextWriter : MarshalByRefObject, IDisposable
    {
        protected char[] CoreNewLine = { '\r', '\n' };

        public abstract text::System.Text.Encoding Encoding { get; }

        public virtual string NewLine
        {
            get => new string(CoreNewLine);
            set => CoreNewLine = (value ?? "\r\n").ToCharArray();
        }

        public virtual void Close() => Dispose(true);

        public void Dispose() => Close();

        public virtual void Flush()
        {
        }

        public virtual void Write(char value)
        {
        }

        public virtual void Write(char[] buffer) => Write(new string(buffer));

        public virtual void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public virtual void Write(bool value) => Write(value.ToString());

        public virtual void Write(double value) => Write(value.ToString());

        public virtual void Write(float value) => Write(value.ToString());

        public virtual void Write(int value) => Write(value.ToString());

        public virtual void Write(long value) => Write(value.ToString());

        public virtual void Write(object value) => Write(value?.ToString());

        public virtual void Write(uint value) => Write(value.ToString());

        public virtual void Write(ulong value) => Write(value.ToString());

        public virtual void Write(string value)
        {
            foreach (char c in value ?? "")
            {
                Write(c);
            }
        }

        public virtual void WriteLine() => Write(NewLine);

        public virtual void WriteLine(string value) => Write(value + NewLine);

        public virtual void WriteLine(object value) => WriteLine(value?.ToString());

        public virtual void WriteLine(int value) => WriteLine(value.ToString());

        public virtual void WriteLine(long value) => WriteLine(value.ToString());

        protected virtual void Dispose(bool disposing)
        {
        }
    }

    public class StreamWriter : TextWriter
    {
        private readonly bool _leaveOpen;

        public StreamWriter(Stream stream, bool leaveOpen = false)
        {
            BaseStream = stream ?? throw new ArgumentNullException();
            _leaveOpen = leaveOpen;
        }

        public virtual Stream BaseStream { get; }

        public override text::System.Text.Encoding Encoding => text::System.Text.Encoding.UTF8;

        public override void Flush() => BaseStream.Flush();

        public override void Write(char value) => Write(value.ToString());

        public override void Write(string value)
        {
            byte[] bytes = BoardText.ToUtf8(value ?? "");
            BaseStream.Write(bytes, 0, bytes.Length);
        }

        protected override void Dispose(bool disposing)
        {
            Flush();
            if (!_leaveOpen)
            {
                BaseStream.Close();
            }
        }
    }
}
