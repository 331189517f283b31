using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Links.Opening;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Sealing;

namespace WhispurrNet.Protocol.Node
{
    /// <content>Parts, resends, acknowledgements that came.</content>
    internal sealed partial class Outbox
    {
        /// <summary>
        /// A resend comes in the last part of the frames' lifetime, at a random moment of it: they are nearly gone everywhere
        /// then, and it is never before half of it is over.
        /// </summary>
        private const uint ResendJitterPart = 8;

        /// <summary>Who was written to or heard from within this time is told of the next identity, seconds.</summary>
        private const uint LatelySeconds = 2 * 60 * 60;

        /// <summary>Successors leave within this time, not all at once.</summary>
        private const uint SuccessorDelayMaxMs = 60 * 1000;

        /// <summary>When the store had no room for a part, it is tried again after this long.</summary>
        private const int RetryMs = 30 * 1000;

        /// <summary>
        /// Tells those with whom this node has exchanged direct whispers lately what it has become: a direct whisper from the
        /// former identity, to as many as half of the places allow.
        /// </summary>
        /// <param name="formerId">The identity that was left, 16 bytes.</param>
        /// <param name="formerTimestamp">When that was made.</param>
        /// <param name="unixSeconds">Now; 0 without a clock.</param>
        /// <param name="nowMs">Now.</param>
        internal void IntroduceSuccessor(byte[] formerId, uint formerTimestamp, uint unixSeconds, long nowMs)
        {
            ContactTable contacts = _direct.Contacts;
            uint nowSeconds = _identity.SecondsAt(nowMs);
            long lifetimeMs = (long)_origin.LifetimeSeconds * 1000;
            int places = _identity.IsDiscoverable ? _pending.Length / 2 : 0;
            for (int i = 0; i < contacts.Count && places > 0 && _count < _pending.Length; i++)
            {
                if (!contacts.IsCorrespondent(i) || nowSeconds - contacts.UsedAt(i) > LatelySeconds)
                {
                    continue;
                }

                byte[] recipient = new byte[WhisperHeader.SenderSize];
                contacts.CopyId(i, recipient);
                OutgoingWhisper whisper = Make(
                    WhisperType.PeerDiscovery, null, recipient, PeerCard.Size, PartsOf(true, PeerCard.Size), unixSeconds);
                whisper.IdentityNumber--;
                whisper.SenderTimestamp = formerTimestamp;
                System.Array.Copy(formerId, 0, whisper.Sender, 0, WhisperHeader.SenderSize);
                whisper.Payload = new byte[PeerCard.Size];

                // Its time counts from the end of its frame, as that of a card does.
                _identity.WritePeerCard(whisper.Payload, 0, nowMs + SuccessorDelayMaxMs + lifetimeMs);
                whisper.DueMs = nowMs + _gossip.Random.NextBelow(SuccessorDelayMaxMs);
                whisper.UntilMs = nowMs + lifetimeMs;
                _pending[_count++] = whisper;
                places--;
            }
        }

        /// <summary>Lets parts out, sends again what was not acknowledged, and ends what is over.</summary>
        /// <param name="inContact">Whether somebody waits in a contact: no curve operations then.</param>
        /// <param name="unixSeconds">Now; 0 without a clock.</param>
        /// <param name="nowMs">Now.</param>
        internal void HandleTimeout(bool inContact, uint unixSeconds, long nowMs)
        {
            for (int i = _count - 1; i >= 0; i--)
            {
                if (_pending[i].UntilMs <= nowMs)
                {
                    Expire(i);
                }
            }

            // The oldest first: the budget is for whoever has waited for longest.
            for (int i = 0; i < _count; i++)
            {
                OutgoingWhisper whisper = _pending[i];
                if (whisper.DueMs > nowMs)
                {
                    continue;
                }

                if (inContact && whisper.Recipient != null && (whisper.IsOut || whisper.NextPart == 0))
                {
                    whisper.DueMs = nowMs + LinkTimings.ContactMs;
                    continue;
                }

                if (whisper.IsOut)
                {
                    whisper.BeginSend();
                    _gossip.Statistics.Add(Counter.Resent);
                }

                bool hasCurves = whisper.Recipient != null && whisper.NextPart == 0;
                LetOut(whisper, unixSeconds, nowMs);
                if (whisper.Payload == null && whisper.Type == WhisperType.PeerDiscovery)
                {
                    // A successor's card is sent once: the card goes to the whole network too.
                    _gossip.Statistics.Add(Counter.SuccessorsSent);
                    End(i);
                    i--;
                }

                if (hasCurves)
                {
                    // Seconds on a board: the others have their turn at the next call, which is due at once.
                    return;
                }
            }
        }

        /// <summary>Takes the acknowledgement that a frame of this network carries, if it is one.</summary>
        /// <returns>False when its tag is not one of those waited for.</returns>
        internal bool TakeAck(MacWorkspace mac, byte[] frame, int offset)
        {
            int key = _gossip.Acks.Match(frame, offset);
            if (key == AckKeys.None)
            {
                return false;
            }

            ulong innerId = _gossip.Acks.InnerIdAt(key);
            _gossip.Acks.Load(key);
            MailboxRing.DeriveSealKey(mac);
            WhisperSealer sealer = new WhisperSealer(mac, _gossip.FrameSize);
            WhisperHeader header = new WhisperHeader();
            int opened = sealer.TryOpen(frame, offset, mac.Mac, header);
            sealer.Forget();
            mac.Wipe();
            if (opened != WhisperSealer.Opened
                || header.Type != (byte)WhisperType.Ack
                || header.PayloadCount != 0
                || header.InnerId != innerId)
            {
                _gossip.Statistics.Add(Counter.AcksRefused);
                return true;
            }

            _gossip.Statistics.Add(Counter.AcksReceived);
            Change(_statuses.Find(innerId), WhisperStatus.Delivered);
            for (int i = _count - 1; i >= 0; i--)
            {
                if (_pending[i].InnerId == innerId)
                {
                    End(i);
                }
            }

            return true;
        }

