using WhispurrNet.Board.Platform;

namespace WhispurrNet.Board.Gateway
{
    /// <summary>What moves messages between the core and its gateway, whatever lies between them.</summary>
    internal abstract class GatewayPump : LoopThread
    {
        /// <summary>
        /// The number under which the core knows the gateway; outside the 48 bits of a Bluetooth address.
        /// </summary>
        protected const ulong GatewayNeighbour = 1UL << 48;

        /// <param name="name">What the thread does, for the error line.</param>
        /// <param name="statistics">Counts.</param>
        protected GatewayPump(string name, BoardStatistics statistics)
            : base(name, statistics)
        {
        }

        /// <summary>Whether the link stands.</summary>
        internal abstract bool IsOpen { get; }

        /// <summary>Messages refused for want of room.</summary>
        internal abstract uint Refused { get; }

        /// <summary>Gives up the connection, which frees what it holds; it is made again later.</summary>
        internal abstract void Drop();
    }
}
