using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Soak
{
    /// <summary>
    /// In the place of HMAC-SHA256, which is native on a board and would here be nine tenths of the time: a keyed mix of
    /// 64-bit words. It tells keys and messages apart and protects nothing.
    /// </summary>
    public sealed class QuickMac : IHmacSha256
    {
        private const ulong Prime = 0x100000001B3;

        /// <summary>Mixes key and message into 32 bytes.</summary>
        public void Compute(byte[] key, byte[] data, int offset, int count, byte[] mac, int macOffset)
        {
            ulong state = 0xCBF29CE484222325;
            for (int i = 0; i < key.Length; i++)
            {
                state = (state ^ key[i]) * Prime;
            }

            for (int i = offset; i < offset + count; i++)
            {
                state = (state ^ data[i]) * Prime;
            }

            for (int i = 0; i < 32; i++)
            {
                state = ((state ^ (state >> 29)) + 0x9E3779B97F4A7C15) * Prime;
                mac[macOffset + i] = (byte)((state >> 32) & 0xFF);
            }
        }
    }
}
