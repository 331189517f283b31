using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Links.Opening;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Sealing;

namespace WhispurrNet.Protocol.Node
{
    /// <summary>
    /// Contact cards and direct whispers of a node: sends its own card, learns others', seals to contacts and opens what
    /// came into its mailboxes.
    /// </summary>
    internal sealed class DirectMail
    {
        /// <summary>A mailbox that ends sooner is not written to.</summary>
        private const uint MailboxLeftMinSeconds = 60;

        private readonly IdentityKeeper _identity;
        private readonly ContactTable _contacts;
        private readonly GossipEngine _gossip;
        private readonly WhisperOrigin _origin;
        private readonly NetworkKeys _keys;
        private readonly MacWorkspace _mac;
        private uint _nowSeconds;

        internal DirectMail(
            NodeConfiguration configuration,
            IdentityKeeper identity,
            GossipEngine gossip,
            WhisperOrigin origin,
            NetworkKeys keys,
            MacWorkspace mac)
        {
            _identity = identity;
            _contacts = new ContactTable(configuration.Limits.Contacts);
            _gossip = gossip;
            _origin = origin;
            _keys = keys;
            _mac = mac;
        }

        /// <summary>Whom this node can write to.</summary>
        internal ContactTable Contacts
        {
            get { return _contacts; }
        }

        /// <summary>Sends the contact card of the present identity when it is due.</summary>
        internal void HandleTimeout(uint unixSeconds, long nowMs)
        {
            _nowSeconds = _identity.SecondsAt(nowMs);
            _contacts.Expire(_nowSeconds);
            _identity.Mailboxes.Expire(_nowSeconds);
            if (!_identity.IsCardDue(nowMs))
            {
                return;
            }

            byte[] card = new byte[ContactCard.Size];
            _identity.WriteCard(card, nowMs);
            OutgoingSeal seal = new OutgoingSeal();
            _gossip.Ring.CopyTagKey(KeyRing.BroadcastEntry, seal.TagKey);
            _keys.DeriveInto(Labels.BroadcastSeal(), seal.SealKey);
            seal.Budget = OutgoingSeal.OfNobody;
            WhisperHeader header = new WhisperHeader();
            header.Type = (byte)WhisperType.PeerDiscovery;
            header.PayloadCount = card.Length;
            header.InnerId = _gossip.Random.NextUInt64();
            header.SenderTimestamp = _identity.Current.Timestamp;
            header.SentUnixSeconds = unixSeconds;
            System.Array.Copy(_identity.Current.Id, 0, header.Sender, 0, WhisperHeader.SenderSize);
            SendResult result = _origin.Send(header, seal, card, 0, unixSeconds, nowMs);
            seal.Wipe();
            CryptoBytes.Wipe(card);
            bool sent = result == SendResult.Queued;
            _gossip.Statistics.Add(Counter.CardsSent, sent ? 1u : 0u);
            _identity.NoteCard(sent, nowMs);
        }

        /// <summary>
        /// How the next part of a direct whisper is sealed: to the recipient's mailbox, and, part 0, from the identity that
        /// the whisper is sent by to the recipient's.
        /// </summary>
        /// <returns>Null when the recipient is not known, or its mailbox is about to end.</returns>
        internal OutgoingSeal SealOf(OutgoingWhisper whisper, long nowMs)
        {
            _nowSeconds = _identity.SecondsAt(nowMs);
            _contacts.Expire(_nowSeconds);
            int contact = _contacts.FindLatest(whisper.Recipient);
            uint left = contact == ContactTable.None ? 0 : _contacts.EndAt(contact) - _nowSeconds;
            int mailbox = _identity.MailboxOf(whisper.IdentityNumber);
            if (left < MailboxLeftMinSeconds || mailbox == MailboxRing.None)
            {
                return null;
            }

            OutgoingDirectSeal direct = whisper.NextPart == 0 ? new OutgoingDirectSeal(_mac) : null;
            OutgoingSeal seal = direct != null ? direct : (OutgoingSeal)new OutgoingPartSeal(whisper.PartKey, _mac);
            _contacts.CopyMailboxKey(contact, seal.TagKey);
            System.Array.Copy(seal.TagKey, 0, _mac.Mac, 0, seal.TagKey.Length);
            MailboxRing.DeriveSealKey(_mac);
            System.Array.Copy(_mac.Mac, 0, seal.SealKey, 0, seal.SealKey.Length);
            if (direct != null)
            {
                _contacts.CopyPublicKey(contact, direct.Recipient);
                _identity.Mailboxes.CopyPublicKey(mailbox, direct.StaticPublic);
                _identity.Mailboxes.DerivePrivateKey(mailbox);
                System.Array.Copy(_mac.Mac, 0, direct.StaticKey, 0, direct.StaticKey.Length);
            }

            _mac.Wipe();
            _contacts.NoteUsed(contact, true, _nowSeconds);
            return seal;
        }

