extern alias nano;

using nano::System;
using WhispurrNet.Virtual;

namespace System.Device.I2c
{
    public enum I2cBusSpeed
    {
        StandardMode = 0,
        FastMode = 1,
        FastModePlus = 2,
    }

    public enum I2cTransferStatus
    {
        UnknownError = 0,
        FullTransfer = 1,
        ClockStretchTimeout = 2,
        PartialTransfer = 3,
        SlaveAddressNotAcknowledged = 4,
    }

    public sealed class I2cConnectionSettings
    {
        public I2cConnectionSettings(int busId, int deviceAddress)
            : this(busId, deviceAddress, I2cBusSpeed.FastMode)
        {
        }

        public I2cConnectionSettings(int busId, int deviceAddress, I2cBusSpeed busSpeed)
        {
            BusId = busId;
            DeviceAddress = deviceAddress;
            BusSpeed = busSpeed;
        }

        public int BusId { get; }

        public I2cBusSpeed BusSpeed { get; }

        public int DeviceAddress { get; }
    }

    public struct I2cTransferResult
    {
        internal I2cTransferResult(I2cTransferStatus status, uint bytes)
        {
            Status = status;
            BytesTransferred = bytes;
        }

        public uint BytesTransferred { get; }

        public I2cTransferStatus Status { get; }
    }

    /// <summary>
    /// A device on a bus. Buses count from 1 and need two free pins; nobody at the address shows only in the result of a
    /// transfer, and <see cref="ReadByte"/> has none: it returns what was there before.
    /// </summary>
    public class I2cDevice : IDisposable
    {
        private readonly byte[] _one = new byte[1];

        public I2cDevice(I2cConnectionSettings settings)
        {
            Gate.Check();
            BoardI2c i2c = Gate.Board.Hardware.I2c;
            ConnectionSettings = settings;
            if (!i2c.HasBus(settings.BusId))
            {
                throw new ArgumentException();
            }

            if (!i2c.IsUsable(settings.BusId))
            {
                throw new Exception();
            }
        }

        public I2cConnectionSettings ConnectionSettings { get; }

        public static I2cDevice Create(I2cConnectionSettings settings) => new I2cDevice(settings);

        public void Dispose()
        {
        }

        public I2cTransferResult Read(SpanByte buffer) => Transfer(SpanByte.Empty, buffer);

        public byte ReadByte()
        {
            Transfer(SpanByte.Empty, _one);
            return _one[0];
        }

        public I2cTransferResult Write(SpanByte buffer) => Transfer(buffer, SpanByte.Empty);

        public I2cTransferResult WriteByte(byte value)
        {
            _one[0] = value;
            return Transfer(_one, SpanByte.Empty);
        }

        public I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer) =>
            Transfer(writeBuffer, readBuffer);

        private I2cTransferResult Transfer(SpanByte write, SpanByte read)
        {
            Gate.Check();
            var received = new byte[read.Length];
            I2cOutcome outcome = Gate.Board.Hardware.I2c.Transfer(
                ConnectionSettings.BusId, ConnectionSettings.DeviceAddress, write.ToArray(), received);
            if (outcome != I2cOutcome.FullTransfer)
            {
                return new I2cTransferResult((I2cTransferStatus)outcome, 0);
            }

            new SpanByte(received).CopyTo(read);
            return new I2cTransferResult(I2cTransferStatus.FullTransfer, (uint)(write.Length + read.Length));
        }
    }
}
