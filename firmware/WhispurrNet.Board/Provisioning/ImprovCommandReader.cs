using System;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Board.Provisioning
{
    /// <summary>How far a command has come.</summary>
    internal enum ImprovReading
    {
        /// <summary>More writes are needed.</summary>
        NeedMore = 0,

        /// <summary>A whole command with the right sum is there.</summary>
        Whole = 1,

        /// <summary>What came is no command; it is forgotten.</summary>
        Invalid = 2,
    }

    /// <summary>
    /// Puts a command together from writes: one, or several when it is above 20 bytes. A command begins with a write and
    /// ends with one; bytes behind its end make it invalid. One that nobody goes on with is forgotten.
    /// </summary>
    internal sealed class ImprovCommandReader
    {
        /// <summary>Longest pause between the writes of a command, milliseconds.</summary>
        internal const int PauseMaxMs = 10 * 1000;

        private readonly byte[] _bytes = new byte[Improv.DataSizeMax + Improv.Overhead];
        private int _count;
        private long _lastMs;

        /// <summary>The command, from byte 0; valid after <see cref="ImprovReading.Whole"/> until <see cref="Wipe"/>.</summary>
        internal byte[] Bytes
        {
            get { return _bytes; }
        }

        /// <summary>Takes one write.</summary>
        /// <param name="data">Holds it from its start on.</param>
        /// <param name="count">Its bytes.</param>
        /// <param name="nowMs">Now.</param>
        internal ImprovReading Push(byte[] data, int count, long nowMs)
        {
            if (_count > 0 && nowMs - _lastMs > PauseMaxMs)
            {
                Wipe();
            }

            _lastMs = nowMs;
            if (count > _bytes.Length - _count)
            {
                Wipe();
                return ImprovReading.Invalid;
            }

            Array.Copy(data, 0, _bytes, _count, count);
            _count += count;
            int size = _count < 2 ? Improv.Overhead : _bytes[1] + Improv.Overhead;
            if (_count < size)
            {
                return ImprovReading.NeedMore;
            }

            bool whole = _count == size && Improv.Sum(_bytes, size - 1) == _bytes[size - 1];
            if (!whole)
            {
                Wipe();
                return ImprovReading.Invalid;
            }

            _count = 0;
            return ImprovReading.Whole;
        }

        /// <summary>Forgets everything: passwords come this way.</summary>
        internal void Wipe()
        {
            _count = 0;
            CryptoBytes.Wipe(_bytes);
        }
    }
}
