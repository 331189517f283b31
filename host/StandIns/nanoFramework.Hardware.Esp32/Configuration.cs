extern alias nano;

using System;
using WhispurrNet.Virtual;

namespace nanoFramework.Hardware.Esp32
{
    /// <summary>Assigns pins to functions. I2C buses and UARTs exist here; other functions keep nothing.</summary>
    public class Configuration
    {
        private const int I2cType = 2;
        private const int UartType = 3;

        public static int GetFunctionPin(DeviceFunction function)
        {
            Gate.Check();
            BoardHardware hardware = Gate.Board.Hardware;
            return Type(function) switch
            {
                I2cType => hardware.I2c.PinOf(Bus(function), Line(function)),
                UartType => hardware.Uarts.PinOf(Bus(function), Line(function)),
                _ => -1,
            };
        }

        public static void SetPinFunction(int pin, DeviceFunction value)
        {
            Gate.Check();
            BoardHardware hardware = Gate.Board.Hardware;
            bool assigned = Type(value) switch
            {
                I2cType => hardware.I2c.Assign(Bus(value), Line(value), pin),
                UartType => hardware.Pins.Chip.Has(pin) && hardware.Uarts.Assign(Bus(value), Line(value), pin),
                _ => hardware.Pins.Chip.Has(pin),
            };
            if (!assigned)
            {
                throw new ArgumentException();
            }
        }

        // Type, bus (from 1) and line (from 0), a byte each.
        private static int Type(DeviceFunction function) => (int)function >> 16;

        private static int Bus(DeviceFunction function) => ((int)function >> 8) & 0xFF;

        private static int Line(DeviceFunction function) => (int)function & 0xFF;
    }
}
