using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Identity;
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
        private readonly uint _lifetimeSeconds;
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
            _lifetimeSeconds = configuration.DirectLifetimeSeconds;
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
            seal.LifetimeSeconds = IdentityKeeper.CardLifetimeSeconds;
            WhisperHeader header = new WhisperHeader();
            header.Type = (byte)WhisperType.PeerDiscovery;
            header.PayloadCount = card.Length;
            SendResult result = _origin.Send(header, seal, _identity.Current, card, 0, unixSeconds, nowMs);
            seal.Wipe();
            CryptoBytes.Wipe(card);
            _identity.NoteCard(result == SendResult.Queued, nowMs);
        }

        /// <summary>Sends a whisper to one identity; three curve operations.</summary>
        /// <param name="header">Receives the inner id.</param>
        /// <param name="recipient">16 bytes.</param>
        /// <param name="payload">Holds the payload.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its bytes.</param>
        /// <param name="unixSeconds">Now; 0 without a clock.</param>
        /// <param name="nowMs">Now.</param>
        internal SendResult Send(
            WhisperHeader header,
            byte[] recipient,
            byte[] payload,
            int offset,
            int count,
            uint unixSeconds,
            long nowMs)
        {
            _nowSeconds = _identity.SecondsAt(nowMs);
            _contacts.Expire(_nowSeconds);
            int contact = _contacts.Find(recipient);
            uint left = contact == ContactTable.None ? 0 : _contacts.EndAt(contact) - _nowSeconds;
            if (left < MailboxLeftMinSeconds)
            {
                return SendResult.UnknownContact;
            }

            OutgoingDirectSeal seal = new OutgoingDirectSeal(_mac.Hmac);
            seal.LifetimeSeconds = left < _lifetimeSeconds ? left : _lifetimeSeconds;
            _contacts.CopyMailboxKey(contact, seal.TagKey);
            System.Array.Copy(seal.TagKey, 0, _mac.Mac, 0, seal.TagKey.Length);
            MailboxRing.DeriveSealKey(_mac);
            System.Array.Copy(_mac.Mac, 0, seal.SealKey, 0, seal.SealKey.Length);
            _contacts.CopyPublicKey(contact, seal.Recipient);
            _identity.Mailboxes.DerivePrivateKey(MailboxRing.Current);
            System.Array.Copy(_mac.Mac, 0, seal.StaticKey, 0, seal.StaticKey.Length);
            _mac.Wipe();
            _identity.Current.CopyPublicKey(seal.StaticPublic, 0);
            header.Type = (byte)WhisperType.Whisper;
            header.PayloadCount = count;
            SendResult result = _origin.Send(header, seal, _identity.Current, payload, offset, unixSeconds, nowMs);
            seal.Wipe();
            if (result == SendResult.Queued)
            {
                _contacts.NoteUsed(contact, _nowSeconds);
            }
            else if (result == SendResult.UnknownContact)
            {
                // Its public key is a point of small order: nothing can ever be sealed to it.
                _contacts.Remove(contact);
            }

            return result;
        }

        /// <summary>Opens both seals of a frame that lies in a mailbox; two curve operations.</summary>
        /// <param name="slot">The frame's slot.</param>
        /// <param name="header">Receives the fields.</param>
        /// <param name="sender">Receives the public key that the sender proved, 32 bytes.</param>
        /// <returns>The whisper, or null: counted.</returns>
        internal byte[] Open(int slot, WhisperHeader header, byte[] sender)
        {
            NodeStatistics statistics = _gossip.Statistics;
            byte[] frame = _gossip.Store.Buffer;
            int offset = _gossip.Store.OffsetOf(slot);
            int mailbox = _identity.Mailboxes.Match(frame, offset);
            byte[] outer = null;
            if (mailbox != MailboxRing.None)
            {
                _identity.Mailboxes.DeriveSealKey(mailbox);
                outer = OpenOuter(frame, offset);
            }

            if (outer == null)
            {
                statistics.Add(Counter.OpenFailed);
                return null;
            }

            byte[] whisper = OpenInner(mailbox, frame, offset, outer, sender);
            if (whisper == null)
            {
                statistics.Add(Counter.DirectFailed);
                return null;
            }

            if (!header.TryRead(whisper, 0, whisper.Length) || header.Type != (byte)WhisperType.Whisper)
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

            uint valid = ByteOrder.ReadUInt32(whisper, WhisperHeader.Size + ContactCard.ValidOffset);
            valid = valid < ContactCard.ValidSecondsMax ? valid : ContactCard.ValidSecondsMax;
            uint endSeconds = _identity.SecondsAt(deadlineMs) + valid;
            if (_contacts.Learn(
                header.Sender, header.SenderTimestamp, whisper, WhisperHeader.Size, endSeconds, _nowSeconds))
            {
                statistics.Add(Counter.ContactsLearned);
                if (_gossip.Observer != null)
                {
                    _gossip.Observer.ContactLearned(header.Sender, header.SenderTimestamp);
                }
            }
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

        /// <summary>Notes that the application hears from an identity.</summary>
        internal void NoteHeard(byte[] id)
        {
            int contact = _contacts.Find(id);
            if (contact != ContactTable.None)
            {
                _contacts.NoteUsed(contact, _nowSeconds);
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

        private bool CanRead(byte[] frame)
        {
            bool read = false;
            byte[] sender = new byte[X25519.KeySize];
            byte[] outer = OpenOuter(frame, 0);
            for (int i = 0; outer != null && i < _identity.Mailboxes.Count; i++)
            {
                byte[] whisper = OpenInner(i, frame, 0, outer, sender);
                read = read || whisper != null;
                CryptoBytes.Wipe(whisper);
            }

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

        private byte[] OpenInner(int mailbox, byte[] frame, int offset, byte[] outer, byte[] sender)
        {
            byte[] whisper = new byte[DirectSeal.InnerSize(_gossip.FrameSize)];
            byte[] publicKey = new byte[X25519.KeySize];
            _identity.Mailboxes.CopyPublicKey(mailbox, publicKey);
            _identity.Mailboxes.DerivePrivateKey(mailbox);
            bool opened = DirectSeal.TryOpen(
                frame, offset, outer, _mac.Mac, publicKey, _mac.Hmac, whisper, sender);
            _mac.Wipe();
            return opened ? whisper : null;
        }
    }
}
