using System.Threading;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>A board whose methods are only called from outside.</summary>
    public static class Idle
    {
        private static int s_counter;

        public static void Run()
        {
            Thread.Sleep(Timeout.Infinite);
        }

        /// <summary>Counts in a static: every board has its own.</summary>
        public static int Count()
        {
            return ++s_counter;
        }
    }
}
