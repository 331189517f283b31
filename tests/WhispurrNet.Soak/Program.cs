using System;

namespace WhispurrNet.Soak
{
    /// <summary>Ten thousand contacts and a hundred thousand frames, with the free heap at intervals.</summary>
    public static class Program
    {
        private const int WarmUpContacts = 100;
        private const int ContactsEach = 1000;
        private const int Intervals = 10;

        // A hundredth of a byte for each frame: nothing may grow with them, and the probe is exact to a block or two.
        private const int SlackBytes = 4000;

        /// <summary>Prints a table; the last line says whether it went well.</summary>
        public static void Main()
        {
            CoreSoak soak = new CoreSoak();
            bool went = soak.Run(WarmUpContacts);
            Console.WriteLine("contacts frames delivered free");
            int first = Print(soak);
            for (int i = 0; i < Intervals && went; i++)
            {
                went = soak.Run(ContactsEach) && Print(soak) >= first - SlackBytes;
            }

            Console.WriteLine(went ? "Soak done." : "Soak failed.");
        }

        private static int Print(CoreSoak soak)
        {
            int free = HeapProbe.FreeBytes();
            Console.WriteLine(
                soak.Contacts.ToString() + " " + soak.Frames.ToString() + " " + soak.Delivered.ToString() + " "
                + free.ToString());
            return free;
        }
    }
}
