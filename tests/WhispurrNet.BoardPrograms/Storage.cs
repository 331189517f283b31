using System;
using System.IO;
using System.Threading;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>Programs about the drive.</summary>
    public static class Storage
    {
        /// <summary>Counts its starts in a file.</summary>
        public static void CountStarts()
        {
            const string Path = "I:\\starts.txt";
            int starts = File.Exists(Path) ? int.Parse(File.ReadAllText(Path)) : 0;
            File.WriteAllText(Path, (starts + 1).ToString());
            Console.WriteLine("start " + (starts + 1));
            Thread.Sleep(Timeout.Infinite);
        }

        /// <summary>Takes a flushed file for a stored one; another one is closed.</summary>
        public static void TrustFlush()
        {
            byte[] bytes = new byte[] { 1, 2, 3 };
            using (FileStream flushed = new FileStream("I:\\flushed.bin", FileMode.Create))
            {
                using (FileStream closed = new FileStream("I:\\closed.bin", FileMode.Create))
                {
                    closed.Write(bytes, 0, bytes.Length);
                }

                flushed.Write(bytes, 0, bytes.Length);
                flushed.Flush();
                Console.WriteLine("written");
                Thread.Sleep(Timeout.Infinite);
            }
        }

        /// <summary>Overwrites its settings in place.</summary>
        public static void OverwriteInPlace()
        {
            File.WriteAllText("I:\\app.cfg", "name=new");
            Console.WriteLine("overwritten");
            Thread.Sleep(Timeout.Infinite);
        }

        /// <summary>Writes its settings beside the old ones and renames, without deleting the old ones first.</summary>
        public static void RenameOver()
        {
            File.WriteAllText("I:\\app.new", "name=new");
            File.Move("I:\\app.new", "I:\\app.cfg");
        }

        /// <summary>Deletes a file that it has open.</summary>
        public static void DeleteOpen()
        {
            using (FileStream file = new FileStream("I:\\app.cfg", FileMode.Open))
            {
                File.Delete("I:\\app.cfg");
            }
        }

        /// <summary>Reads, renames, lists, and fills the drive until it is full.</summary>
        public static void Use()
        {
            Console.WriteLine("seeded " + File.ReadAllText("I:\\seed.txt"));
            File.Move("I:\\seed.txt", "I:\\moved.txt");
            Console.WriteLine("moved " + File.Exists("I:\\seed.txt") + " " + File.Exists("I:\\moved.txt"));
            try
            {
                File.ReadAllBytes("I:\\seed.txt");
            }
            catch (IOException exception)
            {
                Console.WriteLine("missing " + (exception.ErrorCode == IOException.IOExceptionErrorCode.FileNotFound));
            }

            try
            {
                File.Exists("I:\\moved.txt");
                File.Move("I:\\moved.txt", "I:\\moved.txt");
            }
            catch (IOException exception)
            {
                Console.WriteLine(
                    "taken " + (exception.ErrorCode == IOException.IOExceptionErrorCode.PathAlreadyExists));
            }

            Directory.CreateDirectory("I:\\logs");
            File.WriteAllText("I:\\logs\\a.txt", "a");
            Console.WriteLine(
                "listed " + Directory.GetFiles("I:\\logs").Length + " " + Directory.GetFiles("I:\\").Length);
            int written = 0;
            try
            {
                while (true)
                {
                    File.WriteAllBytes("I:\\fill" + written, new byte[16384]);
                    written++;
                }
            }
            catch (IOException)
            {
                Console.WriteLine("full after " + written);
            }
        }
    }
}
