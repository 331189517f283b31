using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Links
{
    /// <summary>All links of a node: opens and closes them, moves their units, watches their time limits.</summary>
    internal sealed class LinkTable
    {
        private readonly LinkSession[] _links;
        private readonly LinkProtocol _protocol;
        private readonly GossipEngine _gossip;
        private readonly int _recordSizeMax;

        internal LinkTable(
            NodeConfiguration configuration,
            LinkSession[] links,
            GossipEngine gossip,
            MacWorkspace mac,
            IdHash hash)
        {
            _links = links;
            _gossip = gossip;
            _recordSizeMax = RecordSizeMax(configuration);
            int offerMax = configuration.Limits.OfferMax;
            ReconcileEngine reconcile = new ReconcileEngine(gossip, hash, offerMax, configuration.Network != null);
            _protocol = new LinkProtocol(gossip, reconcile, mac);
        }

        /// <summary>Most bytes of a unit: a whole record, or the largest fragment.</summary>
        internal int UnitSizeMax
        {
            get { return _recordSizeMax > FragmentWriter.UnitSizeMax ? _recordSizeMax : FragmentWriter.UnitSizeMax; }
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

        /// <summary>When the next time limit ends.</summary>
        internal long NextDeadlineMs
        {
            get
            {
                long next = long.MaxValue;
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
            SipHash hash = PlainProtection.CreateHash();
            for (int i = 0; i < links.Length; i++)
            {
                links[i] = new LinkSession(i, limits.Frames, hash);
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

            bool met = link.HelloReceived && link.HelloSent;
            if (met && _gossip.Observer != null)
            {
                _gossip.Observer.LinkClosed(number, link.Tag, link.State);
            }

            link.Reset();
            return met;
        }

        internal LinkState StateOf(int number)
        {
            return _links[number].State;
        }

        internal uint TagOf(int number)
        {
            return _links[number].Tag;
        }

        internal ulong NeighbourOf(int number)
        {
            return _links[number].Neighbour;
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
            int overhead = 8;
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

        private static long DeadlineOf(LinkSession link)
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
                bool offers = !link.IsOfferOpen && link.Stages.ToOfferCount > 0;
                deadlineMs = offers && link.NextOfferMs < deadlineMs ? link.NextOfferMs : deadlineMs;
            }

            return deadlineMs;
        }

        private void ReadRecord(LinkSession link, byte[] buffer, int offset, int count, uint unixSeconds, long nowMs)
        {
            int body = count > _recordSizeMax ? -1 : link.Protection.Unprotect(buffer, offset, count);
            if (body <= 0)
            {
                _gossip.Statistics.Add(Counter.RecordsDamaged);
                Fail(link);
                return;
            }

            if (!_protocol.Read(link, buffer, offset, body, unixSeconds, nowMs))
            {
                Fail(link);
                return;
            }

            if (link.DoneReceived)
            {
                // No more frames come: the other side now learns that all of them arrived.
                link.Reader.RequestAck();
            }
        }

        private int WriteRecord(LinkSession link, byte[] buffer, int offset, long nowMs)
        {
            bool padded = _gossip.Obfuscator != null && link.Kind == LinkKind.Stream;
            int header = padded ? PaddedRecord.HeaderSize : 0;
            int count = _protocol.WriteNext(link, buffer, offset + header, nowMs);
            if (count == 0)
            {
                return 0;
            }

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

        /// <summary>
        /// DONE alone does not show that the last frame arrived: what is lost behind the last fragment that came leaves no
        /// gap. So a contact is finished when everything is acknowledged both ways.
        /// </summary>
        private void FinishIfDone(LinkSession link)
        {
            if (link.State == LinkState.Open && link.DoneSent && link.DoneReceived && !link.PullDue
                && !link.Writer.IsBusy && link.Writer.IsAcknowledged && !link.Reader.AckDue)
            {
                _gossip.Statistics.Add(Counter.ContactsFinished);
                _gossip.NoteFinished(link);
                link.State = LinkState.Finished;
            }
        }

        private void Fail(LinkSession link)
        {
            _gossip.Statistics.Add(Counter.LinksFailed);
            link.State = LinkState.Failed;
        }
    }
}
