using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links.Opening;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Links
{
    /// <summary>All links of a node: opens and closes them, moves their units, watches their time limits.</summary>
    internal sealed partial class LinkTable
    {
        private readonly LinkSession[] _links;
        private readonly LinkProtocol _protocol;
        private readonly GossipEngine _gossip;
        private readonly OpeningContext _opening;
        private readonly int _recordSizeMax;

        internal LinkTable(
            NodeConfiguration configuration,
            LinkSession[] links,
            GossipEngine gossip,
            OpeningContext opening,
            PeerClock clock,
            IdHash hash)
        {
            _links = links;
            _gossip = gossip;
            _opening = opening;
            _recordSizeMax = RecordSizeMax(configuration);
            int offerMax = configuration.Limits.OfferMax;
            ReconcileEngine reconcile = new ReconcileEngine(gossip, hash, offerMax, configuration.Network != null);
            _protocol = new LinkProtocol(gossip, reconcile, opening, clock, configuration.Wide);
            if (configuration.Wide != null)
            {
                configuration.Wide.Attach(gossip, links.Length);
            }
        }

        /// <summary>Most bytes of a unit: a whole record, or the largest fragment.</summary>
        internal int UnitSizeMax
        {
            get { return _recordSizeMax > FragmentWriter.UnitSizeMax ? _recordSizeMax : FragmentWriter.UnitSizeMax; }
        }

        /// <summary>True while a contact is open.</summary>
        internal bool HasContact
        {
            get { return _opening.HasContact; }
        }

        /// <summary>When the next time limit ends.</summary>
        internal long NextDeadlineMs
        {
            get
            {
                long next = _opening.NextDeadlineMs;
                for (int i = 0; i < _links.Length; i++)
                {
                    long deadlineMs = DeadlineOf(_links[i]);
                    next = deadlineMs < next ? deadlineMs : next;
                }

                return next;
            }
        }

        /// <summary>The sessions of a node's limits, unused.</summary>
        internal static LinkSession[] CreateSessions(NodeConfiguration configuration)
        {
            NodeLimits limits = configuration.Limits;
            LinkSession[] links = new LinkSession[limits.Links];
            for (int i = 0; i < links.Length; i++)
            {
                links[i] = new LinkSession(i, limits.Frames);
            }

            return links;
        }

        internal int Open(LinkKind kind, bool initiator, int unitSize, ulong neighbour, long nowMs)
        {
            if (kind == LinkKind.Contact
                && (unitSize < FragmentWriter.UnitSizeMin || unitSize > FragmentWriter.UnitSizeMax))
            {
                throw new System.ArgumentOutOfRangeException();
            }

            for (int i = 0; i < _links.Length; i++)
            {
                if (_links[i].State == LinkState.Closed)
                {
                    _links[i].Open(kind, initiator, unitSize, neighbour, _recordSizeMax, nowMs);
                    _opening.Begin(_links[i]);
                    _gossip.Statistics.Add(Counter.Links);
                    return i;
                }
            }

            _gossip.Statistics.Add(Counter.LinksRefused);
            return NodeCore.NoLink;
        }

        /// <summary>Closes a link.</summary>
        /// <returns>True when the two sides had met: both hellos were through.</returns>
        internal bool Close(int number)
        {
            LinkSession link = _links[number];
            if (link.State == LinkState.Closed)
            {
                return false;
            }

            bool met = link.HasMet;
            if (met && _gossip.Observer != null)
            {
                _gossip.Observer.LinkClosed(number, link.Tag, link.State);
            }

            link.Reset();
            link.SetPeer(_opening.Peers, PeerTable.None);
            return met;
        }

        /// <summary>How many there can be.</summary>
        internal int Count
        {
            get { return _links.Length; }
        }

        /// <summary>The other side of a link is to be told who the user is.</summary>
        /// <returns>False when the link cannot carry that.</returns>
        internal bool Identify(int number)
        {
            LinkSession link = _links[number];
            link.IdentifyDue |= link.State == LinkState.Open && link.HasMet && link.IsMemberLink && link.IsBound
                && !link.DoneSent;
            return link.IdentifyDue;
        }

        /// <summary>The same for a link to a peer.</summary>
        /// <returns>False when there is no such link.</returns>
        internal bool IdentifyTo(int peer)
        {
            for (int i = 0; peer != PeerTable.None && i < _links.Length; i++)
            {
                if (_links[i].Peer == peer && Identify(i))
                {
                    return true;
                }
            }

            return false;
        }

        internal LinkState StateOf(int number)
        {
            return _links[number].State;
        }

        internal uint TagOf(int number)
        {
            return _links[number].Tag;
        }

        /// <summary>The other side's address: the one that was dialled, or at which the peer is known; 0 for none.</summary>
        internal ulong NeighbourOf(int number)
        {
            LinkSession link = _links[number];
            return link.Neighbour != 0 || link.Kind == LinkKind.Stream || link.Peer == PeerTable.None
                ? link.Neighbour
                : _opening.Peers.NeighbourOf(link.Peer);
        }

        /// <summary>
        /// When the other side had been told of every frame, if the link is finished; -1 when it was not, or some are left.
        /// </summary>
        internal long CompletedMs(int number, long nowMs)
        {
            LinkSession link = _links[number];
            if (link.State != LinkState.Finished || link.HasLeft)
            {
                return -1;
            }

            return link.Mark == _gossip.Store.LastArrival ? nowMs : link.DoneMs;
        }

        /// <summary>True when a frame moved over the link.</summary>
        internal bool HasCarried(int number)
        {
            return _links[number].HasCarried;
        }

        internal void Receive(int number, byte[] buffer, int offset, int count, uint unixSeconds, long nowMs)
        {
            LinkSession link = _links[number];
            _gossip.Statistics.Add(Counter.BytesReceived, (uint)count);
            if (link.State != LinkState.Open)
            {
                return;
            }

            link.ReceivedMs = nowMs;
            if (link.Kind == LinkKind.Stream)
            {
                ReadRecord(link, buffer, offset, count, unixSeconds, nowMs);
                return;
            }

            switch (link.Reader.Push(buffer, offset, count))
            {
                case FragmentReader.NeedMore:
                    break;
                case FragmentReader.RecordComplete:
                    ReadRecord(link, link.Reader.Record, 0, link.Reader.RecordCount, unixSeconds, nowMs);
                    break;
                case FragmentReader.Acknowledgement:
                    if (!link.Writer.Acknowledge(link.Reader.Acknowledged))
                    {
                        _gossip.Statistics.Add(Counter.FragmentsMalformed);
                        Fail(link);
                    }

                    FinishIfDone(link);
                    break;
                case FragmentReader.Gap:
                    _gossip.Statistics.Add(Counter.FragmentGaps);
                    Fail(link);
                    break;
                default:
                    _gossip.Statistics.Add(Counter.FragmentsMalformed);
                    Fail(link);
                    break;
            }
        }

        internal int PollTransmit(int number, byte[] buffer, int offset, long nowMs)
        {
            LinkSession link = _links[number];
            if (link.State != LinkState.Open)
            {
                return 0;
            }

            int count = link.Kind == LinkKind.Stream
                ? WriteRecord(link, buffer, offset, nowMs)
                : WriteFragment(link, buffer, offset, nowMs);
            if (count > 0)
            {
                link.SentMs = nowMs;
                _gossip.Statistics.Add(Counter.BytesSent, (uint)count);
            }

            FinishIfDone(link);
            return count;
        }

        internal void HandleTimeout(long nowMs)
        {
            _opening.HandleTimeout(nowMs);
            for (int i = 0; i < _links.Length; i++)
            {
                LinkSession link = _links[i];
                if (link.State != LinkState.Open)
                {
                    continue;
                }

                if (nowMs >= FailureOf(link))
                {
                    _gossip.Statistics.Add(Counter.LinkTimeouts);
                    Fail(link);
                    continue;
                }

                if (link.Kind == LinkKind.Stream && nowMs >= link.SentMs + LinkTimings.PingAfterMs)
                {
                    link.PingDue = true;
                }
            }
        }

        private static int RecordSizeMax(NodeConfiguration configuration)
        {
            int overhead = PaddedRecord.HeaderSize + NoiseProtection.Overhead;
            int frame = 1 + configuration.FrameSize;
            int offer = 2 + (configuration.Limits.OfferMax * ReconcileEngine.ShortIdSize);
            return overhead + (frame > offer ? frame : offer);
        }

        private static long FailureOf(LinkSession link)
        {
            if (link.Kind == LinkKind.Stream)
            {
                long silent = link.ReceivedMs + LinkTimings.StreamSilenceMs;
                long unanswered = link.OfferedMs + LinkTimings.OfferAnswerMs;
                return link.IsOfferOpen && unanswered < silent ? unanswered : silent;
            }

            long end = link.OpenedMs + (link.Initiator ? LinkTimings.ContactMs : LinkTimings.ContactResponderMs);
            long silence = link.ReceivedMs + LinkTimings.ContactSilenceMs;
            return silence < end ? silence : end;
        }

        private long DeadlineOf(LinkSession link)
        {
            if (link.State != LinkState.Open)
            {
                return long.MaxValue;
            }

            long deadlineMs = FailureOf(link);
            if (link.Kind == LinkKind.Stream)
            {
                long ping = link.SentMs + LinkTimings.PingAfterMs;
                deadlineMs = !link.PingDue && ping < deadlineMs ? ping : deadlineMs;
                bool offers = link.CanTake && !link.IsOfferOpen && link.Stages.ToOfferCount > 0;
                deadlineMs = offers && link.NextOfferMs < deadlineMs ? link.NextOfferMs : deadlineMs;
                long compare = _protocol.CompareMs(link);
                deadlineMs = compare < deadlineMs ? compare : deadlineMs;
            }

            return deadlineMs;
        }

        private void ReadRecord(LinkSession link, byte[] buffer, int offset, int count, uint unixSeconds, long nowMs)
        {
            if (!link.IsProtected)
            {
                if (!link.Opening.Read(buffer, offset, count, nowMs))
                {
                    Fail(link);
                }

                return;
            }

            int body = count > _recordSizeMax ? -1 : link.Protection.Unprotect(buffer, offset, count);
            if (body <= 0)
            {
                _gossip.Statistics.Add(Counter.RecordsDamaged);
                Fail(link);
                return;
            }

            if (link.Opening != null)
            {
                link.Opening.Confirm(nowMs);
                link.EndOpening();
            }

            if (!_protocol.Read(link, buffer, offset, body, unixSeconds, nowMs))
            {
                Fail(link);
                return;
            }

            Collapse(link);

            if (link.DoneReceived && link.Kind == LinkKind.Contact)
            {
                // No more frames come: the other side now learns that all of them arrived.
                link.Reader.RequestAck();
            }
        }

        private int WriteRecord(LinkSession link, byte[] buffer, int offset, long nowMs)
        {
            if (!link.IsProtected)
            {
                return WriteOpening(link, buffer, offset, nowMs);
            }

            bool padded = _gossip.Obfuscator != null && link.Kind == LinkKind.Stream;
            int header = padded ? PaddedRecord.HeaderSize : 0;
            int count = _protocol.WriteNext(link, buffer, offset + header, nowMs);
            if (count == 0)
            {
                return 0;
            }

            Collapse(link);
            if (padded)
            {
                int size = _gossip.Obfuscator.PadTo(header + count, header + 1 + _gossip.FrameSize);
                PaddedRecord.Write(buffer, offset, count, size);
                count = size;
            }

            return link.Protection.Protect(buffer, offset, count);
        }

        private int WriteFragment(LinkSession link, byte[] buffer, int offset, long nowMs)
        {
            if (link.Reader.AckDue)
            {
                return link.Reader.WriteAck(buffer, offset);
            }

            if (!link.Writer.IsBusy)
            {
                int count = WriteRecord(link, link.Writer.Record, 0, nowMs);
                if (count == 0)
                {
                    return 0;
                }

                link.Writer.Load(count);
            }

            return link.Writer.CanSend ? link.Writer.Next(buffer, offset, link.UnitSize) : 0;
        }

        private int WriteOpening(LinkSession link, byte[] buffer, int offset, long nowMs)
        {
            int count = link.Opening.Write(buffer, offset, nowMs);
            if (count == LinkOpening.Failed)
            {
                Fail(link);
                return 0;
            }

            return count;
        }

        /// <summary>
        /// DONE alone does not show that the last frame of a contact arrived: what is lost behind the last fragment that came
        /// leaves no gap. So a contact is finished when everything is acknowledged both ways. A stream loses nothing.
        /// </summary>
        private void FinishIfDone(LinkSession link)
        {
            if (link.State != LinkState.Open || !link.DoneSent || !link.DoneReceived || link.PullDue)
            {
                return;
            }

            if (link.Kind == LinkKind.Contact)
            {
                if (link.Writer.IsBusy || !link.Writer.IsAcknowledged || link.Reader.AckDue)
                {
                    return;
                }

                _gossip.Statistics.Add(Counter.ContactsFinished);
                _gossip.NoteFinished(link);
                _protocol.NoteFinished(link);
            }

            link.State = LinkState.Finished;
        }

        private void Fail(LinkSession link)
        {
            _gossip.Statistics.Add(Counter.LinksFailed);
            link.Fail();
        }
    }
}
