namespace EmotionSample
{
    /// <summary>Entry point of the sample.</summary>
    public static class Program
    {
        /// <summary>Starts the board.</summary>
        public static void Main()
        {
        }
    }
}
