using System.Text;

namespace WhispurrNet.Virtual.Serial.Line;

/// <summary>
/// What the CLR gathers before it sends text in a packet (nf-interpreter: <c>Info.cpp: CLR_Debug::Emit</c>): all there
/// is once a line ends in it or it is longer than 80 bytes.
/// </summary>
internal sealed class TextBuffer
{
    private const int Capacity = 127;
    private const int FlushAbove = 80;

    private readonly byte[] _buffer = new byte[Capacity];
    private int _count;

    /// <summary>Adds text and gives what is to be sent.</summary>
    public IEnumerable<byte[]> Add(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int at = 0;
        while (at < bytes.Length)
        {
            int count = Math.Min(bytes.Length - at, Capacity - _count);
            bytes.AsSpan(at, count).CopyTo(_buffer.AsSpan(_count));
            _count += count;
            at += count;
            if (_count > FlushAbove || _buffer.AsSpan(0, _count).Contains((byte)'\n'))
            {
                yield return _buffer[.._count];
                _count = 0;
            }
        }
    }

    /// <summary>Forgets what is gathered.</summary>
    public void Clear() => _count = 0;
}
