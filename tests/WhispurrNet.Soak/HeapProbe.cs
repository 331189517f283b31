using System;

namespace WhispurrNet.Soak
{
    /// <summary>
    /// How much of the managed heap is free after a collection, found without asking the runtime, which has no answer on a
    /// host: an object that nothing holds is gone with the next collection, and what can be allocated from one collection to the
    /// next is what the first one left free.
    /// </summary>
    internal static class HeapProbe
    {
        private const int BlockBytes = 1000;
        private const int BlocksMax = 64 * 1024;

        /// <summary>Bytes allocated from one collection to the next; blocks of about a kilobyte, so as exact as that.</summary>
        internal static int FreeBytes()
        {
            FillUntilCollected();
            return FillUntilCollected() * BlockBytes;
        }

        private static int FillUntilCollected()
        {
            WeakReference canary = new WeakReference(new object());
            int blocks = 0;
            while (canary.IsAlive && blocks < BlocksMax)
            {
                byte[] garbage = new byte[BlockBytes];
                blocks += garbage.Length / BlockBytes;
            }

            return blocks;
        }
    }
}
