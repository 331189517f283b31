using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Gossip
{
    /// <summary>
    /// Decides what a Bluetooth radio does when: serve by default, a client window now and then, in it one scan and up
    /// to three contacts, more for an emergency (PROTOCOL.md, "Roles"). No input or output: a pump asks <see cref="Next"/> and obeys.
    /// </summary>
    /// <remarks>
    /// <para>Two nodes in the same role never meet, so windows begin at random times. At most a quarter of the time
    /// goes to the client role, kept by a credit: three milliseconds of serving earn one as client.</para>
    /// <para>Order of calls: <see cref="Next"/> at any time; while it says Scan, every advertisement to
    /// <see cref="AdvertisementSeen"/> and at <see cref="DeadlineMs"/> <see cref="ScanEnded"/>; after a Contact
    /// <see cref="ContactEnded"/>. Time is the node's.</para>
    /// </remarks>
    public sealed class RadioScheduler
    {
        private const int CandidatesMax = 16;

        private readonly NodeCore _core;
        private readonly ChaChaRandom _random;
        private readonly GossipSettings _settings;
        private readonly ulong[] _candidates = new ulong[CandidatesMax];
        private RadioAction _action = RadioAction.Serve;
        private int _candidateCount;
        private int _differing;
        private int _contacts;
        private int _contactsMax;
        private ulong _contactAddress;
        private uint _urgentVersion;
        private uint _emergencies;
        private long _deadlineMs;
        private long _windowMs;
        private long _restUntilMs;
        private long _creditThirdsMs = RadioTimings.ClientCreditMaxMs * 3;
        private long _accountedMs;
        private long _advertisedMs;
        private long _renewalMs = long.MaxValue;
        private uint _advertisedFrames;
        private int _stuck;

        /// <summary>A scheduler that starts out serving.</summary>
        /// <param name="core">The node whose frames are carried.</param>
        /// <param name="nowMs">Now.</param>
        public RadioScheduler(NodeCore core, long nowMs)
        {
            _core = core;
            _random = core.Random;
            _settings = core.Settings;
            _contactsMax = _settings.Fanout;
            _accountedMs = nowMs;
            _urgentVersion = core.UrgentVersion;
            _emergencies = core.Statistics.Emergencies;

            // A node that has just started knows nobody: its first window need not wait.
            _windowMs = nowMs + Between(_settings.UrgentMinMs, _settings.UrgentMaxMs);
            _restUntilMs = nowMs;
        }

        /// <summary>
        /// When to ask again at the latest: end of serving, of the rest, of the scan, or of the contact's time.
        /// </summary>
        public long DeadlineMs
        {
            get
            {
                switch (_action)
                {
                    case RadioAction.Serve: return RenewalMs < _windowMs ? RenewalMs : _windowMs;
                    case RadioAction.Rest: return _restUntilMs < _windowMs ? _restUntilMs : _windowMs;
                    default: return _deadlineMs;
                }
            }
        }

        /// <summary>Whom to connect to while the action is <see cref="RadioAction.Contact"/>.</summary>
        public ulong ContactAddress
        {
            get { return _contactAddress; }
        }

        /// <summary>What the radio should be doing now.</summary>
        public RadioAction Next(long nowMs)
        {
            Account(nowMs);
            if (_action == RadioAction.Scan || _action == RadioAction.Contact)
            {
                return _action;
            }

            TakeUrgency(nowMs);
            TakeNews(nowMs);
            if (nowMs >= _windowMs)
            {
                if (_creditThirdsMs >= RadioTimings.ClientCreditNeededMs * 3)
                {
                    _action = RadioAction.Scan;
                    _deadlineMs = nowMs + RadioTimings.ScanMs;
                    _candidateCount = 0;
                    _differing = 0;
                    _contacts = 0;
                    return _action;
                }

                _windowMs = nowMs + (RadioTimings.ClientCreditNeededMs * 3) - _creditThirdsMs;
            }

            _action = nowMs < _restUntilMs ? RadioAction.Rest : RadioAction.Serve;
            return _action;
        }

        /// <summary>Says that the scan really began only now: starting the radio takes time of its own.</summary>
        public void ScanBegan(long nowMs)
        {
            if (_action == RadioAction.Scan)
            {
                _deadlineMs = nowMs + RadioTimings.ScanMs;
            }
        }

        /// <summary>
        /// True when the node has taken frames since its advertisement was made, and serves on for a while: neighbours would
        /// come in vain, or not come. The pump stops serving, and begins again with another advertisement.
        /// </summary>
        public bool IsAdvertisementOld(long nowMs)
        {
            return nowMs >= RenewalMs;
        }

        /// <summary>When to advertise anew; long.MaxValue when a window comes soon, or nothing is new.</summary>
        private long RenewalMs
        {
            get
            {
                return _renewalMs < _windowMs - RadioTimings.RenewBeforeMs ? _renewalMs : long.MaxValue;
            }
        }

        /// <summary>Writes what to advertise; for every start of serving anew.</summary>
        /// <param name="buffer">Receives <see cref="Digest.Size"/> bytes.</param>
        /// <param name="offset">Where.</param>
        /// <param name="nowMs">Now.</param>
        public void WriteAdvertisement(byte[] buffer, int offset, long nowMs)
        {
            _advertisedFrames = _core.StoredFrames;
            _advertisedMs = nowMs;
            _renewalMs = long.MaxValue;
            _core.Digest.Write(buffer, offset, _random);
        }

        /// <summary>Takes an advertisement heard in a scan.</summary>
        /// <param name="address">Whose.</param>
        /// <param name="data">Holds the 24 bytes; any bytes.</param>
        /// <param name="offset">Where they start.</param>
        /// <param name="count">Bytes of advertised data.</param>
        /// <param name="nowMs">Now.</param>
        /// <returns>False when it is not one of this protocol's.</returns>
        public bool AdvertisementSeen(ulong address, byte[] data, int offset, int count, long nowMs)
        {
            if (count != Digest.Size || address == 0 || offset < 0 || data.Length - offset < count)
            {
                return false;
            }

            int index = _core.Neighbours.Heard(address, nowMs);
            if (_action != RadioAction.Scan || _candidateCount == CandidatesMax || IsCandidate(address))
            {
                return true;
            }

            bool differs;
            if (IsWorthMeeting(index, data, offset, nowMs, out differs))
            {
                AddCandidate(address, differs);
                if (_differing == _contactsMax && nowMs + RadioTimings.ScanEnoughMs < _deadlineMs)
                {
                    _deadlineMs = nowMs + RadioTimings.ScanEnoughMs;
                }
            }

            return true;
        }

        /// <summary>Those who differ stand before those who were only not met for long.</summary>
        private void AddCandidate(ulong address, bool differs)
        {
            _candidates[_candidateCount] = address;
            if (differs)
            {
                _candidates[_candidateCount] = _candidates[_differing];
                _candidates[_differing] = address;
                _differing++;
            }

            _candidateCount++;
        }

        /// <summary>Whether to meet a neighbour whose advertisement was heard.</summary>
        /// <param name="index">Its place among the neighbours.</param>
        /// <param name="data">Holds what it advertises.</param>
        /// <param name="offset">Where that starts.</param>
        /// <param name="nowMs">Now.</param>
        /// <param name="differs">Whether there is something to tell.</param>
        private bool IsWorthMeeting(int index, byte[] data, int offset, long nowMs, out bool differs)
        {
            NeighbourTable neighbours = _core.Neighbours;
            differs = false;
            if (index == NeighbourTable.None)
            {
                // Whom the full table has no place for could not be remembered as met: only a difference counts.
                differs = _core.Digest.Differs(data, offset, 0, false);
                return differs;
            }

            if (neighbours.IsAvoided(index, nowMs))
            {
                return false;
            }

            bool isOld = neighbours.IsKnownSalt(index, ByteOrder.ReadUInt16(data, offset));
            long sinceMet = neighbours.SinceMet(index, nowMs);
            int fruitless = neighbours.FruitlessAt(index);
            int doublings = fruitless < RadioTimings.MeetDifferentDoublings ? fruitless : RadioTimings.MeetDifferentDoublings;
            uint since = sinceMet > nowMs ? 0 : FrameStore.ArrivalOf(nowMs - sinceMet);
            differs = sinceMet >= (long)_settings.MeetDifferentMs << doublings
                && _core.Digest.Differs(data, offset, since, isOld);
            return differs || sinceMet >= _settings.MeetAgainMs;
        }

        /// <summary>The scan is over; contacts follow, or serving.</summary>
        public void ScanEnded(long nowMs)
        {
            Account(nowMs);
            if (_action == RadioAction.Scan)
            {
                NextContact(nowMs);
            }
        }

        /// <summary>A contact is over; the next one follows, or serving.</summary>
        public void ContactEnded(ulong address, ContactResult result, long nowMs)
        {
            Account(nowMs);
            switch (result)
            {
                case ContactResult.Completed:
                    // The node has noted it when the link was closed.
                    break;
                case ContactResult.Cut:
                    _core.Neighbours.Forget(address);
                    _core.Neighbours.Failed(address, nowMs);
                    break;
                case ContactResult.NotOurs:
                    _core.Neighbours.Avoid(address, nowMs + RadioTimings.AvoidMs);
                    break;
                default:
                    _core.Neighbours.Failed(address, nowMs);
                    break;
            }

            if (_action == RadioAction.Contact)
            {
                NextContact(nowMs);
            }
        }

        /// <summary>
        /// An inbound contact is over. After two stuck ones in a row the node stops advertising for about a minute:
        /// a silent central holds the only inbound slot, and only leaving the server role throws it off.
        /// </summary>
        public void InboundEnded(bool stuck, long nowMs)
        {
            _stuck = stuck ? _stuck + 1 : 0;
            if (_stuck >= 2)
            {
                _stuck = 0;
                _restUntilMs = nowMs + Between(RadioTimings.RestMinMs, RadioTimings.RestMaxMs);
            }
        }

        /// <summary>The radio could not take the role it was told to: back to serving.</summary>
        public void RoleFailed(long nowMs)
        {
            Account(nowMs);
            EndWindow(nowMs);
        }

        private bool IsCandidate(ulong address)
        {
            for (int i = 0; i < _candidateCount; i++)
            {
                if (_candidates[i] == address)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>
        /// Draws the next candidate at random: up to three in a window, in one for an emergency all, while client time is
        /// left.
        /// </summary>
        private void NextContact(long nowMs)
        {
            bool enough = _contacts >= _settings.Fanout && (_contacts >= _contactsMax || _creditThirdsMs <= 0);

            // Of those who have nothing to tell one is enough, and only when there is nobody else.
            bool fruitful = _differing > 0;
            if (_candidateCount == 0 || enough || (!fruitful && _contacts > 0))
            {
                EndWindow(nowMs);
                return;
            }

            int chosen = (int)_random.NextBelow((uint)(fruitful ? _differing : _candidateCount));
            _contactAddress = _candidates[chosen];
            _candidateCount--;
            if (fruitful)
            {
                _differing--;
                _candidates[chosen] = _candidates[_differing];
                _candidates[_differing] = _candidates[_candidateCount];
            }
            else
            {
                _candidates[chosen] = _candidates[_candidateCount];
            }

            _contacts++;
            _action = RadioAction.Contact;
            _deadlineMs = nowMs + RadioTimings.ContactMs;
        }

        private void EndWindow(long nowMs)
        {
            _action = nowMs < _restUntilMs ? RadioAction.Rest : RadioAction.Serve;
            _contactAddress = 0;
            _candidateCount = 0;
            _contactsMax = _settings.Fanout;
            _windowMs = nowMs + Between(_settings.WindowMinMs, _settings.WindowMaxMs);
        }

        /// <summary>
        /// Something new to relay brings the window nearer, with probability three over the neighbours: if every node
        /// that got a frame became a client at once, nobody would serve. An emergency always does, and is to reach every
        /// neighbour; it comes seldom enough, and urgent windows begin at random times too.
        /// </summary>
        private void TakeUrgency(long nowMs)
        {
            if (_core.UrgentVersion == _urgentVersion)
            {
                return;
            }

            _urgentVersion = _core.UrgentVersion;
            bool emergency = _core.Statistics.Emergencies != _emergencies;
            _emergencies = _core.Statistics.Emergencies;
            if (emergency)
            {
                _contactsMax = CandidatesMax;
            }

            int neighbours = _core.Neighbours.CountLately(nowMs);
            if (!emergency && neighbours > _settings.Fanout && _random.NextBelow((uint)neighbours) >= (uint)_settings.Fanout)
            {
                return;
            }

            long urgentMs = nowMs + Between(_settings.UrgentMinMs, _settings.UrgentMaxMs);
            if (urgentMs < _windowMs)
            {
                _windowMs = urgentMs;
            }
        }

        /// <summary>What has come since the advertisement was made is not in it.</summary>
        private void TakeNews(long nowMs)
        {
            if (_renewalMs == long.MaxValue && _core.StoredFrames != _advertisedFrames)
            {
                long earliestMs = _advertisedMs + _settings.RenewAfterMs;
                _renewalMs = earliestMs > nowMs ? earliestMs : nowMs;
            }
        }

        private long Between(uint minMs, uint maxMs)
        {
            return minMs + _random.NextBelow(maxMs - minMs + 1);
        }

        /// <summary>
        /// Keeps the account of client time, in thirds of milliseconds so that short steps lose nothing to rounding.
        /// </summary>
        private void Account(long nowMs)
        {
            long elapsedMs = nowMs - _accountedMs;
            _accountedMs = nowMs;
            if (elapsedMs <= 0)
            {
                return;
            }

            if (_action == RadioAction.Scan || _action == RadioAction.Contact)
            {
                _creditThirdsMs -= elapsedMs * 3;
                return;
            }

            _creditThirdsMs += elapsedMs;
            if (_creditThirdsMs > RadioTimings.ClientCreditMaxMs * 3)
            {
                _creditThirdsMs = RadioTimings.ClientCreditMaxMs * 3;
            }
        }
    }
}
