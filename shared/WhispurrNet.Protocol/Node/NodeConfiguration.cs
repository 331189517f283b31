using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Gossip;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Obfuscation;

namespace WhispurrNet.Protocol.Node
{
    /// <summary>What a node is told once, at its start.</summary>
    public sealed class NodeConfiguration
    {
        private const uint LifetimeSecondsMin = 60;
        private const int HopBudgetMin = 3;

        /// <summary>The network, or null for a keyless relay.</summary>
        public NetworkKey Network;

        /// <summary>The node's bounds.</summary>
        public NodeLimits Limits = NodeLimits.Small();

        /// <summary>Bytes of a frame: 256, or 512 in a stealth network.</summary>
        public int FrameSize = FrameLayout.StandardFrameSize;

        /// <summary>
        /// Lifetime of every own frame in seconds, 60 to 86,400, whatever is in it: another lifetime for another kind would tell
        /// relays the kind.
        /// </summary>
        public uint WhisperLifetimeSeconds = 60 * 60;

        /// <summary>
        /// For how long an own direct whisper is worth something without its acknowledgement, seconds, 60 to 86,400. It is
        /// sealed afresh when a frame of it is nearly over, at most twice: three frames' lifetimes by default.
        /// </summary>
        public uint DirectLifetimeSeconds = 3 * 60 * 60;

        /// <summary>
        /// Whether the network is told each identity's contact card, once. Without it nobody can send this node direct
        /// whispers, and nobody takes its own for proven.
        /// </summary>
        public bool Discoverable = true;

        /// <summary>Hop budget of own whispers before jitter, 3 to 10.</summary>
        public int HopBudget = FrameCodec.HopBudgetMax;

        /// <summary>Own whispers that may be queued at once before the origin is told that it is congested.</summary>
        public uint WhisperBurst = 4;

        /// <summary>Milliseconds in which one more own whisper may be queued.</summary>
        public uint WhisperRefillMs = 30 * 1000;

        /// <summary>How eagerly the node gossips.</summary>
        public GossipSettings Gossip = new GossipSettings();

        /// <summary>What is done against observers of times, lengths and volume; null: nothing.</summary>
        public IObfuscation Obfuscation;

        /// <summary>
        /// Compares what is held with other gateways over streams, for stores of hundreds of frames; null: everything held is
        /// offered. One for each node.
        /// </summary>
        public WideReconciler Wide;

        /// <summary>Curve and AEADs of a desk; null: the ones that a board has. For one node, since they hold keys.</summary>
        public IPrimitives Primitives;

        /// <summary>A configuration that cannot work is the caller's mistake.</summary>
        internal void Check()
        {
            if (!FrameLayout.IsFrameSize(FrameSize))
            {
                throw new System.ArgumentException("A frame has 256 or 512 bytes.");
            }

            uint lifetimeMax = FrameCodec.LifetimeUnitsMax * (FrameCodec.LifetimeUnitMs / 1000);
            if (WhisperLifetimeSeconds < LifetimeSecondsMin || WhisperLifetimeSeconds > lifetimeMax
                || DirectLifetimeSeconds < LifetimeSecondsMin || DirectLifetimeSeconds > lifetimeMax)
            {
                throw new System.ArgumentException("A whisper lives for 60 to 86,400 s.");
            }

            if (HopBudget < HopBudgetMin || HopBudget > FrameCodec.HopBudgetMax)
            {
                throw new System.ArgumentException("A hop budget is 3 to 10.");
            }

            if (WhisperBurst == 0)
            {
                throw new System.ArgumentException("Without a burst no whisper may ever be sent.");
            }

            if (Gossip == null || !Gossip.AreSound)
            {
                throw new System.ArgumentException("The settings of the gossip are out of their ranges.");
            }

            if (Limits == null || !Limits.AreSound(Network == null))
            {
                throw new System.ArgumentException("The limits of the node contradict each other.");
            }
        }
    }
}
