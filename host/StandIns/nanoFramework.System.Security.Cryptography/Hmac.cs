extern alias nano;

using System;
using WhispurrNet.Virtual;

namespace System.Security.Cryptography
{
    public class HMACSHA256 : IDisposable
    {
        public HMACSHA256() => Key = Hmac.RandomKey(32);

        public HMACSHA256(byte[] key) => Key = key ?? throw new ArgumentNullException();

        public byte[] Hash { get; private set; }

        public byte[] Key { get; set; }

        public static byte[] HashData(byte[] key, byte[] source)
        {
            Gate.Check();
            return BoardCrypto.HmacSha256(key, source);
        }

        public byte[] ComputeHash(byte[] buffer) => Hash = HashData(Key, buffer);

        public void Dispose() => Dispose(true);

        protected void Dispose(bool disposing) => Key = null;
    }

    public class HMACSHA512 : IDisposable
    {
        public HMACSHA512() => Key = Hmac.RandomKey(64);

        public HMACSHA512(byte[] key) => Key = key ?? throw new ArgumentNullException();

        public byte[] Hash { get; private set; }

        public byte[] Key { get; set; }

        public static byte[] HashData(byte[] key, byte[] source)
        {
            Gate.Check();
            return BoardCrypto.HmacSha512(key, source);
        }

        public byte[] ComputeHash(byte[] buffer) => Hash = HashData(Key, buffer);

        public void Dispose() => Dispose(true);

        protected void Dispose(bool disposing) => Key = null;
    }

    internal static class Hmac
    {
        public static byte[] RandomKey(int length)
        {
            var key = new byte[length];
            new nano::System.Random().NextBytes(key);
            return key;
        }
    }
}
