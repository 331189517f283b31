using System.IO;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Board.Platform
{
    /// <summary>
    /// Small text files that survive a power loss at any moment: there is always the old content or the new one, whole.
    /// <code>
    /// write NAME.new, closed by its seal    from here on the new content counts, wherever the power goes
    /// delete NAME
    /// rename NAME.new to NAME               a name that is taken cannot be renamed to, hence the step before
    /// </code>
    /// What a cut left half done is finished, or cleaned up, by the next reading. A flushed file is not on the drive
    /// yet; a closed one is.
    /// </summary>
    internal static class SafeFile
    {
        private const string NewSuffix = ".new";

        /// <summary>Reads a file.</summary>
        /// <param name="path">Its name.</param>
        /// <param name="sizeMax">Most bytes it may have.</param>
        /// <returns>The content, seal included if it has one, or null if there is no file.</returns>
        /// <exception cref="IOException">The drive does not answer, or the file is larger.</exception>
        internal static byte[] Read(string path, int sizeMax)
        {
            byte[] pending = ReadPending(path, sizeMax);
            if (pending == null)
            {
                return ReadIfThere(path, sizeMax);
            }

            try
            {
                Replace(path);
            }
            catch (IOException exception)
            {
                // The new content counts nevertheless; the next reading tries again.
                SerialLog.Error("an interrupted writing of " + path + " cannot be finished", exception);
            }

            return pending;
        }

        /// <summary>Writes a file. When this returns, the new content is on the drive.</summary>
        /// <param name="path">Its name.</param>
        /// <param name="text">Its content without a seal, ending with a line end.</param>
        /// <exception cref="IOException">
        /// The drive is full or broken; the old content still counts.
        /// </exception>
        internal static void Write(string path, byte[] text)
        {
            string newPath = path + NewSuffix;
            byte[] all = FileSeal.Add(text);

            // What an earlier writing left may be all there is.
            if (ReadPending(path, int.MaxValue) != null)
            {
                Replace(path);
            }

            try
            {
                File.WriteAllBytes(newPath, all);
                CryptoBytes.Wipe(all);

                // Read back before the old file goes: a drive that loses what it was given must not cost both.
                all = File.ReadAllBytes(newPath);
                if (!FileSeal.IsWhole(all))
                {
                    throw new IOException("the drive did not keep what was written");
                }
            }
            catch (IOException)
            {
                DeleteQuietly(newPath);
                throw;
            }
            finally
            {
                CryptoBytes.Wipe(all);
            }

            Replace(path);
        }

        private static void Replace(string path)
        {
            File.Delete(path);
            File.Move(path + NewSuffix, path);
        }

        /// <summary>The content of an interrupted writing if it is whole; if it is not, it is deleted.</summary>
        private static byte[] ReadPending(string path, int sizeMax)
        {
            string newPath = path + NewSuffix;
            try
            {
                byte[] content = ReadIfThere(newPath, sizeMax);
                if (content == null || FileSeal.IsWhole(content))
                {
                    return content;
                }
            }
            catch (IOException exception)
            {
                SerialLog.Error(newPath + " cannot be read and is ignored", exception);
            }

            DeleteQuietly(newPath);
            return null;
        }

        private static byte[] ReadIfThere(string path, int sizeMax)
        {
            if (!File.Exists(path))
            {
                return null;
            }

            using (FileStream file = new FileStream(path, FileMode.Open, FileAccess.Read))
            {
                if (file.Length > sizeMax)
                {
                    throw new IOException("above " + sizeMax.ToString() + " bytes");
                }

                byte[] content = new byte[(int)file.Length];
                int count = 0;
                while (count < content.Length)
                {
                    int read = file.Read(content, count, content.Length - count);
                    if (read <= 0)
                    {
                        throw new IOException("shorter than it says");
                    }

                    count += read;
                }

                return content;
            }
        }

        private static void DeleteQuietly(string path)
        {
            try
            {
                File.Delete(path);
            }
            catch (IOException)
            {
                // It is not whole, so the next reading ignores it and tries again to delete it.
            }
        }
    }
}
