using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Noise;

namespace WhispurrNet.Protocol.Links.Opening
{
    /// <summary>
    /// One side of a link that is being opened: by resumption, or by a full handshake of members or strangers (PROTOCOL.md,
    /// "Opening a link"). It lives until the first record under the new keys has verified.
    /// </summary>
    internal abstract class LinkOpening
    {
        /// <summary>Says that the link must end.</summary>
        internal const int Failed = -1;

        protected readonly OpeningContext Context;
        protected readonly LinkSession Link;

        /// <summary>The other side's card of a members' handshake, its public key in any handshake.</summary>
        protected byte[] RemoteCard;

        protected bool BetweenMembers;
        protected HandshakeState Handshake;

        protected LinkOpening(OpeningContext context, LinkSession link)
        {
            Context = context;
            Link = link;
        }

        /// <summary>True while this side has dialled with a secret and waits for what comes of it.</summary>
        internal virtual bool IsResuming
        {
            get { return false; }
        }

        /// <summary>Writes the record that is due.</summary>
        /// <returns>Its bytes, 0 when none is due, or <see cref="Failed"/>.</returns>
        internal abstract int Write(byte[] record, int offset, long nowMs);

        /// <summary>Takes a record that came before there was protection: any bytes.</summary>
        /// <returns>False when the link must end.</returns>
        internal abstract bool Read(byte[] record, int offset, int count, long nowMs);

        /// <summary>A record under the new keys has verified: the other side has them.</summary>
        internal abstract void Confirm(long nowMs);

        /// <summary>Overwrites everything.</summary>
        internal virtual void Wipe()
        {
            CryptoBytes.Wipe(RemoteCard);
            DropHandshake();
        }

        /// <summary>Seconds that the peers' times count in.</summary>
        protected uint SecondsAt(long nowMs)
        {
            return Context.Identity.SecondsAt(nowMs);
        }

        /// <summary>Counts a refusal.</summary>
        /// <returns>False.</returns>
        protected bool Refuse(int counter)
        {
            Context.Statistics.Add(counter);
            return false;
        }

        /// <summary>Begins a handshake under a key pair that is used up by it.</summary>
        /// <param name="guard">Holds the guard MAC that goes into the prologue.</param>
        /// <param name="guardOffset">Where its 8 bytes start.</param>
        /// <param name="privateKey">e.</param>
        /// <param name="publicKey">Its public key.</param>
        /// <param name="members">Whether under the network's key.</param>
        protected void BeginHandshake(
            byte[] guard, int guardOffset, byte[] privateKey, byte[] publicKey, bool members)
        {
            DropHandshake();
            RemoteCard = new byte[PeerCard.Size];
            byte[] label = Labels.LinkHandshake();
            byte[] prologue = new byte[label.Length + OpeningRecord.MacSize];
            System.Array.Copy(label, 0, prologue, 0, label.Length);
            System.Array.Copy(guard, guardOffset, prologue, label.Length, OpeningRecord.MacSize);
            byte[] staticKey = new byte[X25519.KeySize];
            byte[] staticPublic = new byte[X25519.KeySize];
            Context.Identity.CopyKeyPair(staticKey, staticPublic);
            byte[] psk = members ? Context.DerivePsk() : null;
            Handshake = new HandshakeState(
                members ? HandshakePattern.XXpsk3() : HandshakePattern.XX(),
                Link.Initiator, prologue, staticKey, staticPublic, null, privateKey, publicKey, psk,
                new NoiseSha256(Context.Mac.Hmac), Context.Mac.Cipher) { DeskCurve = Context.Mac.DeskCurve };
            CryptoBytes.Wipe(staticKey);
            CryptoBytes.Wipe(psk);
        }

        /// <summary>Writes a message of the handshake; between members with this node's card.</summary>
        /// <returns>Bytes of the record, or <see cref="Failed"/>.</returns>
        protected int WriteMessage(byte type, byte[] record, int offset, long nowMs)
        {
            record[offset] = type;
            byte[] card = new byte[PeerCard.Size];
            if (BetweenMembers)
            {
                Context.Identity.WritePeerCard(card, 0, nowMs);
            }

            int count = Handshake.WriteMessage(
                card, X25519.KeySize, BetweenMembers ? OpeningRecord.CardSize : 0, record, offset + 1);
            CryptoBytes.Wipe(card);
            if (count == HandshakeState.Failed)
            {
                Refuse(Counter.HandshakesFailed);
                return Failed;
            }

            return 1 + count;
        }

        /// <summary>Reads a message that holds the other side's static key, between members its card.</summary>
        /// <returns>False when it does not verify.</returns>
        protected bool ReadMessage(byte[] record, int offset, int count)
        {
            int payload = Handshake.ReadMessage(record, offset + 1, count - 1, RemoteCard, X25519.KeySize);
            if (payload == HandshakeState.Failed)
            {
                return Refuse(Counter.HandshakesFailed);
            }

            System.Array.Copy(Handshake.RemoteStatic, 0, RemoteCard, ContactCard.PublicKeyOffset, X25519.KeySize);
            return true;
        }

