using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Links.Opening
{
    /// <summary>
    /// The side that dials: with the secrets that it shares with the node at this address, newest first, and then with a
    /// full handshake, in which it learns from the answer whether the other side is a member or a stranger.
    /// </summary>
    internal sealed class InitiatorOpening : LinkOpening
    {
        private const int DialDue = 0;
        private const int Resuming = 1;
        private const int AwaitHandshake2 = 2;
        private const int Handshake3Due = 3;
        private const int Standing = 4;

        private const int FirstSize = OpeningRecord.Handshake1Size - OpeningRecord.GuardOffset;
        private const int FirstTagOffset = FirstSize - OpeningRecord.TagSize;

        private readonly byte[] _secret = new byte[PeerTable.SecretSize];
        private int _step = DialDue;
        private int _place = PeerTable.Pending + 1;
        private bool _sideA;

        // The nonces of a resumption; or the key pair of a handshake and its first message, guard MAC, e and tag.
        private byte[] _nonces;
        private byte[] _privateKey;
        private byte[] _publicKey;
        private byte[] _first;

        internal InitiatorOpening(OpeningContext context, LinkSession link)
            : base(context, link)
        {
            link.SetPeer(context.Peers, context.Peers.FindNeighbour(link.Neighbour));
        }

        /// <inheritdoc/>
        internal override bool IsResuming
        {
            get { return _step == Resuming; }
        }

        /// <inheritdoc/>
        internal override int Write(byte[] record, int offset, long nowMs)
        {
            if (_step == DialDue)
            {
                return ChooseSecret(nowMs) ? WriteResume(record, offset) : WriteHandshake1(record, offset, nowMs);
            }

            return _step == Handshake3Due ? WriteHandshake3(record, offset, nowMs) : 0;
        }

        /// <inheritdoc/>
        internal override bool Read(byte[] record, int offset, int count, long nowMs)
        {
            byte type = count == 0 ? (byte)0 : record[offset];
            if (_step == Resuming)
            {
                if (type == OpeningRecord.Unknown && count == OpeningRecord.UnknownSize)
                {
                    // Whoever says so: nothing is forgotten for it.
                    Context.Statistics.Add(Counter.ResumptionsUnknown);
                    _step = DialDue;
                    return true;
                }

                return (type == OpeningRecord.Resumed && count == OpeningRecord.ResumedSize
                    && ReadResumed(record, offset, nowMs)) || Refuse(Counter.RecordsRefused);
            }

            if (_step != AwaitHandshake2)
            {
                return Refuse(Counter.RecordsRefused);
            }

            if (type == OpeningRecord.Handshake2 && count == OpeningRecord.Handshake2Size && Context.IsMember)
            {
                BetweenMembers = true;
            }
            else if (type != OpeningRecord.StrangersHandshake2 || count != OpeningRecord.StrangersHandshake2Size)
            {
                return Refuse(Counter.RecordsRefused);
            }
            else if (!BecomeStrangers(nowMs))
            {
                return false;
            }

            _step = Handshake3Due;
            return ReadMessage(record, offset, count);
        }

        /// <inheritdoc/>
        internal override void Confirm(long nowMs)
        {
            if (Link.IsFromHandshake)
            {
                Meet(_secret, nowMs);
            }
        }

        /// <inheritdoc/>
        internal override void Wipe()
        {
            base.Wipe();
            CryptoBytes.Wipe(_secret);
            CryptoBytes.Wipe(_nonces);
            CryptoBytes.Wipe(_privateKey);
            CryptoBytes.Wipe(_first);
        }

        /// <summary>The next secret to dial with: the newest that was not tried yet.</summary>
        private bool ChooseSecret(long nowMs)
        {
            PeerTable peers = Context.Peers;
            int peer = Link.Peer;
            if (peer == PeerTable.None || IsRenewalDue(peer, nowMs))
            {
                return false;
            }

            do
            {
                _place--;
            }
            while (_place >= 0 && !peers.HasSecret(peer, _place));

            return _place >= 0 && Context.FindResuming(peer) == null;
        }

        /// <summary>
        /// True when a full handshake is better: the secret is old, and the peer was told this identity, by which it knows
        /// whose entry to renew.
        /// </summary>
        private bool IsRenewalDue(int peer, long nowMs)
        {
            return Context.Peers.AgeOfSecrets(peer, SecondsAt(nowMs)) >= PeerTable.RenewSeconds
                && Context.Peers.EpochOf(peer) == Context.Identity.Epoch
                && Context.CanHandshake(nowMs);
        }

        private int WriteResume(byte[] record, int offset)
        {
            Context.Peers.CopySecret(Link.Peer, _place, _secret);
            _sideA = Context.Peers.IsSideA(Link.Peer, _place);
            _nonces = new byte[2 * OpeningRecord.NonceSize];
            Context.Random.NextBytes(_nonces, 0, OpeningRecord.NonceSize);
            record[offset] = OpeningRecord.Resume;
            LinkKeys.ComputeHandle(Context.Mac, _secret, _sideA);
            System.Array.Copy(
                Context.Mac.Mac, 0, record, offset + OpeningRecord.HandleOffset, OpeningRecord.HandleSize);
            System.Array.Copy(_nonces, 0, record, offset + OpeningRecord.NonceOffset, OpeningRecord.NonceSize);
            LinkKeys.ComputeMac(Context.Mac, _secret, _sideA, record, offset);
            System.Array.Copy(Context.Mac.Mac, 0, record, offset + OpeningRecord.MacOffset, OpeningRecord.MacSize);
            _step = Resuming;
            return OpeningRecord.ResumeSize;
        }

        private bool ReadResumed(byte[] record, int offset, long nowMs)
        {
            System.Array.Copy(
                record, offset + OpeningRecord.ResumedNonceOffset, _nonces, OpeningRecord.NonceSize,
                OpeningRecord.NonceSize);
            LinkKeys keys = new LinkKeys();
            keys.Resume(Context.Mac.Hmac, _secret, _nonces);
            bool confirmed = CryptoBytes.ConstantTimeEquals(
                keys.Bytes, LinkKeys.ConfirmationOffset, record, offset + OpeningRecord.ConfirmationOffset,
                LinkKeys.ConfirmationSize);
            if (confirmed)
            {
                Context.Apply(keys, Link);
                TakeNext(keys.Bytes);
                _step = Standing;
                Link.IsResumed = true;
                Link.IsMemberLink = Context.Peers.IsMember(Link.Peer);
                NoteResumed(nowMs);
            }

            keys.Wipe();
            return confirmed;
        }

        /// <summary>
        /// The other side has the next secret: the one that was dialled with is overwritten. If a full handshake over another
        /// link has replaced it meanwhile, that one's stays.
        /// </summary>
        private void TakeNext(byte[] next)
        {
            if (HoldsSecret(PeerTable.Current) || HoldsSecret(PeerTable.Pending))
            {
                SetSecret(Link.Peer, PeerTable.Current, next, _sideA);
                Context.Peers.WipeSecret(Link.Peer, PeerTable.Pending);
                Context.OwnPending(Link.Peer, null);
            }

            Context.Mac.Wipe();
            CryptoBytes.Wipe(_secret);
        }

        /// <summary>Another link may have moved the secret to the other place since it was dialled with.</summary>
        private bool HoldsSecret(int place)
        {
            Context.Peers.CopySecret(Link.Peer, place, Context.Mac.Mac);
            return Context.Mac.StartsWith(_secret, 0, _secret.Length);
        }

        /// <summary>
        /// One first message serves members and strangers: the guard MAC shows a member, and to a stranger the tag is a
        /// payload.
        /// </summary>
        private int WriteHandshake1(byte[] record, int offset, long nowMs)
        {
            if (!Context.Budget.TryTake(HandshakeBudget.Dialled, nowMs))
            {
                Refuse(Counter.HandshakesRefused);
                return Failed;
            }

            _privateKey = new byte[X25519.KeySize];
            _publicKey = new byte[X25519.KeySize];
            if (!Context.TryTakePair(_privateKey, _publicKey))
            {
                return Failed;
            }

            record[offset] = OpeningRecord.Handshake1;
            Context.ComputeGuard(_publicKey, 0);
            int guard = offset + OpeningRecord.GuardOffset;
            System.Array.Copy(Context.Mac.Mac, 0, record, guard, OpeningRecord.MacSize);
            Context.Mac.Wipe();
            BeginHandshake(record, guard, _privateKey, _publicKey, true);
            Handshake.WriteMessage(record, offset, 0, record, offset + OpeningRecord.MessageOffset);
            _first = new byte[FirstSize];
            System.Array.Copy(record, guard, _first, 0, FirstSize);
            _step = AwaitHandshake2;
            return OpeningRecord.Handshake1Size;
        }

        /// <summary>The answer is a stranger's: the handshake goes on as XX, whose first message was the same.</summary>
        private bool BecomeStrangers(long nowMs)
        {
            // What a node was told to dial is no stranger's doing; who is met by radio is.
            if (Link.Kind == LinkKind.Contact && !Context.Budget.TryTake(HandshakeBudget.Strangers, nowMs))
            {
                return Refuse(Counter.HandshakesRefused);
            }

            if (Link.Peer != PeerTable.None && Context.Peers.IsMember(Link.Peer))
            {
                Link.SetPeer(Context.Peers, PeerTable.None);
            }

            BeginHandshake(_first, 0, _privateKey, _publicKey, false);
            byte[] again = new byte[FirstSize];
            Handshake.WriteMessage(_first, FirstTagOffset, OpeningRecord.TagSize, again, 0);
            return true;
        }

        private int WriteHandshake3(byte[] record, int offset, long nowMs)
        {
            int count = WriteMessage(OpeningRecord.Handshake3, record, offset, nowMs);
            if (count == Failed)
            {
                return Failed;
            }

            LinkKeys keys = EndHandshake();
            System.Array.Copy(keys.Bytes, 0, _secret, 0, _secret.Length);
            keys.Wipe();
            if (Link.Peer != PeerTable.None)
            {
                // The other side may never get this message: what was there before is kept until it answers.
                SetSecret(Link.Peer, PeerTable.Pending, _secret, true);
                Context.OwnPending(Link.Peer, Link);
            }

            _step = Standing;
            return count;
        }
    }
}
