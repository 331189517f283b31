namespace WhispurrNet.Board.Gateway
{
    /// <summary>
    /// A bounded first-in-first-out queue of whole messages between the library's receiver thread and the pump. It
    /// holds the library's own arrays, which are made for each message and not used again, so nothing is copied and
    /// an empty queue costs next to nothing. Full: the message is refused and counted.
    /// </summary>
    internal sealed class MessageQueue
    {
        private readonly byte[][] _slots;
        private int _head;
        private int _count;
        private uint _refused;

        /// <param name="capacity">Messages that can wait.</param>
        internal MessageQueue(int capacity)
        {
            _slots = new byte[capacity][];
        }

        /// <summary>Messages refused because the queue was full.</summary>
        internal uint Refused
        {
            get { return _refused; }
        }

        /// <summary>Takes a message over; false if there is no room.</summary>
        internal bool TryEnqueue(byte[] message)
        {
            lock (_slots)
            {
                if (_count == _slots.Length)
                {
                    _refused++;
                    return false;
                }

                _slots[(_head + _count) % _slots.Length] = message;
                _count++;
                return true;
            }
        }

        /// <summary>Gives the oldest message, or null if none waits.</summary>
        internal byte[] TryDequeue()
        {
            lock (_slots)
            {
                if (_count == 0)
                {
                    return null;
                }

                byte[] message = _slots[_head];
                _slots[_head] = null;
                _head = (_head + 1) % _slots.Length;
                _count--;
                return message;
            }
        }

        /// <summary>Drops everything that waits.</summary>
        internal void Clear()
        {
            while (TryDequeue() != null)
            {
            }
        }
    }
}
