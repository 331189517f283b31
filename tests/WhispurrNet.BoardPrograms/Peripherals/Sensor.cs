using System;
using System.Device.Gpio;
using System.Device.I2c;
using nanoFramework.Hardware.Esp32;

namespace WhispurrNet.BoardPrograms
{
    /// <summary>Reads a thermometer with a register for its temperature, right and wrong.</summary>
    public static class Sensor
    {
        /// <summary>Hundredths of a degree from register 0, most significant byte first.</summary>
        public static string Read(int bus, int address)
        {
            I2cDevice sensor = I2cDevice.Create(new I2cConnectionSettings(bus, address));
            byte[] received = new byte[2];
            I2cTransferResult result = sensor.WriteRead(new byte[] { 0 }, received);
            return (int)result.Status + " " + result.BytesTransferred + " " + ((received[0] << 8) | received[1]);
        }

        /// <summary>Byte by byte, without a look at any result.</summary>
        public static int ReadBlindly(int bus, int address)
        {
            I2cDevice sensor = I2cDevice.Create(new I2cConnectionSettings(bus, address));
            sensor.WriteByte(7);
            return sensor.ReadByte();
        }

        /// <summary>Takes the clock line for a lamp first.</summary>
        public static void ShareItsPin(int clock)
        {
            new GpioController().OpenPin(clock, PinMode.Output);
            I2cDevice.Create(new I2cConnectionSettings(1, 0x48));
        }

        /// <summary>Moves bus 1 to other pins; returns them.</summary>
        public static string Assign(int data, int clock)
        {
            Configuration.SetPinFunction(data, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(clock, DeviceFunction.I2C1_CLOCK);
            return Configuration.GetFunctionPin(DeviceFunction.I2C1_DATA) + " "
                + Configuration.GetFunctionPin(DeviceFunction.I2C1_CLOCK);
        }
    }
}
