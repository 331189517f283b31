using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Protocol.Obfuscation
{
    /// <summary>
    /// What a node does against observers who look at times, lengths and volume (PROTOCOL.md, "Obfuscation"). It only
    /// decides how much; the core does it. Keeps no state, so that several nodes may share one.
    /// </summary>
    public interface IObfuscation
    {
        /// <summary>Draws how long a frame that is new to a node is held back before any neighbour hears of it.</summary>
        /// <param name="emergency">Whether it has the priority of an emergency.</param>
        /// <param name="random">The node's random source.</param>
        /// <returns>Milliseconds, 0 or more.</returns>
        uint DrawHoldBackMs(bool emergency, ChaChaRandom random);

        /// <summary>Draws the time from one cover frame to the next.</summary>
        /// <param name="random">The node's random source.</param>
        /// <returns>Milliseconds, 1 or more.</returns>
        uint DrawCoverIntervalMs(ChaChaRandom random);

        /// <summary>The length to which a stream's message is padded.</summary>
        /// <param name="count">Its bytes.</param>
        /// <param name="frameMessageSize">Bytes of the message that carries a frame.</param>
        /// <returns><paramref name="count"/> or more, at most the larger of the two.</returns>
        int PadTo(int count, int frameMessageSize);
    }
}
