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

        /// <summary>Leaves a file open and unflushed for ever; another one is flushed.</summary>
        public static void LeaveOpen()
        {
            using (FileStream open = new FileStream("I:\\open.bin", FileMode.Create))
            using (FileStream flushed = new FileStream("I:\\flushed.bin", FileMode.Create))
            {
                byte[] bytes = new byte[] { 1, 2, 3 };
                open.Write(bytes, 0, bytes.Length);
                flushed.Write(bytes, 0, bytes.Length);
                flushed.Flush();
                Console.WriteLine("written");
                Thread.Sleep(Timeout.Infinite);
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
