using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Network;

namespace WhispurrNet.Protocol.Node
{
    /// <summary>What a node is told once, at its start.</summary>
    public sealed class NodeConfiguration
    {
        /// <summary>The network, or null for a keyless relay.</summary>
        public NetworkKey Network;

        /// <summary>The node's bounds.</summary>
        public NodeLimits Limits = NodeLimits.Small();

        /// <summary>Bytes of a frame: 256, or 512 in a stealth network.</summary>
        public int FrameSize = FrameLayout.StandardFrameSize;

        /// <summary>Lifetime of own whispers in seconds, 60 to 86,400.</summary>
        public uint WhisperLifetimeSeconds = 60 * 60;

        /// <summary>Hop budget of own whispers before jitter, 3 to 10.</summary>
        public int HopBudget = FrameCodec.HopBudgetMax;

        /// <summary>Own whispers that may be queued at once before the origin is told that it is congested.</summary>
        public uint WhisperBurst = 4;

        /// <summary>Milliseconds in which one more own whisper may be queued.</summary>
        public uint WhisperRefillMs = 30 * 1000;
    }
}
