extern alias nano;

using System;
using WhispurrNet.Virtual;

namespace nanoFramework.Hardware.Esp32
{
    /// <summary>Assigns pins to functions. Only the I2C buses exist here; other functions keep nothing.</summary>
    public class Configuration
    {
        private const int I2cType = 2;

        public static int GetFunctionPin(DeviceFunction function)
        {
            Gate.Check();
            return IsI2c(function) ? Gate.Board.Hardware.I2c.PinOf(Bus(function), Line(function)) : -1;
        }

        public static void SetPinFunction(int pin, DeviceFunction value)
        {
            Gate.Check();
            BoardHardware hardware = Gate.Board.Hardware;
            bool assigned = IsI2c(value)
                ? hardware.I2c.Assign(Bus(value), Line(value), pin)
                : hardware.Pins.Chip.Has(pin);
            if (!assigned)
            {
                throw new ArgumentException();
            }
        }

        // Type, bus (from 1) and line (from 0), a byte each.
        private static bool IsI2c(DeviceFunction function) => (int)function >> 16 == I2cType;

        private static int Bus(DeviceFunction function) => ((int)function >> 8) & 0xFF;

        private static int Line(DeviceFunction function) => (int)function & 0xFF;
    }
}
