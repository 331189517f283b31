using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Links.Opening;

namespace WhispurrNet.Protocol.Node
{
    /// <summary>
    /// Renews the node's identity every hour, keeps the mailboxes of former ones alive, and says when the contact card of
    /// the present one is due.
    /// </summary>
    internal sealed class IdentityKeeper
    {
        private const uint RotationSeconds = EphemeralIdentity.RotationMs / 1000;

        /// <summary>
        /// A card leaves this long after its identity was made, so that not everybody who was switched on together
        /// speaks together.
        /// </summary>
        private const int CardDelayMinMs = 2 * 1000;

        /// <summary>... and at most.</summary>
        private const int CardDelayMaxMs = 20 * 1000;

        /// <summary>When the store had no room for it, a card is tried again after this long.</summary>
        private const int CardRetryMs = 30 * 1000;

        /// <summary>The identity of this hour.</summary>
        internal readonly EphemeralIdentity Current = new EphemeralIdentity();

        /// <summary>Its mailbox, and those of former ones.</summary>
        internal readonly MailboxRing Mailboxes;

        private readonly MacWorkspace _mac;
        private readonly bool _discoverable;
        private readonly uint _frameSeconds;
        private readonly long _startMs;
        private uint _number;
        private long _untilMs;
        private long _cardDueMs;
        private uint _mailboxEndSeconds;

        /// <summary>A keeper without an identity yet.</summary>
        internal IdentityKeeper(NodeConfiguration configuration, MacWorkspace mac, long nowMs)
        {
            Mailboxes = new MailboxRing(Current, configuration.Limits.Mailboxes, mac);
            _mac = mac;
            _discoverable = configuration.Discoverable && configuration.Network != null;
            _frameSeconds = configuration.WhisperLifetimeSeconds;
            _startMs = nowMs;
        }

        /// <summary>When <see cref="Renew"/>, a card or the end of a mailbox is due.</summary>
        internal long NextDeadlineMs
        {
            get
            {
                long next = _untilMs < _cardDueMs ? _untilMs : _cardDueMs;
                long endMs = MsAt(Mailboxes.NextEndSeconds);
                return endMs < next ? endMs : next;
            }
        }

        /// <summary>Counts the node's identities: which one the present one is.</summary>
        internal uint Number
        {
            get { return _number; }
        }

        /// <summary>Whether the network is told of the node's identities.</summary>
        internal bool IsDiscoverable
        {
            get { return _discoverable; }
        }

        /// <summary>The mailbox of an identity by its number, or <see cref="MailboxRing.None"/> when it has ended.</summary>
        internal int MailboxOf(uint number)
        {
            int age = (int)(_number - number);
            int mailbox = age == 0 ? MailboxRing.Current : Mailboxes.Count - age;
            return age == 0 || mailbox > MailboxRing.Current ? mailbox : MailboxRing.None;
        }

        /// <summary>Number of the identity of this hour, modulo 256, by which links know whom they have told it.</summary>
        internal byte Epoch
        {
            get { return (byte)(_number & 0xFF); }
        }

        /// <summary>Whole seconds since the node's start: what ends are told in.</summary>
        internal uint SecondsAt(long nowMs)
        {
            return (uint)((nowMs - _startMs) / 1000);
        }

        /// <summary>The moment at which so many seconds since the node's start are over; uint.MaxValue: never.</summary>
        internal long MsAt(uint seconds)
        {
            return seconds == uint.MaxValue ? long.MaxValue : _startMs + ((long)seconds * 1000);
        }

        /// <summary>True when the hour of the identity is over.</summary>
        internal bool IsRenewalDue(long nowMs)
        {
            return nowMs >= _untilMs;
        }

        /// <summary>Puts the next identity off.</summary>
        internal void PostponeRenewal(long untilMs)
        {
            _untilMs = untilMs;
        }

        /// <summary>Makes the next identity; one curve operation.</summary>
        /// <param name="random">Source of its seed.</param>
        /// <param name="unixSeconds">Now; 0 without a clock.</param>
        /// <param name="nowMs">Now.</param>
        internal void Renew(ChaChaRandom random, uint unixSeconds, long nowMs)
        {
            uint nowSeconds = SecondsAt(nowMs);
            Mailboxes.Expire(nowSeconds);
            if (_mailboxEndSeconds > nowSeconds)
            {
                Mailboxes.Retire(_mailboxEndSeconds);
            }

            _number++;
            Current.Renew(random, unixSeconds != 0 ? unixSeconds : nowSeconds, _mac);
            _mailboxEndSeconds = nowSeconds + ((uint)Mailboxes.Capacity * RotationSeconds);
            _untilMs = nowMs + EphemeralIdentity.RotationMs;
            _cardDueMs = _discoverable
                ? nowMs + CardDelayMinMs + (long)random.NextBelow(CardDelayMaxMs - CardDelayMinMs)
                : long.MaxValue;
        }

        /// <summary>True when the contact card of the present identity is to be sent.</summary>
        internal bool IsCardDue(long nowMs)
        {
            return nowMs >= _cardDueMs;
        }

        /// <summary>Writes the card: its mailbox lives for so long beyond the longest life of the card's frame.</summary>
        internal void WriteCard(byte[] card, long nowMs)
        {
            uint frameEndSeconds = SecondsAt(nowMs) + _frameSeconds;
            uint valid = _mailboxEndSeconds > frameEndSeconds ? _mailboxEndSeconds - frameEndSeconds : 0;
            Current.WriteCard(valid, card, _mac);
        }

        /// <summary>
        /// Writes what members are told inside a link: the card, its mailbox's time from now on, and the identity's time. A
        /// node that is not to be written to tells its public key only.
        /// </summary>
        internal void WritePeerCard(byte[] card, int offset, long nowMs)
        {
            byte[] whole = new byte[ContactCard.Size];
            uint nowSeconds = SecondsAt(nowMs);
            Current.WriteCard(_mailboxEndSeconds > nowSeconds ? _mailboxEndSeconds - nowSeconds : 0, whole, _mac);
            System.Array.Clear(card, offset, PeerCard.Size);
            System.Array.Copy(whole, 0, card, offset, _discoverable ? ContactCard.Size : ContactCard.KeySize);
            ByteOrder.WriteUInt32(card, offset + PeerCard.TimeOffset, _discoverable ? Current.Timestamp : 0);
            CryptoBytes.Wipe(whole);
        }

        /// <summary>Copies the keys of the identity of this hour, 32 bytes each; the caller wipes the private one.</summary>
        internal void CopyKeyPair(byte[] privateKey, byte[] publicKey)
        {
            Mailboxes.DerivePrivateKey(MailboxRing.Current);
            System.Array.Copy(_mac.Mac, 0, privateKey, 0, privateKey.Length);
            _mac.Wipe();
            Current.CopyPublicKey(publicKey, 0);
        }

        /// <summary>Notes whether the card could be sent.</summary>
        internal void NoteCard(bool sent, long nowMs)
        {
            _cardDueMs = sent ? long.MaxValue : nowMs + CardRetryMs;
        }

        /// <summary>Overwrites every identity.</summary>
        internal void Wipe()
        {
            Mailboxes.Wipe();
            Current.Wipe();
        }
    }
}
