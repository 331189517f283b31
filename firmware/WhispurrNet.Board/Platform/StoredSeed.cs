using System;
using System.IO;
using System.Text;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Board.Platform
{
    /// <summary>
    /// 32 bytes that go from each start of the board to the next and join its randomness, for the case that the
    /// generator is weaker than it looks. They are replaced before anything is made of them, and never the only source:
    /// without fresh draws the board makes no keys. Nothing about an identity can be computed from the file, nor the
    /// other way round, since each start derives both from a pool that it then forgets.
    /// </summary>
    internal static class StoredSeed
    {
        /// <summary>Where they are.</summary>
        internal const string Path = "I:\\whispurr.rnd";

        private const int FileSizeMax = 128;

        /// <summary>What the last start left, in whatever form; empty if there is nothing, or the drive fails.</summary>
        internal static byte[] Read()
        {
            try
            {
                byte[] seed = SafeFile.Read(Path, FileSizeMax);
                return seed == null ? new byte[0] : seed;
            }
            catch (IOException exception)
            {
                SerialLog.Error("the stored seed cannot be read", exception);
                return new byte[0];
            }
        }

        /// <summary>Leaves a seed for the next start.</summary>
        /// <param name="seed">32 bytes.</param>
        internal static void Write(byte[] seed)
        {
            byte[] text = Encoding.UTF8.GetBytes(Hex.ToText(seed, 0, seed.Length) + "\n");
            try
            {
                SafeFile.Write(Path, text);
            }
            catch (IOException exception)
            {
                SerialLog.Error("no seed can be stored for the next start", exception);
            }

            CryptoBytes.Wipe(text);
        }
    }
}
