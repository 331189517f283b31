using System;
using System.Security.Cryptography;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Board.Platform
{
    /// <summary>
    /// HMAC-SHA256 of the firmware: about 30 interpreted instructions a call, where managed code takes thousands.
    /// </summary>
    internal sealed class NativeHmacSha256 : IHmacSha256
    {
        /// <inheritdoc/>
        public void Compute(byte[] key, byte[] data, int offset, int count, byte[] mac, int macOffset)
        {
            // HashData reads whole arrays only, so a part of a buffer has to be cut out first.
            byte[] source = data;
            if (offset != 0 || count != data.Length)
            {
                source = new byte[count];
                Array.Copy(data, offset, source, 0, count);
            }

            byte[] hash = HMACSHA256.HashData(key, source);
            Array.Copy(hash, 0, mac, macOffset, hash.Length);

            // What is hashed may be a secret, and so may be the result; neither is left behind in a copy.
            CryptoBytes.Wipe(hash);
            if (source != data)
            {
                CryptoBytes.Wipe(source);
            }
        }

        /// <summary>
        /// The native HMAC if this firmware has one and it agrees with the managed one, else the managed one.
        /// </summary>
        internal static IHmacSha256 Choose()
        {
            IHmacSha256 managed = new HmacSha256();
            try
            {
                IHmacSha256 native = new NativeHmacSha256();
                if (Agree(native, managed))
                {
                    return native;
                }

                SerialLog.Error("the native HMAC-SHA256 gives wrong results; managed code is used, which is slower");
            }
            catch (Exception exception)
            {
                SerialLog.Error("no native HMAC-SHA256, managed code is used, which is slower", exception);
            }

            return managed;
        }

        /// <summary>
        /// Compares both for keys below, at and above the block size, and for whole and partial arrays.
        /// </summary>
        private static bool Agree(IHmacSha256 native, IHmacSha256 managed)
        {
            const int MaxKeySize = 96;
            const int KeyStep = 32;
            byte[] data = new byte[100];
            for (int i = 0; i < data.Length; i++)
            {
                data[i] = (byte)(i * 7);
            }

            byte[] expected = new byte[32];
            byte[] actual = new byte[32];
            for (int keySize = KeyStep; keySize <= MaxKeySize; keySize += KeyStep)
            {
                byte[] key = new byte[keySize];
                Array.Copy(data, 1, key, 0, keySize);
                int offset = keySize / KeyStep - 1;
                int count = data.Length - (2 * offset);
                managed.Compute(key, data, offset, count, expected, 0);
                native.Compute(key, data, offset, count, actual, 0);
                if (!CryptoBytes.ConstantTimeEquals(expected, 0, actual, 0, expected.Length))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
