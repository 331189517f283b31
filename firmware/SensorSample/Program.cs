using System.Device.I2c;
using System.Threading;
using WhispurrNet.Board;

namespace SensorSample
{
    /// <summary>
    /// Whispers the temperature of an LM75 or TMP102 (I2C bus 1, address 0x48) again and again. Settings come from
    /// I:\whispurr.cfg; the key "every" there changes the period, by default 60 seconds.
    /// </summary>
    public class Program
    {
        /// <summary>Starts the board and then reads and whispers for ever.</summary>
        public static void Main()
        {
            BoardSettings settings = BoardSettings.Load("every");
            WhispurrBoard board = new WhispurrBoard(settings);
            board.Start();

            // Register 0: sixteen bits, most significant byte first, in 1/256 degree Celsius.
            I2cDevice sensor = I2cDevice.Create(new I2cConnectionSettings(1, 0x48));
            byte[] reading = new byte[2];
            while (true)
            {
                if (sensor.WriteRead(new byte[] { 0 }, reading).Status == I2cTransferStatus.FullTransfer)
                {
                    int milliCelsius = (short)((reading[0] << 8) | reading[1]) * 1000 / 256;
                    board.Whisper("room_climate", "{\"milli_celsius\":" + milliCelsius + "}");
                }

                Thread.Sleep(settings.GetNumber("every", 60) * 1000);
            }
        }
    }
}