        /// <summary>Forgets a contact whose public key is a point of small order: nothing can ever be sealed to it.</summary>
        internal void Forget(byte[] id)
        {
            int contact = _contacts.FindLatest(id);
            if (contact != ContactTable.None)
            {
                _contacts.Remove(contact);
            }
        }

        /// <summary>Opens the outer seal of a frame that lies in a mailbox.</summary>
        /// <param name="slot">The frame's slot.</param>
        /// <param name="mailbox">The mailbox.</param>
        /// <returns>What stood inside, or null: counted.</returns>
        internal byte[] OpenOuter(int slot, out int mailbox)
        {
            byte[] frame = _gossip.Store.Buffer;
            int offset = _gossip.Store.OffsetOf(slot);
            byte[] outer = null;
            mailbox = _identity.Mailboxes.Match(frame, offset);
            if (mailbox != MailboxRing.None)
            {
                _identity.Mailboxes.DeriveSealKey(mailbox);
                outer = OpenOuter(frame, offset);
            }

            if (outer == null)
            {
                _gossip.Statistics.Add(Counter.OpenFailed);
            }

            return outer;
        }

        /// <summary>Opens the inner seal of part 0; two curve operations.</summary>
        /// <param name="slot">The frame's slot.</param>
        /// <param name="mailbox">The mailbox that it lies in.</param>
        /// <param name="outer">What stood inside the outer seal.</param>
        /// <param name="header">Receives the fields.</param>
        /// <param name="keys">Receives the keys.</param>
        /// <returns>The whisper, or null: counted.</returns>
        internal byte[] OpenFirst(int slot, int mailbox, byte[] outer, WhisperHeader header, DirectKeys keys)
        {
            NodeStatistics statistics = _gossip.Statistics;
            byte[] whisper =
                OpenInner(mailbox, _gossip.Store.Buffer, _gossip.Store.OffsetOf(slot), outer, keys);
            if (whisper == null)
            {
                statistics.Add(Counter.DirectFailed);
                return null;
            }

            bool isExpected = header.TryRead(whisper, 0, whisper.Length)
                && (header.Type == (byte)WhisperType.Whisper || header.Type == (byte)WhisperType.PeerDiscovery);
            if (!isExpected)
            {
                statistics.Add(Counter.WhisperMalformed);
                CryptoBytes.Wipe(whisper);
                return null;
            }

            return whisper;
        }

        /// <summary>
        /// Learns the contact card in a whisper that was opened. The frame's deadline is the moment from which the card
        /// counts.
        /// </summary>
        internal void TakeCard(WhisperHeader header, byte[] whisper, long deadlineMs)
        {
            NodeStatistics statistics = _gossip.Statistics;
            if (CryptoBytes.ConstantTimeEquals(header.Sender, 0, _identity.Current.Id, 0, EphemeralIdentity.IdSize))
            {
                // It went round, and its id is no longer among the seen.
                return;
            }

            if (!ContactCard.IsOf(
                whisper, WhisperHeader.Size, header.PayloadCount, header.Sender, header.SenderTimestamp))
            {
                statistics.Add(Counter.CardsRefused);
                return;
            }

            Learn(
                header.Sender, header.SenderTimestamp, whisper, WhisperHeader.Size,
                EndOf(whisper, WhisperHeader.Size, deadlineMs));
        }

        /// <summary>When the mailbox of a card ends, seconds, if its time counts from this moment.</summary>
        private uint EndOf(byte[] card, int offset, long fromMs)
        {
            uint valid = ByteOrder.ReadUInt32(card, offset + ContactCard.ValidOffset);
            return _identity.SecondsAt(fromMs)
                + (valid < ContactCard.ValidSecondsMax ? valid : ContactCard.ValidSecondsMax);
        }

        /// <summary>Learns the identity that a member told inside a link; its time counts from now.</summary>
        /// <param name="card">Holds a <see cref="PeerCard"/>.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="nowMs">Now.</param>
        internal void LearnCard(byte[] card, int offset, long nowMs)
        {
            uint valid = ByteOrder.ReadUInt32(card, offset + ContactCard.ValidOffset);
            if (valid == 0)
            {
                // Not to be written to.
                return;
            }

            _nowSeconds = _identity.SecondsAt(nowMs);
            uint timestamp = ByteOrder.ReadUInt32(card, offset + PeerCard.TimeOffset);
            byte[] id = new byte[EphemeralIdentity.IdSize];
            ContactCard.ComputeId(card, offset, timestamp, id);
            Learn(id, timestamp, card, offset, EndOf(card, offset, nowMs));
        }

        /// <summary>Says whether a public key is the sender's, as far as its card is known.</summary>
        /// <param name="id">The sender that a whisper names.</param>
        /// <param name="publicKey">The key that it proved.</param>
        /// <param name="proven">True when a card ties the two together.</param>
        /// <returns>False when a card ties another key to the name: a claim to somebody else's identity.</returns>
        internal bool CheckSender(byte[] id, byte[] publicKey, out bool proven)
        {
            int contact = _contacts.Find(id);
            proven = contact != ContactTable.None && _contacts.HasKey(contact, publicKey);
            return proven || contact == ContactTable.None;
        }