        private void Expire(int index)
        {
            OutgoingWhisper whisper = _pending[index];
            if (whisper.Recipient != null)
            {
                _gossip.Statistics.Add(Counter.Unacknowledged);
            }

            Change(_statuses.Find(whisper.InnerId), WhisperStatus.Expired);
            End(index);
        }

        /// <summary>Lets out as many parts as budget and store allow, and says when the next thing is due.</summary>
        private void LetOut(OutgoingWhisper whisper, uint unixSeconds, long nowMs)
        {
            while (!whisper.IsOut)
            {
                long readyMs = _origin.ReadyMs(BudgetOf(whisper.Type));
                if (readyMs > nowMs)
                {
                    whisper.DueMs = readyMs;
                    return;
                }

                SendResult result = SendPart(whisper, whisper.Payload, 0, unixSeconds, nowMs);
                if (result != SendResult.Queued)
                {
                    whisper.DueMs = nowMs + RetryMs;
                    return;
                }
            }

            uint lifetimeMs = _origin.LifetimeSeconds * 1000;
            bool again = whisper.Recipient != null
                && whisper.Sends < SendsMax
                && whisper.Type != WhisperType.PeerDiscovery;
            whisper.DueMs = again
                ? nowMs + lifetimeMs - _gossip.Random.NextBelow(lifetimeMs / ResendJitterPart)
                : long.MaxValue;
            if (!again)
            {
                whisper.Wipe();
            }

            if (whisper.Recipient == null)
            {
                whisper.UntilMs = nowMs + lifetimeMs;
            }
        }

        /// <summary>Seals and stores the part that is next.</summary>
        private SendResult SendPart(
            OutgoingWhisper whisper, byte[] payload, int offset, uint unixSeconds, long nowMs)
        {
            WhisperHeader header = new WhisperHeader();
            header.Type = (byte)whisper.Type;
            header.PayloadCount = whisper.Count;
            header.Part = whisper.NextPart;
            header.InnerId = whisper.InnerId;
            header.SenderTimestamp = whisper.SenderTimestamp;
            header.SentUnixSeconds = whisper.SentUnixSeconds;
            System.Array.Copy(whisper.Sender, 0, header.Sender, 0, WhisperHeader.SenderSize);
            OutgoingSeal seal = whisper.Recipient == null ? SealOf(whisper) : _direct.SealOf(whisper, nowMs);
            if (seal == null)
            {
                return SendResult.UnknownContact;
            }

            seal.Budget = BudgetOf(whisper.Type);
            SendResult result = _origin.Send(header, seal, payload, offset, unixSeconds, nowMs);
            if (result == SendResult.Queued)
            {
                NoteOut(whisper, seal);
            }
            else if (result == SendResult.UnknownContact)
            {
                _direct.Forget(whisper.Recipient);
            }

            seal.Wipe();
            return result;
        }

        private void NoteOut(OutgoingWhisper whisper, OutgoingSeal seal)
        {
            whisper.FrameIds[whisper.NextPart] = _origin.LastFrameId;
            if (whisper.Recipient != null && whisper.Type != WhisperType.PeerDiscovery)
            {
                _gossip.Protect(_origin.LastFrameId);
            }

            OutgoingDirectSeal direct = seal as OutgoingDirectSeal;
            if (direct != null)
            {
                if (whisper.Type != WhisperType.PeerDiscovery)
                {
                    _gossip.Acks.Add(whisper.InnerId, direct.AckKey);
                }

                if (whisper.FrameIds.Length > 1)
                {
                    whisper.PartKey = whisper.PartKey != null ? whisper.PartKey : new byte[direct.PartKey.Length];
                    System.Array.Copy(direct.PartKey, 0, whisper.PartKey, 0, direct.PartKey.Length);
                }
            }

            whisper.NextPart++;
        }

        private static int BudgetOf(WhisperType type)
        {
            switch (type)
            {
                case WhisperType.Emergency: return OutgoingSeal.OfEmergencies;
                case WhisperType.PeerDiscovery: return OutgoingSeal.OfNode;
                default: return OutgoingSeal.OfWhispers;
            }
        }

        /// <summary>The seal of a whisper to many.</summary>
        private OutgoingSeal SealOf(OutgoingWhisper whisper)
        {
            bool isResonance = whisper.Type == WhisperType.Resonance;
            OutgoingSeal seal = new OutgoingSeal();
            _keys.DeriveInto(isResonance ? Labels.IntentTag(whisper.Intent) : Labels.BroadcastTag(), seal.TagKey);
            _keys.DeriveInto(isResonance ? Labels.IntentSeal(whisper.Intent) : Labels.BroadcastSeal(), seal.SealKey);
            if (whisper.Type == WhisperType.Emergency)
            {
                seal.TagPosition = FrameLayout.TagSize;
            }

            return seal;
        }
    }
}
