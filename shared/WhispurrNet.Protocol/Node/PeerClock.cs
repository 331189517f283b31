namespace WhispurrNet.Protocol.Node
{
    /// <summary>
    /// The node's wall clock: set by the application, or taken from neighbours when it is not (PROTOCOL.md, "Clock"). Without
    /// one everything is delivered; with a wrong one a node is cut off. So this class rather has no time than a doubtful one.
    /// </summary>
    /// <remarks>
    /// One sample a peer: what the unix time was at the node's start if the peer is right. Only members count whose link was
    /// resumed, which takes two meetings. Who speaks often counts once, and nobody is told a time that others told: so every
    /// word heard is its speaker's own, nothing comes back as an echo, and a few who lie do not win over one neighbourhood
    /// after the other.
    /// </remarks>
    public sealed class PeerClock
    {
        /// <summary>2025-01-01: there were no clocks of this network before. An earlier time was never set.</summary>
        public const uint EarliestUnixSeconds = 1735689600;

        /// <summary>Peers that have to agree.</summary>
        public const int Witnesses = 3;

        /// <summary>Times agree that are no further apart: more than contacts and oscillators add up to.</summary>
        public const uint AgreeSeconds = 60;

        /// <summary>A sample counts for so long: as long as a peer's secret for resuming is kept.</summary>
        public const int SampleMinutes = 4 * 60;

        /// <summary>From the first time heard to the first believed, so that not those decide who came first.</summary>
        public const int SettleMs = 60 * 60 * 1000;

        /// <summary>Once taken the clock runs faster or slower by one part in so many: 0.9 s an hour.</summary>
        public const int SlewPart = 4000;

        /// <summary>Others may be off by this before it slews: whole seconds, and the time that a record takes.</summary>
        public const int SlackMs = 2000;

        /// <summary>Most time that is slewed for at once, so that it is never more than 0.9 s.</summary>
        private const long SlewSpanMs = 60 * 60 * 1000;

        private const long Never = long.MaxValue;
        private const int MsPerMinute = 60 * 1000;
        private const uint MinutesModulus = 0xFFFF;
        private const int NobodyMet = -1;
        private const int SeveralMet = -2;
        private const uint NoTime = 0;

        // By peer: its sample in unix seconds or NoTime, and when it was heard: 0 never, else 1 + minutes since the start.
        private readonly uint[] _samples;
        private readonly ushort[] _heard;
        private readonly NodeStatistics _statistics;
        private readonly long _startMs;
        private long _firstMs = Never;
        private long _unixAtStartMs;
        private long _slewedMs;
        private ClockSource _source;
        private int _met = NobodyMet;

        /// <summary>A clock that is not set.</summary>
        /// <param name="peers">Places in the table of peers: 6 bytes each.</param>
        /// <param name="statistics">Counts times that cannot be.</param>
        /// <param name="nowMs">Now.</param>
        public PeerClock(int peers, NodeStatistics statistics, long nowMs)
        {
            _samples = new uint[peers];
            _heard = new ushort[peers];
            _statistics = statistics;
            _startMs = nowMs;
        }

        /// <summary>Where the time is from.</summary>
        public ClockSource Source
        {
            get { return _source; }
        }

        /// <summary>The time to go by: seconds since 1970, 0 without a clock.</summary>
        public uint UnixSeconds(long nowMs)
        {
            return _source == ClockSource.None ? NoTime : (uint)((_unixAtStartMs + (nowMs - _startMs)) / 1000);
        }

        /// <summary>The time to tell neighbours: seconds since 1970 if the application said it, else 0.</summary>
        public uint UnixSecondsToTell(long nowMs)
        {
            return _source == ClockSource.Application ? UnixSeconds(nowMs) : NoTime;
        }

        /// <summary>Takes the application's word, which neighbours never overrule.</summary>
        /// <param name="unixSeconds">Seconds since 1970; 0 when the application does not know.</param>
        /// <param name="nowMs">Now.</param>
        public void Set(uint unixSeconds, long nowMs)
        {
            if (unixSeconds != NoTime)
            {
                _source = ClockSource.Application;
                _unixAtStartMs = ((long)unixSeconds * 1000) - (nowMs - _startMs);
            }
            else if (_source == ClockSource.Application)
            {
                _source = ClockSource.None;
                _firstMs = Never;
            }
        }

        /// <summary>Hears what time a neighbour has.</summary>
        /// <param name="peer">Its place in the table of peers; -1 without one: not heard.</param>
        /// <param name="proven">Whether it is a member whose link was resumed once; others are not heard.</param>
        /// <param name="unixSeconds">What it says: seconds since 1970, 0 without a clock.</param>
        /// <param name="nowMs">Now.</param>
        /// <returns>True when the clock was set or given up, and did not only slew.</returns>
        public bool Heard(int peer, bool proven, uint unixSeconds, long nowMs)
        {
            if (peer < 0 || !proven)
            {
                return false;
            }

            if (unixSeconds != NoTime && unixSeconds < EarliestUnixSeconds)
            {
                _statistics.Add(Counter.ClocksRefused);
                unixSeconds = NoTime;
            }

            uint sample = unixSeconds == NoTime ? NoTime : unixSeconds - (uint)((nowMs - _startMs) / 1000);
            _samples[peer] = sample;
            _heard[peer] = MinuteOf(nowMs);
            if (_met != peer)
            {
                _met = _met == NobodyMet ? peer : SeveralMet;
            }

            switch (_source)
            {
                case ClockSource.None: return sample != NoTime && TryTake(sample, nowMs);
                case ClockSource.Neighbours: return TryGiveUp(nowMs);
                default: return false;
            }
        }

        private static bool Agree(uint sample, uint other)
        {
            // Modulo 2^32, as the samples are.
            return other != NoTime && sample - other + AgreeSeconds <= 2 * AgreeSeconds;
        }

        private ushort MinuteOf(long nowMs)
        {
            return (ushort)(1 + (uint)(((nowMs - _startMs) / MsPerMinute) % MinutesModulus));
        }

        /// <summary>Forgets old samples and counts the others.</summary>
        /// <param name="sample">The time that they may share.</param>
        /// <param name="nowMs">Now.</param>
        /// <param name="tell">Peers that tell a time.</param>
        /// <param name="agree">Those of them that agree with the time.</param>
        /// <returns>
        /// Whether it can be believed: nobody tells another, or most of all peers tell it, those without a clock included.
        /// </returns>
        private bool Count(uint sample, long nowMs, out int tell, out int agree)
        {
            uint now = MinuteOf(nowMs);
            int heard = 0;
            tell = 0;
            agree = 0;
            for (int i = 0; i < _heard.Length; i++)
            {
                if (_heard[i] == 0)
                {
                    continue;
                }

                if ((now + MinutesModulus - _heard[i]) % MinutesModulus > SampleMinutes)
                {
                    _heard[i] = 0;
                    _samples[i] = NoTime;
                    continue;
                }

                heard++;
                tell += _samples[i] != NoTime ? 1 : 0;
                agree += Agree(sample, _samples[i]) ? 1 : 0;
            }

            return agree == tell || 2 * agree > heard;
        }

        private bool TryTake(uint sample, long nowMs)
        {
            bool isBelievable = Count(sample, nowMs, out int tell, out int agree);
            bool isAlone = _met != SeveralMet;
            if (_firstMs == Never || (tell == 1 && !isAlone))
            {
                _firstMs = nowMs;
            }

            if (!isBelievable || (agree < Witnesses && !isAlone) || nowMs - _firstMs < SettleMs)
            {
                return false;
            }

            // Half a second for what both sides cut off.
            _unixAtStartMs = ((long)MedianAround(sample, agree) * 1000) + 500;
            _source = ClockSource.Neighbours;
            _slewedMs = nowMs;
            return true;
        }

        private bool TryGiveUp(long nowMs)
        {
            if (Count((uint)(_unixAtStartMs / 1000), nowMs, out int tell, out _))
            {
                Slew(tell, nowMs);
                return false;
            }

            // Not to theirs at once: they have to stand for as long as the first ones had to.
            _source = ClockSource.None;
            _firstMs = nowMs;
            return true;
        }

        /// <summary>The median of the samples that agree with one.</summary>
        private uint MedianAround(uint sample, int agree)
        {
            uint least = sample - AgreeSeconds;
            uint median = sample;
            for (int i = 0; i < _samples.Length; i++)
            {
                if (!Agree(sample, _samples[i]))
                {
                    continue;
                }

                int below = 0;
                for (int j = 0; j < _samples.Length; j++)
                {
                    bool isBelow = _samples[j] - least < _samples[i] - least
                        || (_samples[j] == _samples[i] && j < i);
                    below += isBelow && Agree(sample, _samples[j]) ? 1 : 0;
                }

                median = below == agree / 2 ? _samples[i] : median;
            }

            return median;
        }

        /// <summary>
        /// Towards the median: it lies ahead when more than half of the samples do, and how far it is does not matter.
        /// </summary>
        private void Slew(int tell, long nowMs)
        {
            int ahead = 0;
            int behind = 0;
            for (int i = 0; i < _samples.Length; i++)
            {
                if (_samples[i] != NoTime)
                {
                    long byMs = ((long)_samples[i] * 1000) + 500 - _unixAtStartMs;
                    ahead += byMs > SlackMs ? 1 : 0;
                    behind += byMs < -SlackMs ? 1 : 0;
                }
            }

            if (nowMs - _slewedMs > SlewSpanMs)
            {
                _slewedMs = nowMs - SlewSpanMs;
            }

            long amountMs = (nowMs - _slewedMs) / SlewPart;
            if (2 * ahead > tell)
            {
                _unixAtStartMs += amountMs;
            }
            else if (2 * behind > tell)
            {
                _unixAtStartMs -= amountMs;
            }
            else
            {
                return;
            }

            _slewedMs += amountMs * SlewPart;
        }
    }
}