        /// <summary>The handshake is through: its keys are the link's, and its workspaces are dropped.</summary>
        protected LinkKeys EndHandshake()
        {
            LinkKeys keys = new LinkKeys();
            keys.Take(Context.Mac.Hmac, Handshake);
            DropHandshake();
            Context.Apply(keys, Link);
            Link.IsFromHandshake = true;
            return keys;
        }

        /// <summary>The peer is who it proved to be in a full handshake: its place in the table and its card.</summary>
        protected void Meet(byte[] secret, long nowMs)
        {
            Context.Statistics.Add(Counter.Handshakes);
            Link.IsMemberLink = BetweenMembers;
            int peer = FindOrAddPeer(SecondsAt(nowMs));
            Link.SetPeer(Context.Peers, peer);
            if (BetweenMembers)
            {
                Context.LearnCard(RemoteCard, 0, nowMs);
            }

            if (peer == PeerTable.None)
            {
                Refuse(Counter.PeersRefused);
                return;
            }

            Context.Peers.SetEpoch(peer, Context.Identity.Epoch);
            Context.Peers.NoteUsed(peer, SecondsAt(nowMs));
            KeepNeighbour(peer);
            KeepSecret(peer, secret, nowMs);
        }

        /// <summary>
        /// Notes where a peer was dialled. A stranger's word does not take an address from a member.
        /// </summary>
        protected void KeepNeighbour(int peer)
        {
            int former = Context.Peers.FindNeighbour(Link.Neighbour);
            if (Link.Neighbour != 0 && Link.Initiator
                && (former == PeerTable.None || !Context.Peers.IsMember(former) || BetweenMembers))
            {
                Context.Peers.SetNeighbour(peer, Link.Neighbour);
            }
        }

        /// <summary>A link was resumed, and the other side has shown that it has the new keys.</summary>
        protected void NoteResumed(long nowMs)
        {
            uint nowSeconds = SecondsAt(nowMs);
            Context.Statistics.Add(Counter.Resumptions);
            Context.Peers.NoteResumed(Link.Peer, nowSeconds);
            Context.Peers.NoteUsed(Link.Peer, nowSeconds);
            KeepNeighbour(Link.Peer);
        }

        /// <summary>Puts a secret into a peer's place, with the handle by which the other side dials.</summary>
        protected void SetSecret(int peer, int place, byte[] secret, bool sideA)
        {
            System.Array.Copy(secret, 0, Context.Mac.Mac, 0, PeerTable.SecretSize);
            LinkKeys.ComputeHandle(Context.Mac, Context.Mac.Mac, !sideA);
            Context.Peers.SetSecret(peer, place, secret, 0, sideA, Context.Mac.Mac);
            Context.Mac.Wipe();
        }

        /// <summary>
        /// Keeps the secret of a full handshake that the other side has, too. When both sides dialled at once there are two
        /// of them, and the sides may have seen them in another order: then both are kept until one is used.
        /// </summary>
        private void KeepSecret(int peer, byte[] secret, long nowMs)
        {
            bool pendingIsOthers = Context.Peers.HasSecret(peer, PeerTable.Pending) && !Link.OwnsPending;
            if (!Context.HasOtherFullLink(Link))
            {
                Context.Peers.WipeSecret(peer, PeerTable.Pending);
                Context.OwnPending(peer, null);
                pendingIsOthers = true;
            }

            SetSecret(peer, pendingIsOthers ? PeerTable.Current : PeerTable.Pending, secret, Link.Initiator);
            Context.Peers.NoteHandshake(peer, SecondsAt(nowMs));
        }

        /// <summary>
        /// The entry of the node that a handshake proved: by its key, or else by the address that was dialled, where another
        /// identity stands now. An entry whose key was only introduced is left alone while it has links of its own.
        /// </summary>
        private int FindOrAddPeer(uint nowSeconds)
        {
            PeerTable peers = Context.Peers;
            int peer = peers.FindKey(RemoteCard, ContactCard.PublicKeyOffset, BetweenMembers);
            if (peer != PeerTable.None && !peers.IsKeyProven(peer)
                && peers.LinksOf(peer) > (Link.Peer == peer ? 1 : 0))
            {
                peer = PeerTable.None;
            }

            if (peer == PeerTable.None && Link.Initiator)
            {
                peer = peers.FindNeighbour(Link.Neighbour);
                if (peer != PeerTable.None && peers.IsMember(peer) != BetweenMembers)
                {
                    peer = PeerTable.None;
                }

                if (peer != PeerTable.None)
                {
                    peers.ForgetAge(peer);
                }
            }

            if (peer == PeerTable.None)
            {
                return peers.Add(RemoteCard, BetweenMembers, nowSeconds);
            }

            peers.SetKey(peer, RemoteCard, ContactCard.PublicKeyOffset, true);
            return peer;
        }

        private void DropHandshake()
        {
            if (Handshake != null)
            {
                Handshake.Wipe();
                Handshake = null;
            }
        }
    }
}
