using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Links
{
    /// <summary>
    /// Tells members over their links who the user is, when the application asks for it, and checks what they tell
    /// (PROTOCOL.md, "User identity"). Exists only on nodes whose application wants it.
    /// </summary>
    /// <remarks>
    /// What is signed holds a value that only the two ends of the link have and the signer's side of it, so that it is of no
    /// use in another link or in the other direction. Checking waits until no contact is open: it takes a board most of a
    /// second, and nobody has to stand by.
    /// </remarks>
    internal sealed class Identification
    {
        /// <summary>Bytes of the record: type, public key, signature.</summary>
        internal const int RecordSize = SignatureOffset + SignatureSize;

        /// <summary>Records that wait to be checked; one more is refused.</summary>
        internal const int WaitingMax = 2;

        /// <summary>Neighbours that are to be told at the next meeting; one more replaces the oldest.</summary>
        internal const int AskedMax = 4;

        private const int KeySize = 32;
        private const int SignatureSize = 64;
        private const int KeyOffset = 1;
        private const int SignatureOffset = KeyOffset + KeySize;

        // A record that waits, and what belongs to it.
        private const int LinkOffset = RecordSize;
        private const int SideOffset = LinkOffset + 1;
        private const int KnownOffset = SideOffset + 1;
        private const int IdOffset = KnownOffset + 1;
        private const int BindingOffset = IdOffset + EphemeralIdentity.IdSize;
        private const int WaitingSize = BindingOffset + KeySize;

        private readonly IUserIdentity _user;
        private readonly IUserVerifier _verifier;
        private readonly IPersonObserver _observer;
        private readonly byte[] _bindings;
        private readonly byte[] _asked = new byte[AskedMax * KeySize];
        private readonly byte[][] _waiting = new byte[WaitingMax][];
        private int _askedCount;
        private int _waitingCount;

        internal Identification(IUserIdentity user, IUserVerifier verifier, IPersonObserver observer, int links)
        {
            _user = user;
            _verifier = verifier;
            _observer = observer;
            _bindings = new byte[links * KeySize];
        }

        /// <summary>Records that came too often, too many at once, or with a signature that is not valid.</summary>
        internal uint Refused { get; private set; }

        /// <summary>True when a record waits to be checked.</summary>
        internal bool IsCheckDue
        {
            get { return _waitingCount > 0; }
        }

        /// <summary>True when there is somebody to tell of.</summary>
        internal bool HasUser
        {
            get { return _user != null; }
        }

        /// <summary>Notes what ties a signature to a link whose keys are there: an HMAC under its next secret.</summary>
        /// <param name="link">The link.</param>
        /// <param name="keys">The link's keys, the next secret first.</param>
        /// <param name="mac">The workspace.</param>
        internal void Bind(LinkSession link, byte[] keys, MacWorkspace mac)
        {
            byte[] secret = new byte[KeySize];
            System.Array.Copy(keys, 0, secret, 0, KeySize);
            byte[] label = Labels.LinkBinding();
            mac.Compute(secret, label, 0, label.Length);
            System.Array.Copy(mac.Mac, 0, _bindings, link.Number * KeySize, KeySize);
            link.IsBound = true;
            mac.Wipe();
            CryptoBytes.Wipe(secret);
        }

        /// <summary>The neighbour with this static public key is to be told when it is met again.</summary>
        internal void Ask(byte[] publicKey)
        {
            for (int i = 0; i < _askedCount; i++)
            {
                if (CryptoBytes.ConstantTimeEquals(_asked, i * KeySize, publicKey, 0, KeySize))
                {
                    return;
                }
            }

            if (_askedCount == AskedMax)
            {
                RemoveAsked(0);
            }

            System.Array.Copy(publicKey, 0, _asked, _askedCount * KeySize, KeySize);
            _askedCount++;
        }

        /// <summary>A link stands: whoever asked for this neighbour is served.</summary>
        internal void Begin(LinkSession link, PeerTable peers)
        {
            for (int i = 0; i < _askedCount; i++)
            {
                if (link.IsMemberLink && link.Peer != PeerTable.None && FindPeer(peers, _asked, i * KeySize) == link.Peer)
                {
                    link.IdentifyDue = link.IsBound;
                    RemoveAsked(i);
                    return;
                }
            }
        }

        /// <summary>Writes the record for a link.</summary>
        /// <returns>Its bytes.</returns>
        internal int Write(LinkSession link, byte[] record, int offset)
        {
            link.IdentifyDue = false;
            byte[] message = Message(_bindings, link.Number * KeySize, link.Initiator);
            record[offset] = RecordType.Identify;
            System.Array.Copy(_user.PublicKey, 0, record, offset + KeyOffset, KeySize);
            _user.Sign(message, 0, message.Length, record, offset + SignatureOffset);
            CryptoBytes.Wipe(message);
            return RecordSize;
        }

        /// <summary>Takes a record from a member: any bytes of the right number. It is checked later.</summary>
        internal void Read(LinkSession link, PeerTable peers, ContactTable contacts, byte[] record, int offset)
        {
            if (_verifier == null || !link.IsBound || link.WasIdentified || _waitingCount == WaitingMax)
            {
                Refused++;
                return;
            }

            link.WasIdentified = true;
            byte[] waiting = new byte[WaitingSize];
            System.Array.Copy(record, offset, waiting, 0, RecordSize);
            waiting[LinkOffset] = (byte)link.Number;
            waiting[SideOffset] = link.Initiator ? (byte)0 : (byte)1;
            waiting[KnownOffset] = CopyId(link, peers, contacts, waiting) ? (byte)1 : (byte)0;
            System.Array.Copy(_bindings, link.Number * KeySize, waiting, BindingOffset, KeySize);
            _waiting[_waitingCount] = waiting;
            _waitingCount++;
        }

        /// <summary>Checks the oldest record that waits.</summary>
        internal void Check()
        {
            byte[] waiting = _waiting[0];
            _waitingCount--;
            System.Array.Copy(_waiting, 1, _waiting, 0, WaitingMax - 1);
            _waiting[WaitingMax - 1] = null;
            byte[] publicKey = new byte[KeySize];
            System.Array.Copy(waiting, KeyOffset, publicKey, 0, KeySize);
            byte[] message = Message(waiting, BindingOffset, waiting[SideOffset] == 1);
            bool valid = _verifier.Verify(publicKey, message, 0, message.Length, waiting, SignatureOffset);
            byte[] id = null;
            if (waiting[KnownOffset] == 1)
            {
                id = new byte[EphemeralIdentity.IdSize];
                System.Array.Copy(waiting, IdOffset, id, 0, id.Length);
            }

            CryptoBytes.Wipe(message);
            CryptoBytes.Wipe(waiting);
            if (!valid)
            {
                Refused++;
            }
            else if (_observer != null)
            {
                _observer.PersonIdentified(waiting[LinkOffset], id, publicKey);
            }
        }

        /// <summary>Overwrites what ties signatures to links.</summary>
        internal void Wipe()
        {
            CryptoBytes.Wipe(_bindings);
            for (int i = 0; i < WaitingMax; i++)
            {
                CryptoBytes.Wipe(_waiting[i]);
            }
        }

        // Label, binding, signer's side.
        private static byte[] Message(byte[] binding, int offset, bool initiator)
        {
            byte[] label = Labels.Identify();
            byte[] message = new byte[label.Length + KeySize + 1];
            System.Array.Copy(label, 0, message, 0, label.Length);
            System.Array.Copy(binding, offset, message, label.Length, KeySize);
            message[message.Length - 1] = initiator ? (byte)'I' : (byte)'R';
            return message;
        }

        private static int FindPeer(PeerTable peers, byte[] publicKey, int offset)
        {
            return peers.FindKey(publicKey, offset, true);
        }

        private static bool CopyId(LinkSession link, PeerTable peers, ContactTable contacts, byte[] waiting)
        {
            byte[] found = new byte[KeySize];
            for (int i = 0; i < contacts.Count; i++)
            {
                contacts.CopyPublicKey(i, found);
                if (link.Peer != PeerTable.None && FindPeer(peers, found, 0) == link.Peer)
                {
                    byte[] id = new byte[EphemeralIdentity.IdSize];
                    contacts.CopyId(i, id);
                    System.Array.Copy(id, 0, waiting, IdOffset, id.Length);
                    return true;
                }
            }

            return false;
        }

        private void RemoveAsked(int index)
        {
            _askedCount--;
            System.Array.Copy(
                _asked, (index + 1) * KeySize, _asked, index * KeySize, (_askedCount - index) * KeySize);
        }
    }
}
