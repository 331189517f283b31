using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Protocol.Node
{
    /// <content>Who the user is, and who the neighbours' users are.</content>
    public sealed partial class NodeCore
    {
        /// <summary>
        /// Takes a user identity and a verifier into use; WhispurrNet.Protocol.Extras has both. Nothing is told before
        /// <see cref="IdentifyTo"/> or <see cref="IdentifyOn"/>. Links that are open already take no part.
        /// </summary>
        /// <param name="user">Who the user is; null: nobody is told. Not owned.</param>
        /// <param name="verifier">Checks what others tell; null: it is refused.</param>
        /// <param name="observer">Is told whom <paramref name="verifier"/> found; may be null.</param>
        public void UsePersons(IUserIdentity user, IUserVerifier verifier, IPersonObserver observer)
        {
            _opening.Identification = new Identification(user, verifier, observer, _links.Count);
        }

        /// <summary>True when there is something to check and nobody in a contact has to wait for it.</summary>
        private bool IsPersonToBeChecked
        {
            get
            {
                return _opening.Identification != null && _opening.Identification.IsCheckDue && !_links.HasContact;
            }
        }

        /// <summary>What neighbours told of themselves and was refused.</summary>
        public uint PersonsRefused
        {
            get { return _opening.Identification == null ? 0 : _opening.Identification.Refused; }
        }

        /// <summary>Tells the other end of a link who the user is, once the link's next record goes out.</summary>
        /// <param name="link">The link's number.</param>
        /// <returns>
        /// False when there is no user identity, or the link is not one between members that stands and still sends.
        /// </returns>
        public bool IdentifyOn(int link)
        {
            return _opening.Identification != null && _opening.Identification.HasUser && _links.Identify(link);
        }

        /// <summary>
        /// Tells a neighbour who the user is: now if a link to it is open, else when it is met next. Only the last four that
        /// are not open are remembered.
        /// </summary>
        /// <param name="id">The neighbour's identity of this hour, 16 bytes.</param>
        /// <returns>False when there is no user identity, or no contact card of that identity.</returns>
        public bool IdentifyTo(byte[] id)
        {
            CryptoBytes.CheckSize(id, EphemeralIdentity.IdSize, "id");
            int contact = _direct.Contacts.Find(id);
            if (contact == ContactTable.None || _opening.Identification == null || !_opening.Identification.HasUser)
            {
                return false;
            }

            byte[] publicKey = new byte[X25519.KeySize];
            _direct.Contacts.CopyPublicKey(contact, publicKey);
            if (!_links.IdentifyTo(_opening.Peers.FindKey(publicKey, 0, true)))
            {
                _opening.Identification.Ask(publicKey);
            }

            return true;
        }
    }
}
