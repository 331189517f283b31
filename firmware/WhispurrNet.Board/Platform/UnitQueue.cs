using System;

namespace WhispurrNet.Board.Platform
{
    /// <summary>
    /// A bounded first-in-first-out queue of byte units between a library's event thread, which must only copy and
    /// leave, and a pump. One ring of bytes, allocated once:
    /// <code>
    /// | length low | length high | kind | unit ... | length low | ...
    /// </code>
    /// Full: the new unit is refused and counted; the caller says what that means.
    /// </summary>
    internal sealed class UnitQueue
    {
        private const int PrefixSize = 3;

        private readonly byte[] _ring;
        private int _head;
        private int _used;
        private uint _refused;

        /// <param name="capacity">Bytes of the ring; each unit takes its own size and three more.</param>
        internal UnitQueue(int capacity)
        {
            _ring = new byte[capacity];
        }

        /// <summary>Units refused because the queue was full.</summary>
        internal uint Refused
        {
            get { return _refused; }
        }

        /// <summary>Whether nothing waits.</summary>
        internal bool IsEmpty
        {
            get { return _used == 0; }
        }

        /// <summary>Copies a unit in.</summary>
        /// <param name="kind">A number for the reader.</param>
        /// <param name="source">Holds the unit from its start on; may be null if <paramref name="count"/> is 0.</param>
        /// <param name="count">Bytes of the unit, 0 to 65535.</param>
        /// <returns>False if it did not fit.</returns>
        internal bool TryEnqueue(byte kind, byte[] source, int count)
        {
            lock (_ring)
            {
                if (PrefixSize + count > _ring.Length - _used)
                {
                    _refused++;
                    return false;
                }

                int tail = (_head + _used) % _ring.Length;
                tail = Append(tail, (byte)count);
                tail = Append(tail, (byte)(count / 256));
                tail = Append(tail, kind);
                if (count > 0)
                {
                    int first = Smaller(count, _ring.Length - tail);
                    Array.Copy(source, 0, _ring, tail, first);
                    Array.Copy(source, first, _ring, 0, count - first);
                }

                _used += PrefixSize + count;
                return true;
            }
        }

        /// <summary>Copies the oldest unit out.</summary>
        /// <param name="target">Receives the unit; what does not fit is dropped with it.</param>
        /// <param name="kind">The number given by the writer.</param>
        /// <returns>Bytes of the unit, or -1 if nothing waits.</returns>
        internal int TryDequeue(byte[] target, out byte kind)
        {
            lock (_ring)
            {
                if (_used == 0)
                {
                    kind = 0;
                    return -1;
                }

                int count = Take() + (256 * Take());
                kind = (byte)Take();
                int kept = Smaller(count, target.Length);
                int first = Smaller(kept, _ring.Length - _head);
                Array.Copy(_ring, _head, target, 0, first);
                Array.Copy(_ring, 0, target, first, kept - first);
                _head = (_head + count) % _ring.Length;
                _used -= count;
                return kept;
            }
        }

        /// <summary>Drops everything that waits.</summary>
        internal void Clear()
        {
            lock (_ring)
            {
                _head = 0;
                _used = 0;
            }
        }

        private static int Smaller(int a, int b)
        {
            return a < b ? a : b;
        }

        private int Append(int tail, byte value)
        {
            _ring[tail] = value;
            return (tail + 1) % _ring.Length;
        }

        private int Take()
        {
            int value = _ring[_head];
            _head = (_head + 1) % _ring.Length;
            _used--;
            return value;
        }
    }
}
