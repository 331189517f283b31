using WhispurrNet.Virtual;

namespace System
{
    /// <summary>The device's Random is <c>esp_random</c>: the seed is ignored (facts 5).</summary>
    public class Random
    {
        public Random()
        {
        }

        public Random(int seed)
        {
        }

        public virtual int Next() => (int)(Draw() & 0x7FFFFFFFu);

        public virtual int Next(int maxValue)
        {
            if (maxValue <= 0)
            {
                throw new ArgumentOutOfRangeException();
            }

            // Modulo, with its bias, as on the device.
            return Next() % maxValue;
        }

        public virtual void NextBytes(byte[] buffer)
        {
            Gate.Check();
            Gate.Board.Hardware.Random.Fill(buffer);
        }

        public virtual double NextDouble() => Draw() / (double)0xFFFFFFFFu;

        private static uint Draw()
        {
            Gate.Check();
            return Gate.Board.Hardware.Random.NextUInt32();
        }
    }
}
