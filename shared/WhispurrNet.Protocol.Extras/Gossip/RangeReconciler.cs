using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Protocol.Extras.Gossip
{
    /// <summary>
    /// Compares what two gateways hold by sums over ranges of salted ids, and has only the frames of ranges that differ
    /// offered (PROTOCOL.md, "Ranges").
    /// </summary>
    /// <remarks>
    /// <para>A round is: the initiator's sums over 16 ranges; the responder's over 16 parts of each range that differs, and which ranges
    /// hold so few frames that both sides name them; the initiator's choice of parts. Every step looks at what is held at that
    /// moment, so that frames may come and go: nothing is kept of a round but a few bits for each link.</para>
    /// <para>Why ranges, and what other ways cost: tools/ReconcileStudy.</para>
    /// </remarks>
    public sealed class RangeReconciler : WideReconciler
    {
        /// <summary>A range of so many frames is named, not cut: the sums over its parts would take as many bytes.</summary>
        internal const int NamedAtMost = 16;

        private const int Parts = RangeSums.Parts;
        private const int SumSize = 4;
        private const int EntrySize = 1 + (Parts * SumSize);
        private const int ChoiceSize = 3;
        private const int HeaderSize = 1;
        private const int NameHeaderSize = 2;

        /// <summary>Entries of sums in a record: it stays shorter than one that carries a frame.</summary>
        private const int EntriesMax = 3;
        private const uint All = 0xFFFF;

        // What a link waits for. The initiator asks, chooses; the responder answers, awaits the choice.
        private const byte Idle = 0;
        private const byte Asked = 1;
        private const byte Choosing = 2;
        private const byte Answering = 3;
        private const byte Awaiting = 4;

        // Parts of each range whose frames are to be named, and those in which both hold the same.
        private readonly ushort[] _marks = new ushort[Parts];
        private readonly ushort[] _same = new ushort[Parts];

        private GossipEngine _gossip;
        private RangeSums _sums;
        private byte[] _states;
        private ushort[] _toSum;
        private ushort[] _summed;
        private ushort[] _choices;
        private byte[] _namesFollow;
        private byte[] _rounds;
        private long[] _dueMs;

        internal override void Attach(GossipEngine gossip, int links)
        {
            if (_gossip != null)
            {
                throw new System.InvalidOperationException("Each node needs a reconciler of its own.");
            }

            _gossip = gossip;
            _sums = new RangeSums(gossip);
            _states = new byte[links];
            _toSum = new ushort[links];
            _summed = new ushort[links];
            _choices = new ushort[links * Parts];
            _namesFollow = new byte[links];
            _rounds = new byte[links];
            _dueMs = new long[links];
        }

        internal override void Begin(LinkSession link)
        {
            Reset(link.Number, Idle);
            _rounds[link.Number] = 0;
            _dueMs[link.Number] = link.Initiator ? 0 : long.MaxValue;
        }

        internal override long DueMs(LinkSession link)
        {
            return _dueMs[link.Number];
        }

        internal override int Write(LinkSession link, byte[] record, int offset, long nowMs)
        {
            int number = link.Number;
            if (_states[number] == Choosing)
            {
                _states[number] = Idle;
                return WriteChoices(number, _summed[number], false, record, offset);
            }

            if (_states[number] == Answering)
            {
                if (_toSum[number] != 0)
                {
                    return WriteParts(link, record, offset);
                }

                _states[number] = _summed[number] != 0 ? Awaiting : Idle;
                return WriteChoices(number, 1, true, record, offset);
            }

            if (nowMs < _dueMs[number])
            {
                return 0;
            }

            if (_states[number] == Asked)
            {
                // The other side can do it, it said, and did not.
                _dueMs[number] = long.MaxValue;
                OfferAll(link, nowMs);
                return 0;
            }

            _dueMs[number] = nowMs + LinkTimings.RangesEveryMs;
            BeginRound(number, Asked);
            _sums.AddUp(link);
            return WriteWhole(record, offset);
        }

        private int WriteWhole(byte[] record, int offset)
        {
            record[offset] = RecordType.Sums;
            record[offset + HeaderSize] = 0;
            for (int range = 0; range < Parts; range++)
            {
                ByteOrder.WriteUInt32(record, offset + HeaderSize + 1 + (range * SumSize), _sums.OfRange(range));
            }

            return HeaderSize + EntrySize;
        }

        internal override bool Read(LinkSession link, byte[] record, int offset, int count, long nowMs)
        {
            System.Array.Clear(_marks, 0, Parts);
            System.Array.Clear(_same, 0, Parts);
            if (record[offset] == RecordType.Sums)
            {
                return link.Initiator
                    ? ReadParts(link, record, offset, count, nowMs)
                    : ReadWhole(link, record, offset, count, nowMs);
            }

            if (count < NameHeaderSize || record[offset + HeaderSize] > 1)
            {
                return false;
            }

            bool isDue = link.Initiator
                ? ReadAnswer(link.Number, record, offset, count)
                : ReadChoices(link.Number, record, offset, count);
            if (isDue && Mark(link))
            {
                LetOffer(link, record[offset + HeaderSize] == 0 ? nowMs : nowMs + LinkTimings.NameAfterMs, nowMs);
            }

            return isDue;
        }

        /// <summary>The responder: the initiator's sums over all ranges.</summary>
        private bool ReadWhole(LinkSession link, byte[] record, int offset, int count, long nowMs)
        {
            int number = link.Number;
            if (_states[number] != Idle || count != HeaderSize + EntrySize || record[offset + HeaderSize] != 0)
            {
                return false;
            }

            BeginRound(number, Answering);
            _sums.AddUp(link);
            uint toSum = 0;
            uint toName = 0;
            for (int range = 0; range < Parts; range++)
            {
                uint sum = ByteOrder.ReadUInt32(record, offset + HeaderSize + 1 + (range * SumSize));
                if (sum == _sums.OfRange(range))
                {
                    _same[range] = (ushort)All;
                }
                else if (sum == 0 || _sums.CountIn(range) <= NamedAtMost)
                {
                    // Who holds nothing there wants everything.
                    toName |= 1u << range;
                    _marks[range] = (ushort)All;
                }
                else
                {
                    toSum |= 1u << range;
                }
            }

            _toSum[number] = (ushort)toSum;
            _summed[number] = (ushort)toSum;
            _choices[number * Parts] = (ushort)toName;
            Offer(link, nowMs);
            return true;
        }

        /// <summary>The initiator: the responder's sums over parts of ranges, each once in a round.</summary>
        private bool ReadParts(LinkSession link, byte[] record, int offset, int count, long nowMs)
        {
            int number = link.Number;
            int entries = (count - HeaderSize) / EntrySize;
            if (_states[number] != Asked || entries == 0 || entries > EntriesMax
                || count != HeaderSize + (entries * EntrySize))
            {
                return false;
            }

            _sums.AddUp(link);
            for (int at = offset + HeaderSize; at < offset + count; at += EntrySize)
            {
                int range = record[at] - 1;
                if (range < 0 || range >= Parts || ((uint)_summed[number] & (1u << range)) != 0)
                {
                    return false;
                }

                uint differ = 0;
                for (int part = 0; part < Parts; part++)
                {
                    bool same = ByteOrder.ReadUInt32(record, at + 1 + (part * SumSize)) == _sums.OfPart(range, part);
                    differ |= same ? 0 : 1u << part;
                }

                _summed[number] = (ushort)(_summed[number] | (1u << range));
                _choices[(number * Parts) + range] = (ushort)differ;
                _marks[range] = (ushort)differ;
                _same[range] = (ushort)(All ^ differ);
            }

            Offer(link, nowMs);
            return true;
        }

        /// <summary>The initiator: the end of the responder's answer, with the ranges that are named whole.</summary>
        private bool ReadAnswer(int number, byte[] record, int offset, int count)
        {
            bool names = count == NameHeaderSize + ChoiceSize;
            if (_states[number] != Asked || (!names && count != NameHeaderSize))
            {
                return false;
            }

            uint ranges = names ? ByteOrder.ReadUInt16(record, offset + NameHeaderSize + 1) : 0;
            if (names && (ranges == 0 || record[offset + NameHeaderSize] != 0))
            {
                return false;
            }

            for (int range = 0; range < Parts; range++)
            {
                bool isNamed = (ranges & (1u << range)) != 0;
                bool isSummed = ((uint)_summed[number] & (1u << range)) != 0;
                _marks[range] = isNamed ? (ushort)All : (ushort)0;
                _same[range] = isNamed || isSummed ? (ushort)0 : (ushort)All;
            }

            _states[number] = _summed[number] != 0 ? Choosing : Idle;
            return true;
        }

        /// <summary>The responder: the parts that differ, of ranges whose sums were sent, each once.</summary>
        private bool ReadChoices(int number, byte[] record, int offset, int count)
        {
            if (_states[number] != Awaiting || (count - NameHeaderSize) % ChoiceSize != 0)
            {
                return false;
            }

            for (int at = offset + NameHeaderSize; at < offset + count; at += ChoiceSize)
            {
                int range = record[at] - 1;
                uint parts = ByteOrder.ReadUInt16(record, at + 1);
                if (range < 0 || range >= Parts || parts == 0 || ((uint)_summed[number] & (1u << range)) == 0)
                {
                    return false;
                }

                _summed[number] = (ushort)((uint)_summed[number] & (All ^ (1u << range)));
                _marks[range] = (ushort)parts;
                _same[range] = (ushort)(All ^ parts);
            }

            for (int range = 0; range < Parts; range++)
            {
                // Nothing was chosen of it.
                _same[range] = ((uint)_summed[number] & (1u << range)) != 0 ? (ushort)All : _same[range];
            }

            _states[number] = Idle;
            return true;
        }

        private int WriteParts(LinkSession link, byte[] record, int offset)
        {
            _sums.AddUp(link);
            uint ranges = _toSum[link.Number];
            int at = offset + HeaderSize;
            int end = at + (EntriesMax * EntrySize);
            for (int range = 0; range < Parts && at < end; range++)
            {
                if ((ranges & (1u << range)) == 0)
                {
                    continue;
                }

                ranges ^= 1u << range;
                record[at] = (byte)(range + 1);
                for (int part = 0; part < Parts; part++)
                {
                    ByteOrder.WriteUInt32(record, at + 1 + (part * SumSize), _sums.OfPart(range, part));
                }

                at += EntrySize;
            }

            _toSum[link.Number] = (ushort)ranges;
            record[offset] = RecordType.Sums;
            return at - offset;
        }

        /// <summary>What is to be named of some ranges, or of the whole.</summary>
        private int WriteChoices(int number, uint ranges, bool whole, byte[] record, int offset)
        {
            record[offset] = RecordType.Name;
            record[offset + HeaderSize] = _namesFollow[number];
            int at = offset + NameHeaderSize;
            for (int range = 0; range < Parts; range++)
            {
                uint choice = _choices[(number * Parts) + range];
                if ((ranges & (1u << range)) != 0 && choice != 0)
                {
                    record[at] = whole ? (byte)0 : (byte)(range + 1);
                    ByteOrder.WriteUInt16(record, at + 1, choice);
                    at += ChoiceSize;
                }
            }

            return at - offset;
        }

        /// <summary>This side is the first to know what differs, and names what it holds of it without delay.</summary>
        private void Offer(LinkSession link, long nowMs)
        {
            if (Mark(link))
            {
                _namesFollow[link.Number] = 1;
                LetOffer(link, nowMs, nowMs);
            }
        }

        private void OfferAll(LinkSession link, long nowMs)
        {
            System.Array.Clear(_same, 0, Parts);
            for (int range = 0; range < Parts; range++)
            {
                _marks[range] = (ushort)All;
            }

            Offer(link, nowMs);
        }

        /// <summary>Lets the next offer go at a time, unless the other side asked for more delay.</summary>
        private static void LetOffer(LinkSession link, long atMs, long nowMs)
        {
            if (link.OfferedMs <= nowMs)
            {
                link.OfferedMs = atMs - LinkTimings.OfferEveryMs;
            }
        }

        /// <summary>
        /// The frames held within the marked parts are to be offered. Those in parts that agree the other side has, which is as good
        /// as if it named them; of a stranger's frame that counts once a link.
        /// </summary>
        /// <returns>True when there is one to be offered.</returns>
        private bool Mark(LinkSession link)
        {
            byte counted = _rounds[link.Number] == 1 ? FrameStore.Used : FrameStore.Own;
            bool any = false;
            _sums.SetKey(link);
            for (int slot = 0; slot < _gossip.Store.Capacity; slot++)
            {
                if (!_sums.IsCompared(slot) || !link.Stages.IsSettled(slot))
                {
                    continue;
                }

                int place = _sums.PlaceOf(slot);
                uint part = 1u << (place % Parts);
                if (((uint)_marks[place / Parts] & part) != 0)
                {
                    link.Stages.SetToOffer(slot);
                    any = true;
                }
                else if (((uint)_same[place / Parts] & part) != 0 && _gossip.Store.Has(slot, counted))
                {
                    _gossip.NoteTaken(slot, link);
                }
            }

            return any;
        }

        private void BeginRound(int number, byte state)
        {
            Reset(number, state);
            _rounds[number] = _rounds[number] == 0 ? (byte)1 : (byte)2;
        }

        private void Reset(int number, byte state)
        {
            _states[number] = state;
            _toSum[number] = 0;
            _summed[number] = 0;
            _namesFollow[number] = 0;
            System.Array.Clear(_choices, number * Parts, Parts);
        }
    }
}