        /// <summary>Notes that the application hears from an identity, by a direct whisper that proves it or otherwise.</summary>
        internal void NoteHeard(byte[] id, bool direct)
        {
            int contact = _contacts.Find(id);
            if (contact != ContactTable.None)
            {
                _contacts.NoteUsed(contact, direct, _nowSeconds);
            }
        }

        /// <summary>Learns what a contact has become: the card of its next identity, proven by the one before.</summary>
        /// <param name="header">The former identity.</param>
        /// <param name="proven">Whether the whisper proved it.</param>
        /// <param name="payload">Holds card and time of the next identity; any bytes.</param>
        /// <param name="offset">Where they start.</param>
        /// <param name="deadlineMs">When the frame ends that brought them.</param>
        internal void TakeSuccessor(WhisperHeader header, bool proven, byte[] payload, int offset, long deadlineMs)
        {
            if (!proven || header.PayloadCount < PeerCard.Size)
            {
                _gossip.Statistics.Add(Counter.SuccessorsRefused);
                return;
            }

            // The hash ties both keys to the name: nobody can put keys of its own under another's.
            byte[] id = new byte[EphemeralIdentity.IdSize];
            uint timestamp = ByteOrder.ReadUInt32(payload, offset + PeerCard.TimeOffset);
            ContactCard.ComputeId(payload, offset, timestamp, id);
            if (CryptoBytes.ConstantTimeEquals(id, 0, _identity.Current.Id, 0, id.Length))
            {
                _gossip.Statistics.Add(Counter.SuccessorsRefused);
                return;
            }

            Learn(id, timestamp, payload, offset, EndOf(payload, offset, deadlineMs));
            int former = _contacts.Find(header.Sender);
            int next = _contacts.Find(id);
            if (former != ContactTable.None && next != ContactTable.None)
            {
                _contacts.NoteUsed(next, true, _nowSeconds);
                _contacts.SetSuccessor(former, id);
                _gossip.Statistics.Add(Counter.SuccessorsLearned);
            }
        }

        /// <summary>How many mailboxes, own and contacts', open a frame such that an own identity can read it.</summary>
        internal int CountMailboxesThatOpen(byte[] frame)
        {
            int count = 0;
            for (int i = 0; i < _identity.Mailboxes.Count; i++)
            {
                _identity.Mailboxes.DeriveSealKey(i);
                count += CanRead(frame) ? 1 : 0;
            }

            for (int i = 0; i < _contacts.Count; i++)
            {
                _contacts.CopyMailboxKey(i, _mac.Mac);
                MailboxRing.DeriveSealKey(_mac);
                count += CanRead(frame) ? 1 : 0;
            }

            return count;
        }

        /// <summary>Overwrites every contact and identity.</summary>
        internal void Wipe()
        {
            _contacts.Wipe();
            _identity.Wipe();
        }

        private void Learn(byte[] id, uint timestamp, byte[] card, int offset, uint endSeconds)
        {
            if (_contacts.Learn(id, timestamp, card, offset, endSeconds, _nowSeconds))
            {
                _gossip.Statistics.Add(Counter.ContactsLearned);
                if (_gossip.Observer != null)
                {
                    _gossip.Observer.ContactLearned(id, timestamp);
                }
            }
        }

        private bool CanRead(byte[] frame)
        {
            bool read = false;
            DirectKeys keys = new DirectKeys();
            byte[] outer = OpenOuter(frame, 0);
            for (int i = 0; outer != null && i < _identity.Mailboxes.Count; i++)
            {
                byte[] whisper = OpenInner(i, frame, 0, outer, keys);
                read = read || whisper != null;
                CryptoBytes.Wipe(whisper);
            }

            keys.Wipe();
            return read;
        }

        /// <summary>
        /// What the outer seal hides, under the key in the workspace, or null. The sealer's workspaces are garbage when this
        /// returns: a small board has no room for them beside those of the inner seal.
        /// </summary>
        private byte[] OpenOuter(byte[] frame, int offset)
        {
            byte[] whisper = new byte[FrameLayout.WhisperSize(_gossip.FrameSize)];
            bool opened = new WhisperSealer(_mac, _gossip.FrameSize, whisper).Open(frame, offset, _mac.Mac);
            _mac.Wipe();
            return opened ? whisper : null;
        }

        private byte[] OpenInner(int mailbox, byte[] frame, int offset, byte[] outer, DirectKeys keys)
        {
            byte[] whisper = new byte[DirectSeal.InnerSize(_gossip.FrameSize)];
            byte[] publicKey = new byte[X25519.KeySize];
            _identity.Mailboxes.CopyPublicKey(mailbox, publicKey);
            _identity.Mailboxes.DerivePrivateKey(mailbox);
            bool opened = DirectSeal.TryOpen(
                frame, offset, outer, _mac.Mac, publicKey, _mac, whisper, keys);
            _mac.Wipe();
            return opened ? whisper : null;
        }
    }
}
