using WhispurrNet.Protocol.Identity;

namespace WhispurrNet.Protocol.Links.Opening
{
    /// <summary>
    /// What a member tells another of its identity inside a link: a contact card whose time counts from now, then the
    /// identity's time. The identity's hash follows from these, so that there is nothing to claim.
    /// </summary>
    internal static class PeerCard
    {
        /// <summary>Offset of the identity's time.</summary>
        internal const int TimeOffset = ContactCard.Size;

        /// <summary>Bytes of the whole.</summary>
        internal const int Size = TimeOffset + 4;
    }
}
