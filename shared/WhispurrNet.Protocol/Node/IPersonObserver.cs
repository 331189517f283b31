namespace WhispurrNet.Protocol.Node
{
    /// <summary>
    /// Is told which persons are behind a node's neighbours. Calls come from inside the core; they must return soon and must
    /// not call back into it.
    /// </summary>
    public interface IPersonObserver
    {
        /// <summary>
        /// Somebody proved to hold a user identity's private key, over a link between members. Whose key it is, only a
        /// comparison in person tells.
        /// </summary>
        /// <param name="link">The link's number; it may be closed by now.</param>
        /// <param name="id">
        /// The neighbour's identity of the hour, 16 bytes; null when its contact card is not known. Not copied: to be read
        /// at once.
        /// </param>
        /// <param name="publicKey">The user identity's public key, 32 bytes. Not copied: to be read at once.</param>
        void PersonIdentified(int link, byte[] id, byte[] publicKey);
    }
}
