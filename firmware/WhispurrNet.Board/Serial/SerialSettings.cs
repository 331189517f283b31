namespace WhispurrNet.Board.Serial
{
    /// <summary>Where a serial line is, read from a text such as <c>COM2 921600 16 17</c>.</summary>
    internal sealed class SerialSettings
    {
        /// <summary>The pin that is left as the chip has it.</summary>
        internal const int DefaultPin = -1;

        /// <summary>Bits a second without a number in the text.</summary>
        internal const int DefaultBaudRate = 921600;

        private const int PortMax = 5;
        private const int BaudRateMin = 9600;
        private const int BaudRateMax = 3000000;
        private const int PinMax = 48;

        /// <summary>Number of the port, 1 to 5: COM1 is UART0 of the chip.</summary>
        internal int PortNumber;

        /// <summary>Bits a second.</summary>
        internal int BaudRate = DefaultBaudRate;

        /// <summary>GPIO of the receiver, or <see cref="DefaultPin"/>.</summary>
        internal int ReceivePin = DefaultPin;

        /// <summary>GPIO of the transmitter, or <see cref="DefaultPin"/>.</summary>
        internal int TransmitPin = DefaultPin;

        private SerialSettings()
        {
        }

        /// <summary>The port's name.</summary>
        internal string PortName
        {
            get { return "COM" + PortNumber.ToString(); }
        }

        /// <summary>Reads a text: port, then baud rate, then both pins; null if it is none.</summary>
        internal static SerialSettings Parse(string text)
        {
            string[] parts = text.Split(' ');
            SerialSettings settings = new SerialSettings();
            if (parts.Length == 3 || parts.Length > 4 || parts[0].Length != 4 || !parts[0].StartsWith("COM"))
            {
                return null;
            }

            bool valid = Read(parts[0].Substring(3), 1, PortMax, ref settings.PortNumber)
                && (parts.Length < 2 || Read(parts[1], BaudRateMin, BaudRateMax, ref settings.BaudRate))
                && (parts.Length < 4 || (Read(parts[2], 0, PinMax, ref settings.ReceivePin)
                    && Read(parts[3], 0, PinMax, ref settings.TransmitPin)
                    && settings.ReceivePin != settings.TransmitPin));
            return valid ? settings : null;
        }

        private static bool Read(string text, int min, int max, ref int value)
        {
            int number;
            bool valid = int.TryParse(text, out number) && number >= min && number <= max;
            if (valid)
            {
                value = number;
            }

            return valid;
        }
    }
}
