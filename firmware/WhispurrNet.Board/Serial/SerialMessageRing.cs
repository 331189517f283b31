using System;

namespace WhispurrNet.Board.Serial
{
    /// <summary>A few messages in order, in memory of their own that is made once.</summary>
    internal sealed class SerialMessageRing
    {
        private readonly byte[][] _messages;
        private readonly int[] _counts;
        private readonly int _messageSizeMax;
        private int _head;
        private int _count;

        /// <param name="capacity">Messages.</param>
        /// <param name="messageSizeMax">Most bytes of one.</param>
        internal SerialMessageRing(int capacity, int messageSizeMax)
        {
            _messageSizeMax = messageSizeMax;
            _counts = new int[capacity];
            _messages = new byte[capacity][];
            for (int i = 0; i < capacity; i++)
            {
                _messages[i] = new byte[messageSizeMax];
            }
        }

        /// <summary>Most bytes of a message.</summary>
        internal int MessageSizeMax
        {
            get { return _messageSizeMax; }
        }

        /// <summary>Messages in it.</summary>
        internal int Count
        {
            get { return _count; }
        }

        /// <summary>Messages that still fit.</summary>
        internal int Free
        {
            get { return _messages.Length - _count; }
        }

        /// <summary>Whether none fits.</summary>
        internal bool IsFull
        {
            get { return _count == _messages.Length; }
        }

        /// <summary>Adds a message at the end; false if it does not fit.</summary>
        internal bool TryAdd(byte[] source, int offset, int count)
        {
            if (IsFull || count <= 0 || count > _messageSizeMax)
            {
                return false;
            }

            int at = (_head + _count) % _messages.Length;
            Array.Copy(source, offset, _messages[at], 0, count);
            _counts[at] = count;
            _count++;
            return true;
        }

        /// <summary>Copies a message without taking it; its bytes.</summary>
        internal int Peek(int index, byte[] target, int offset)
        {
            int at = (_head + index) % _messages.Length;
            Array.Copy(_messages[at], 0, target, offset, _counts[at]);
            return _counts[at];
        }

        /// <summary>Takes the first message; its bytes, or -1 if there is none.</summary>
        internal int TryTake(byte[] target)
        {
            if (_count == 0)
            {
                return -1;
            }

            int count = Peek(0, target, 0);
            Drop(1);
            return count;
        }

        /// <summary>Drops the first messages.</summary>
        internal void Drop(int count)
        {
            _head = (_head + count) % _messages.Length;
            _count -= count;
        }

        /// <summary>Drops all.</summary>
        internal void Clear()
        {
            _head = 0;
            _count = 0;
        }
    }
}
