using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Links.Opening;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Sealing;

namespace WhispurrNet.Costs
{
    /// <summary>
    /// The parts of a node that relay, put together as the node does it, between two open links whose crypto is left out: full
    /// of frames, three quarters of them its network's, and with full caches of the seen.
    /// </summary>
    internal sealed class RelayNode
    {
        internal const int FrameSize = FrameLayout.StandardFrameSize;

        private const int StrangerPart = 4;
        private const int SeenOwnPerFrame = 10;
        private const int SeenStrangersPerFrame = 3;
        private const int OfferMaxOnBoard = 16;
        private const int LifetimeUnits = 800;
        private const int FrameEveryMs = 1000;

        internal readonly GossipEngine Gossip;
        internal readonly LinkProtocol Protocol;
        internal readonly Digest Digest;
        internal readonly ChaChaRandom Random = new ChaChaRandom(OperationList.Bytes(ChaChaRandom.SeedSize, 50));

        /// <summary>Frames come over it.</summary>
        internal readonly LinkSession In;

        /// <summary>Frames go on over it.</summary>
        internal readonly LinkSession Out;

        internal long NowMs = FrameEveryMs;

        private readonly FrameAuthenticator _authenticator;
        private readonly ChaChaRandom _contents = new ChaChaRandom(OperationList.Bytes(ChaChaRandom.SeedSize, 51));
        private readonly byte[] _record = new byte[1 + FrameSize];

        /// <summary>Opens the links and fills store and caches.</summary>
        /// <param name="frames">Frames held.</param>
        /// <param name="onwards">How the second link carries what goes on.</param>
        /// <param name="hmac">The HMAC to use.</param>
        internal RelayNode(int frames, LinkKind onwards, IHmacSha256 hmac)
        {
            NodeConfiguration configuration = new NodeConfiguration();
            byte[] secret = OperationList.Bytes(JoinCode.SecretSize, 24);
            configuration.Network = NetworkKey.FromJoinCode(NetworkKey.CreateJoinCode(secret));
            configuration.Limits = LimitsOf(frames);
            configuration.Discoverable = false;
            MacWorkspace mac = new MacWorkspace(hmac);
            NetworkKeys keys = new NetworkKeys(configuration.Network, hmac);
            NodeStatistics statistics = new NodeStatistics();
            KeyRing ring = new KeyRing(keys, mac, configuration.Limits.Keys);
            IdentityKeeper identity = new IdentityKeeper(configuration, mac, NowMs);
            IdHash hash = new IdHash();
            LinkSession[] sessions = LinkTable.CreateSessions(configuration);
            _authenticator = new FrameAuthenticator(mac, keys.Admission, FrameSize);
            Gossip = new GossipEngine(
                configuration, _authenticator, ring, identity.Mailboxes, new AckKeys(mac), Random, statistics, sessions, NowMs);
            WhisperOrigin origin = new WhisperOrigin(configuration, Gossip, mac);
            DirectMail direct = new DirectMail(configuration, identity, Gossip, origin, keys, mac);
            OpeningContext opening =
                new OpeningContext(configuration, sessions, identity, direct, keys, mac, Random, statistics);
            ReconcileEngine reconcile = new ReconcileEngine(Gossip, hash, configuration.Limits.OfferMax, true);
            Protocol = new LinkProtocol(
                Gossip, reconcile, opening, new PeerClock(configuration.Limits.Peers, statistics, NowMs), null);
            Digest = new Digest(Gossip, mac, keys.Digest, hash);
            In = OpenedLink(sessions[0], LinkKind.Stream);
            Out = OpenedLink(sessions[1], onwards);
            Fill();
        }

        /// <summary>Frames of strangers that are held at most.</summary>
        internal int StrangersMax
        {
            get { return Gossip.Store.Capacity / StrangerPart; }
        }

        /// <summary>A frame that was never seen, a second later.</summary>
        /// <param name="own">Whether this network admitted it.</param>
        /// <param name="frame">Receives it.</param>
        /// <param name="offset">Where.</param>
        internal void NextFrame(bool own, byte[] frame, int offset)
        {
            NowMs += FrameEveryMs;
            _contents.NextBytes(frame, offset, FrameSize);
            frame[offset + FrameLayout.VersionOffset] = FrameLayout.Version;
            frame[offset + FrameLayout.ExpiryHourOffset] = ExpiryHour.Unknown;
            if (own)
            {
                _authenticator.Admit(frame, offset);
            }

            FrameCodec.WriteMutable(frame, offset, FrameSize, FrameCodec.HopBudgetMax - 1, LifetimeUnits);
        }

        /// <summary>Hands on all that waits, so that the next frame is the only one.</summary>
        internal void Settle()
        {
            while (Out.Stages.ToSendCount > 0)
            {
                Protocol.WriteNext(Out, _record, 0, NowMs);
            }
        }

        private static NodeLimits LimitsOf(int frames)
        {
            NodeLimits limits = NodeLimits.Small();
            limits.Frames = frames;
            limits.StrangerFrames = frames / StrangerPart;
            limits.SeenOwn = frames * SeenOwnPerFrame;
            limits.SeenStrangers = frames * SeenStrangersPerFrame;
            return limits;
        }

        private LinkSession OpenedLink(LinkSession link, LinkKind kind)
        {
            link.Open(kind, false, FragmentWriter.UnitSizeMin, (ulong)link.Number + 1, FrameSize + 64, NowMs);
            link.IsMemberLink = true;
            link.HelloSent = true;
            link.HelloReceived = true;
            link.PeerOfferMax = OfferMaxOnBoard;
            return link;
        }

        private void Fill()
        {
            int strangers = 0;
            while (Gossip.Store.Count < Gossip.Store.Capacity)
            {
                NextFrame(strangers == StrangersMax, _record, 1);
                _record[0] = RecordType.Frame;
                Protocol.Read(In, _record, 0, _record.Length, 0, NowMs);
                strangers = Gossip.Store.Strangers;
                Out.Stages.ClearAll();
            }

            // All of it was handed on before.
            for (int slot = 0; slot < Gossip.Store.Capacity; slot++)
            {
                Gossip.Store.Set(slot, FrameStore.Shared);
            }

            while (Gossip.SeenOwn.Count < Gossip.Store.Capacity * SeenOwnPerFrame)
            {
                Gossip.SeenOwn.Add(_contents.NextUInt64());
            }

            while (Gossip.SeenStrangers.Count < Gossip.Store.Capacity * SeenStrangersPerFrame)
            {
                Gossip.SeenStrangers.Add(_contents.NextUInt64());
            }
        }
    }
}
