using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Links
{
    /// <content>Two links to one peer become one (PROTOCOL.md, "Two links to one peer").</content>
    internal sealed partial class LinkTable
    {
        /// <summary>
        /// Ends all links but one to the peer of a link on which something has just come. Both sides choose alike: a stream
        /// rather than a contact, and then the lower link tag. A stream that would stay is first asked whether it is alive,
        /// since the other side may have dialled anew because it is not.
        /// </summary>
        private void Collapse(LinkSession link)
        {
            if (!link.ChecksDuplicates)
            {
                return;
            }

            link.ChecksDuplicates = false;
            for (int i = 0; i < _links.Length && link.CanTake && link.Peer != PeerTable.None; i++)
            {
                LinkSession other = _links[i];
                if (other == link || other.Peer != link.Peer || !other.CanTake)
                {
                    continue;
                }

                if (StaysBefore(link, other))
                {
                    Drain(other);
                }
                else if (other.Kind == LinkKind.Stream)
                {
                    other.PingDue = true;
                    other.ChecksDuplicates = true;
                }
                else
                {
                    Drain(link);
                }
            }
        }

        private static bool StaysBefore(LinkSession link, LinkSession other)
        {
            return link.Kind == other.Kind ? link.Tag < other.Tag : link.Kind == LinkKind.Stream;
        }

        private void Drain(LinkSession link)
        {
            link.IsDraining = true;
            _gossip.Statistics.Add(Counter.LinksCollapsed);
        }
    }
}
