namespace WhispurrNet.Protocol.Frames
{
    /// <summary>
    /// How a whisper that is longer than one frame carries is cut (PROTOCOL.md, "Parts"): every part but the last is full,
    /// so that the length alone tells how many there are and what each holds.
    /// </summary>
    public static class WhisperParts
    {
        /// <summary>Most bytes of a whisper's payload.</summary>
        public const int PayloadMax = 1024;

        /// <summary>Most parts of one: seven in frames of 256 bytes.</summary>
        public const int CountMax = 7;

        /// <summary>How many parts a payload takes.</summary>
        /// <param name="length">Its bytes, 0 to <see cref="PayloadMax"/>.</param>
        /// <param name="first">Bytes that part 0 carries.</param>
        /// <param name="later">Bytes that each further part carries.</param>
        public static int Count(int length, int first, int later)
        {
            return length <= first ? 1 : 1 + ((length - first + later - 1) / later);
        }

        /// <summary>Where a part's bytes start in the payload.</summary>
        public static int Start(int part, int first, int later)
        {
            return part == 0 ? 0 : first + ((part - 1) * later);
        }

        /// <summary>How many bytes a part holds; 0 or less when there is no such part.</summary>
        public static int Size(int length, int part, int first, int later)
        {
            int left = length - Start(part, first, later);
            int most = part == 0 ? first : later;
            return left < most ? left : most;
        }
    }
}
