using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.ReconcileStudy.Device
{
    /// <summary>
    /// One side of a reconciliation: records go in and come out, and in the end it knows which of its frames the other side
    /// has not seen.
    /// </summary>
    public abstract class Side
    {
        /// <summary>
        /// Most bytes of a record, unless an offer is longer: as long as one that carries a frame, so that it fits wherever a frame does.
        /// </summary>
        public const int RecordMax = 257;

        /// <summary>Most bytes of any record here: an offer of 64 names of six bytes.</summary>
        public const int BufferSize = 386;

        /// <summary>First byte of a record that names frames.</summary>
        public const byte Offer = 2;

        /// <summary>First byte of the answer.</summary>
        public const byte Pull = 3;

        /// <summary>First byte of a record of the method at hand.</summary>
        protected const byte Other = 12;

        /// <summary>What counts of an id and of its salted form.</summary>
        protected const ulong IdBits = 0xFFFFFFFFFFFF;

        /// <summary>The ids.</summary>
        protected readonly IdSets Ids;

        /// <summary>True on the side that begins.</summary>
        protected readonly bool Begins;

        private const int IdSize = 8;

        private readonly byte[] _toSend;
        private readonly byte[] _id = new byte[IdSize];
        private readonly SipHash _hash = new SipHash();

        /// <summary>A side that has said nothing yet.</summary>
        /// <param name="ids">What it knows.</param>
        /// <param name="key">The link's key of short ids, 16 bytes. Copied.</param>
        /// <param name="begins">True on the side that begins.</param>
        protected Side(IdSets ids, byte[] key, bool begins)
        {
            Ids = ids;
            Begins = begins;
            _toSend = new byte[ids.Held.Length];
            _hash.SetKey(key, 0);
        }

        /// <summary>Writes the next record.</summary>
        /// <param name="record">Receives it; <see cref="BufferSize"/> bytes.</param>
        /// <returns>Its bytes, 0 when there is nothing to say now.</returns>
        public abstract int Write(byte[] record);

        /// <summary>Takes a record.</summary>
        /// <returns>False when it is malformed.</returns>
        public abstract bool Read(byte[] record, int count);

        /// <summary>True when the frame at a place among those held is to be sent to the other side.</summary>
        public bool IsToBeSent(int index)
        {
            return _toSend[index] != 0;
        }

        /// <summary>The frame at a place is to be sent.</summary>
        protected void Send(int index)
        {
            _toSend[index] = 1;
        }

        /// <summary>SipHash of an id under the link's key, 64 bits.</summary>
        protected ulong Salted(ulong id)
        {
            ByteOrder.WriteUInt64BigEndian(_id, 0, id);
            return _hash.Compute(_id, 2, 6);
        }
    }
}
