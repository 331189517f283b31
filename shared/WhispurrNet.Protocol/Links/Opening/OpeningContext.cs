using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Links.Opening
{
    /// <summary>
    /// What all links of a node are opened with: its identity, the peers that it knows, key pairs, and the budgets.
    /// </summary>
    internal sealed class OpeningContext
    {
        internal readonly PeerTable Peers;
        internal readonly KeyPairPool Pairs;
        internal readonly HandshakeBudget Budget;
        internal readonly IdentityKeeper Identity;
        internal readonly MacWorkspace Mac;
        internal readonly ChaChaRandom Random;
        internal readonly NodeStatistics Statistics;

        /// <summary>Who the users are; null when the application does not ask.</summary>
        internal Identification Identification;

        private readonly DirectMail _direct;
        private readonly NetworkKeys _keys;
        private readonly LinkSession[] _links;

        internal OpeningContext(
            NodeConfiguration configuration,
            LinkSession[] links,
            IdentityKeeper identity,
            DirectMail direct,
            NetworkKeys keys,
            MacWorkspace mac,
            ChaChaRandom random,
            NodeStatistics statistics)
        {
            NodeLimits limits = configuration.Limits;
            bool keyless = configuration.Network == null;
            Peers = new PeerTable(limits.Peers, keyless ? limits.Peers : limits.Peers / 4);
            Pairs = new KeyPairPool(limits.KeyPairs);
            Budget = new HandshakeBudget(limits, keyless);
            Identity = identity;
            Mac = mac;
            Random = random;
            Statistics = statistics;
            _direct = direct;
            _keys = keys;
            _links = links;
            while (!Pairs.IsFull)
            {
                Pairs.Make(random, mac);
            }
        }

        /// <summary>Whose cards are known.</summary>
        internal ContactTable Contacts
        {
            get { return _direct.Contacts; }
        }

        /// <summary>True when the node holds a network key.</summary>
        internal bool IsMember
        {
            get { return _keys.IsMember; }
        }

        /// <summary>When a key pair is to be made, which is at once, or a secret ends.</summary>
        internal long NextDeadlineMs
        {
            get { return Identity.MsAt(Pairs.IsFull || HasContact ? Peers.NextEndSeconds : 0); }
        }

        /// <summary>
        /// Overwrites secrets whose time is over, and makes a key pair: one curve operation, while nobody in a contact has to
        /// wait for it. One at a time, so that nobody else waits for several.
        /// </summary>
        internal void HandleTimeout(long nowMs)
        {
            Peers.Expire(Identity.SecondsAt(nowMs));
            if (!HasContact)
            {
                Pairs.Make(Random, Mac);
            }
        }

        /// <summary>Gives a link its keys.</summary>
        internal void Apply(LinkKeys keys, LinkSession link)
        {
            keys.Apply(link);
            if (Identification != null)
            {
                Identification.Bind(link, keys.Bytes, Mac);
            }
        }

        /// <summary>Begins to open a link that is in use from now on.</summary>
        internal void Begin(LinkSession link)
        {
            if (link.Protection == null)
            {
                link.Protection = new NoiseProtection(Mac.Cipher);
            }

            link.Opening = link.Initiator ? new InitiatorOpening(this, link) : (LinkOpening)new ResponderOpening(this, link);
        }

        /// <summary>The pre-shared key of members' handshakes, 32 bytes; zeros on a keyless relay.</summary>
        internal byte[] DerivePsk()
        {
            return _keys.IsMember ? _keys.Derive(Labels.Link()) : new byte[NetworkKeys.KeySize];
        }

        /// <summary>
        /// Writes the MAC over the ephemeral key of a first message that shows a member, 32 bytes, into the workspace. Without
        /// a network key it is random: nobody takes it for right.
        /// </summary>
        internal void ComputeGuard(byte[] ephemeral, int offset)
        {
            if (_keys.IsMember)
            {
                byte[] key = _keys.Derive(Labels.LinkGuard());
                Mac.Compute(key, ephemeral, offset, X25519.KeySize);
                CryptoBytes.Wipe(key);
            }
            else
            {
                Random.NextBytes(Mac.Mac, 0, Mac.Mac.Length);
            }
        }

        /// <summary>Takes a key pair for one handshake of a link.</summary>
        /// <returns>False when none is ready and somebody in a contact would have to wait for one.</returns>
        internal bool TryTakePair(byte[] privateKey, byte[] publicKey)
        {
            if (!HasContact)
            {
                Pairs.Make(Random, Mac);
            }

            if (!Pairs.TryTake(privateKey, publicKey))
            {
                Statistics.Add(Counter.KeyPairsMissing);
                return false;
            }

            return true;
        }

        /// <summary>True when this node could dial a full handshake now.</summary>
        internal bool CanHandshake(long nowMs)
        {
            return Budget.CanTake(HandshakeBudget.Dialled, nowMs) && (Pairs.Count > 0 || !HasContact);
        }

        /// <summary>True while a contact is open.</summary>
        internal bool HasContact
        {
            get
            {
                for (int i = 0; i < _links.Length; i++)
                {
                    if (_links[i].State == LinkState.Open && _links[i].Kind == LinkKind.Contact)
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        /// <summary>Learns the identity of a member that told it inside a link.</summary>
        /// <param name="card">Holds a <see cref="PeerCard"/>.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="nowMs">Now.</param>
        internal void LearnCard(byte[] card, int offset, long nowMs)
        {
            _direct.LearnCard(card, offset, nowMs);
        }

        /// <summary>The link by which this node is just now trying to resume with a peer; null when there is none.</summary>
        internal LinkSession FindResuming(int peer)
        {
            for (int i = 0; i < _links.Length; i++)
            {
                if (_links[i].Peer == peer && _links[i].Opening != null && _links[i].Opening.IsResuming)
                {
                    return _links[i];
                }
            }

            return null;
        }

        /// <summary>True when another link to the same peer came from a full handshake, too.</summary>
        internal bool HasOtherFullLink(LinkSession link)
        {
            for (int i = 0; i < _links.Length; i++)
            {
                if (_links[i] != link && _links[i].Peer == link.Peer && _links[i].IsFromHandshake
                    && _links[i].State == LinkState.Open)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>The pending secret of a link's peer is that link's from now on; null: of none.</summary>
        internal void OwnPending(int peer, LinkSession owner)
        {
            for (int i = 0; i < _links.Length; i++)
            {
                if (_links[i].Peer == peer)
                {
                    _links[i].OwnsPending = _links[i] == owner;
                }
            }
        }

        /// <summary>Overwrites every secret.</summary>
        internal void Wipe()
        {
            for (int i = 0; i < _links.Length; i++)
            {
                _links[i].WipeSecrets();
            }

            Peers.Wipe();
            Pairs.Wipe();
            if (Identification != null)
            {
                Identification.Wipe();
            }

        }
    }
}
