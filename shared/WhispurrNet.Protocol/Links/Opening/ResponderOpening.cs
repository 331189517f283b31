using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Links.Opening
{
    /// <summary>
    /// The side that is dialled: takes a secret that it shares with the other side, or a full handshake within the budget of
    /// members or strangers.
    /// </summary>
    internal sealed class ResponderOpening : LinkOpening
    {
        private const int AwaitDial = 0;
        private const int UnknownDue = 1;
        private const int ResumedDue = 2;
        private const int Handshake2Due = 3;
        private const int AwaitHandshake3 = 4;
        private const int Standing = 5;

        /// <summary>A peer has at most two secrets to try.</summary>
        private const int ResumesMax = 2;

        private int _step = AwaitDial;
        private int _resumes;

        // Of a resumption.
        private byte[] _secret;
        private byte[] _nonces;

        // Of a handshake: the first record.
        private byte[] _first;

        internal ResponderOpening(OpeningContext context, LinkSession link)
            : base(context, link)
        {
        }

        /// <inheritdoc/>
        internal override int Write(byte[] record, int offset, long nowMs)
        {
            switch (_step)
            {
                case UnknownDue:
                    record[offset] = OpeningRecord.Unknown;
                    _step = AwaitDial;
                    return OpeningRecord.UnknownSize;
                case ResumedDue:
                    return WriteResumed(record, offset);
                case Handshake2Due:
                    return WriteHandshake2(record, offset, nowMs);
                default:
                    return 0;
            }
        }

        /// <inheritdoc/>
        internal override bool Read(byte[] record, int offset, int count, long nowMs)
        {
            byte type = count == 0 ? (byte)0 : record[offset];
            if (_step == AwaitDial && type == OpeningRecord.Resume && count == OpeningRecord.ResumeSize
                && _resumes < ResumesMax)
            {
                _resumes++;
                return ReadResume(record, offset);
            }

            if (_step == AwaitDial && type == OpeningRecord.Handshake1 && count == OpeningRecord.Handshake1Size)
            {
                return ReadHandshake1(record, offset, nowMs);
            }

            int size = BetweenMembers ? OpeningRecord.Handshake3Size : OpeningRecord.StrangersHandshake3Size;
            if (_step != AwaitHandshake3 || type != OpeningRecord.Handshake3 || count != size)
            {
                return Refuse(Counter.RecordsRefused);
            }

            if (!ReadMessage(record, offset, count))
            {
                return false;
            }

            LinkKeys keys = EndHandshake();
            Meet(keys.Bytes, nowMs);
            keys.Wipe();
            _step = Standing;
            return true;
        }

        /// <inheritdoc/>
        internal override void Confirm(long nowMs)
        {
            if (Link.IsResumed)
            {
                if (Link.OwnsPending)
                {
                    Context.Peers.Promote(Link.Peer);
                    Context.OwnPending(Link.Peer, null);
                }

                NoteResumed(nowMs);
            }
        }

        /// <inheritdoc/>
        internal override void Wipe()
        {
            base.Wipe();
            CryptoBytes.Wipe(_secret);
            CryptoBytes.Wipe(_nonces);
            CryptoBytes.Wipe(_first);
        }

        private bool ReadResume(byte[] record, int offset)
        {
            PeerTable peers = Context.Peers;
            _secret = new byte[PeerTable.SecretSize];
            int found = PeerTable.None;
            do
            {
                found = peers.FindHandle(found + 1, record, offset + OpeningRecord.HandleOffset);
            }
            while (found != PeerTable.None && !IsAuthentic(found / 2, found % 2, record, offset));

            if (found == PeerTable.None)
            {
                CryptoBytes.Wipe(_secret);
                _step = UnknownDue;
                return true;
            }

            int peer = found / 2;
            int place = found % 2;
            if (!MayResume(peer, place))
            {
                return false;
            }

            if (place == PeerTable.Pending)
            {
                // Whoever dials with it has it: the one before is no longer needed.
                peers.Promote(peer);
                Context.OwnPending(peer, null);
            }

            Link.SetPeer(peers, peer);
            _nonces = new byte[2 * OpeningRecord.NonceSize];
            System.Array.Copy(
                record, offset + OpeningRecord.NonceOffset, _nonces, 0, OpeningRecord.NonceSize);
            _step = ResumedDue;
            return true;
        }

        private bool IsAuthentic(int peer, int place, byte[] record, int offset)
        {
            Context.Peers.CopySecret(peer, place, _secret);
            LinkKeys.ComputeMac(Context.Mac, _secret, !Context.Peers.IsSideA(peer, place), record, offset);
            return Context.Mac.StartsWith(record, offset + OpeningRecord.MacOffset, OpeningRecord.MacSize);
        }

        /// <summary>
        /// Both sides dial at once with one secret: the link of the side that began its full handshake goes on, so that each
        /// side replaces the secret once.
        /// </summary>
        private bool MayResume(int peer, int place)
        {
            LinkSession own = Context.FindResuming(peer);
            if (own == null)
            {
                return true;
            }

            Context.Statistics.Add(Counter.ResumptionsCrossed);
            if (Context.Peers.IsSideA(peer, place))
            {
                return false;
            }

            Context.Statistics.Add(Counter.LinksFailed);
            own.Fail();
            return true;
        }

        private int WriteResumed(byte[] record, int offset)
        {
            PeerTable peers = Context.Peers;
            LinkKeys keys = new LinkKeys();
            Context.Random.NextBytes(_nonces, OpeningRecord.NonceSize, OpeningRecord.NonceSize);
            keys.Resume(Context.Mac.Hmac, _secret, _nonces);
            record[offset] = OpeningRecord.Resumed;
            System.Array.Copy(
                _nonces, OpeningRecord.NonceSize, record, offset + OpeningRecord.ResumedNonceOffset,
                OpeningRecord.NonceSize);
            System.Array.Copy(
                keys.Bytes, LinkKeys.ConfirmationOffset, record, offset + OpeningRecord.ConfirmationOffset,
                LinkKeys.ConfirmationSize);
            SetSecret(Link.Peer, PeerTable.Pending, keys.Bytes, peers.IsSideA(Link.Peer, PeerTable.Current));
            Context.OwnPending(Link.Peer, Link);
            Context.Apply(keys, Link);
            keys.Wipe();
            CryptoBytes.Wipe(_secret);
            Link.IsResumed = true;
            Link.IsMemberLink = peers.IsMember(Link.Peer);
            _step = Standing;
            return OpeningRecord.ResumedSize;
        }

        private bool ReadHandshake1(byte[] record, int offset, long nowMs)
        {
            Context.ComputeGuard(record, offset + OpeningRecord.MessageOffset);
            BetweenMembers = Context.Mac.StartsWith(record, offset + OpeningRecord.GuardOffset, OpeningRecord.MacSize)
                && Context.IsMember;
            Context.Mac.Wipe();
            int whom = BetweenMembers ? HandshakeBudget.Members : HandshakeBudget.Strangers;
            if (!Context.Budget.TryTake(whom, nowMs))
            {
                return Refuse(Counter.HandshakesRefused);
            }

            _first = new byte[OpeningRecord.Handshake1Size];
            System.Array.Copy(record, offset, _first, 0, _first.Length);
            _step = Handshake2Due;
            return true;
        }

        private int WriteHandshake2(byte[] record, int offset, long nowMs)
        {
            byte[] privateKey = new byte[X25519.KeySize];
            byte[] publicKey = new byte[X25519.KeySize];
            if (!Context.TryTakePair(privateKey, publicKey))
            {
                return Failed;
            }

            BeginHandshake(_first, OpeningRecord.GuardOffset, privateKey, publicKey, BetweenMembers);
            CryptoBytes.Wipe(privateKey);
            int payload = Handshake.ReadMessage(
                _first, OpeningRecord.MessageOffset, OpeningRecord.KeySize + OpeningRecord.TagSize, _first, 0);
            if (payload == Noise.HandshakeState.Failed)
            {
                Refuse(Counter.HandshakesFailed);
                return Failed;
            }

            _step = AwaitHandshake3;
            byte type = BetweenMembers ? OpeningRecord.Handshake2 : OpeningRecord.StrangersHandshake2;
            return WriteMessage(type, record, offset, nowMs);
        }
    }
}
