using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// Tells the links of a node about its frames: a new one is pushed to three streams and offered to all others, one
    /// that is gone is taken back everywhere (PROTOCOL.md, "Gossip").
    /// </summary>
    internal sealed class FrameSpreader
    {
        private readonly LinkSession[] _links;
        private readonly int _fanout;
        private uint _urgentVersion;

        /// <summary>Tells all links.</summary>
        /// <param name="links">The node's.</param>
        /// <param name="fanout">Streams that a new frame is pushed to.</param>
        internal FrameSpreader(LinkSession[] links, int fanout)
        {
            _fanout = fanout;
            _links = links;
        }

        /// <summary>Changes whenever there is something new to relay eagerly.</summary>
        internal uint UrgentVersion
        {
            get { return _urgentVersion; }
        }

        /// <summary>
        /// Pushes to three streams drawn at random, an emergency to all; offers to every other link.
        /// </summary>
        /// <param name="slot">The new frame's slot.</param>
        /// <param name="emergency">Whether it has the priority of one.</param>
        /// <param name="hops">Its hop budget; without one it is only offered.</param>
        /// <param name="from">The link it came over, which is told nothing; null for an own whisper.</param>
        /// <param name="random">Draws the streams.</param>
        internal void Spread(int slot, bool emergency, int hops, LinkSession from, ChaChaRandom random)
        {
            int streams = 0;
            for (int i = 0; i < _links.Length; i++)
            {
                if (_links[i].CanTake && _links[i] != from)
                {
                    _links[i].Stages.SetToOffer(slot);
                    if (_links[i].Kind == LinkKind.Stream)
                    {
                        streams++;
                    }
                }
            }

            _urgentVersion++;
            if (hops == 0)
            {
                return;
            }

            int wanted = emergency ? streams : _fanout;
            for (int i = 0; i < _links.Length && wanted > 0 && streams > 0; i++)
            {
                if (!_links[i].CanTake || _links[i] == from || _links[i].Kind != LinkKind.Stream)
                {
                    continue;
                }

                // Selection sampling: each stream is taken with probability wanted / streams left.
                if (random.NextBelow((uint)streams) < (uint)wanted)
                {
                    _links[i].Stages.SetToSend(slot);
                    wanted--;
                }

                streams--;
            }
        }

        /// <summary>The open link of a tag; null when there is none.</summary>
        internal LinkSession Find(uint tag)
        {
            for (int i = 0; i < _links.Length; i++)
            {
                if (_links[i].CanTake && _links[i].Tag == tag)
                {
                    return _links[i];
                }
            }

            return null;
        }

        /// <summary>The frame of a slot is gone: no link may name or send it.</summary>
        internal void Forget(int slot)
        {
            for (int i = 0; i < _links.Length; i++)
            {
                _links[i].Stages.Clear(slot);
            }
        }
    }
}
