using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Sealing;

namespace WhispurrNet.Protocol.Node
{
    /// <content>Whispers in parts.</content>
    internal sealed partial class WhisperInbox
    {
        /// <summary>A part of a whisper to many.</summary>
        private int TakePart(int slot, WhisperHeader header, int entry, byte[] whisper, WhisperMessage message)
        {
            PartialWhisper partial = _reassembler.Find(header.InnerId, false);
            if (partial == null)
            {
                int max = WhisperHeader.PayloadMax(whisper.Length);
                partial = new PartialWhisper(header, entry, false, max, max);
                if (!_reassembler.TryBegin(partial, _nowMs))
                {
                    return Waits;
                }
            }
            else if (partial.Entry != entry || !partial.Agrees(header))
            {
                _gossip.Statistics.Add(Counter.PartsRefused);
                return Nothing;
            }

            return Add(slot, partial, header.Part, whisper, WhisperHeader.Size, message);
        }

        /// <summary>Part 0 of a direct whisper: what later parts need.</summary>
        private int TakeFirstPart(
            int slot, WhisperHeader header, byte[] whisper, DirectKeys keys, bool proven, WhisperMessage message)
        {
            PartialWhisper partial = _reassembler.Find(header.InnerId, true);
            if (partial == null)
            {
                partial = new PartialWhisper(
                    header, PartialWhisper.InMailbox, proven, WhisperHeader.PayloadMax(whisper.Length),
                    PartSeal.PayloadMax(_gossip.FrameSize));
                if (!_reassembler.TryBegin(partial, _nowMs))
                {
                    return Waits;
                }
            }
            else if (!partial.Agrees(header))
            {
                _gossip.Statistics.Add(Counter.PartsRefused);
                return Nothing;
            }

            partial.AddKey(keys.PartKey);
            partial.AckKey = partial.AckKey != null ? partial.AckKey : new byte[keys.AckKey.Length];
            System.Array.Copy(keys.AckKey, 0, partial.AckKey, 0, keys.AckKey.Length);
            partial.Extend(_gossip.Store.DeadlineAt(slot));
            _gossip.WakeWaiting();
            return Add(slot, partial, 0, whisper, WhisperHeader.Size, message);
        }

        /// <summary>A later part of a direct whisper: it waits until part 0 has given its key.</summary>
        private int TakeLaterPart(int slot, byte[] outer, WhisperMessage message)
        {
            NodeStatistics statistics = _gossip.Statistics;
            WhisperHeader header = new WhisperHeader();
            int first = WhisperHeader.PayloadMax(DirectSeal.InnerSize(_gossip.FrameSize));
            int later = PartSeal.PayloadMax(_gossip.FrameSize);
            bool isExpected = header.TryReadEnvelope(outer, 0)
                && (header.Type == (byte)WhisperType.Whisper || header.Type == (byte)WhisperType.PeerDiscovery)
                && WhisperParts.Size(header.PayloadCount, header.Part, first, later) > 0;
            if (!isExpected)
            {
                statistics.Add(Counter.WhisperMalformed);
                return Nothing;
            }

            int key;
            PartialWhisper partial = _reassembler.FindByPart(
                ByteOrder.ReadUInt64(outer, WhisperHeader.EnvelopeSize), _mac, out key);
            if (partial == null)
            {
                return Waits;
            }

            int size = WhisperParts.Size(header.PayloadCount, header.Part, first, later);
            int offset = _gossip.Store.OffsetOf(slot);
            if (!PartSeal.TryOpen(_gossip.Store.Buffer, offset, outer, partial.Keys, key, size, _mac))
            {
                statistics.Add(Counter.DirectFailed);
                return Nothing;
            }

            int outcome = Nothing;
            if (header.Type != partial.Header.Type || header.PayloadCount != partial.Header.PayloadCount)
            {
                statistics.Add(Counter.PartsRefused);
            }
            else
            {
                outcome = Add(slot, partial, header.Part, outer, PartSeal.HeadSize, message);
            }

            CryptoBytes.Wipe(outer);
            return outcome;
        }

        /// <summary>Adds a part, and gives the whisper to the application when it is the last one missing.</summary>
        private int Add(
            int slot, PartialWhisper partial, int part, byte[] bytes, int offset, WhisperMessage message)
        {
            long untilMs = _gossip.Store.DeadlineAt(slot);
            if (!partial.Take(part, bytes, offset, untilMs, _nowMs))
            {
                _gossip.Statistics.Add(Counter.PartsRefused);
                return Nothing;
            }

            if (part == 0 || partial.FrameId == 0)
            {
                partial.FrameId = _gossip.Store.IdAt(slot);
            }

            if (!partial.IsWhole)
            {
                return Nothing;
            }

            int outcome = Nothing;
            if (partial.Header.Type == (byte)WhisperType.PeerDiscovery)
            {
                _direct.TakeSuccessor(partial.Header, partial.IsProven, partial.Payload, 0, untilMs);
                CryptoBytes.Wipe(partial.Payload);
            }
            else
            {
                message.Give(partial.Payload);
                Fill(message, partial.Header, partial.Entry, partial.IsProven, partial.FrameId);
                outcome = Delivered;
            }

            if (partial.AckKey != null)
            {
                Acknowledge(partial.Header, partial.AckKey);
            }

            _reassembler.End(partial);
            _gossip.WakeWaiting();
            return outcome;
        }
    }
}
