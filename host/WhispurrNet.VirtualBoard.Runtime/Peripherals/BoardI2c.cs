namespace WhispurrNet.Virtual;

/// <summary>Something on an I2C bus of a virtual board, as its data sheet describes it.</summary>
public interface IVirtualI2cDevice
{
    /// <summary>The board wrote to it: everything between start and stop or repeated start.</summary>
    void Written(ReadOnlySpan<byte> data);

    /// <summary>The board reads; the whole buffer is to be filled.</summary>
    void Read(Span<byte> buffer);
}

/// <summary>How a transfer ended; the numbers of the device's <c>I2cTransferStatus</c>.</summary>
public enum I2cOutcome
{
    /// <summary>Everything went over.</summary>
    FullTransfer = 1,

    /// <summary>Nobody has that address.</summary>
    NotAcknowledged = 4,
}

/// <summary>
/// The I2C buses of a board, numbered from 1: the host puts devices on them, the device's I2C library talks to them.
/// </summary>
public sealed class BoardI2c
{
    private readonly object _lock = new();
    private readonly Dictionary<(int Bus, int Address), IVirtualI2cDevice> _devices = [];
    private readonly (int Data, int Clock)[] _pins;
    private readonly BoardPins _gpio;

    /// <summary>Makes the buses of a chip, with nobody on them.</summary>
    public BoardI2c(BoardPins pins)
    {
        _gpio = pins;
        _pins = [.. pins.Chip.I2c];
    }

    /// <summary>Puts a device on a bus.</summary>
    /// <param name="bus">Number of the bus, from 1.</param>
    /// <param name="address">Seven bits.</param>
    /// <param name="device">The device.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such bus on this chip, or no such address.</exception>
    /// <exception cref="ArgumentException">Somebody has that address.</exception>
    public void Connect(int bus, int address, IVirtualI2cDevice device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bus, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bus, _pins.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(address);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address, 0x7F);
        lock (_lock)
        {
            if (!_devices.TryAdd((bus, address), device))
            {
                throw new ArgumentException($"Address 0x{address:X2} of bus {bus} is taken.", nameof(address));
            }
        }
    }

    /// <summary>Takes a device off; nothing happens if there is none.</summary>
    public void Disconnect(int bus, int address)
    {
        lock (_lock)
        {
            _devices.Remove((bus, address));
        }
    }

    /// <summary>Starts a power cycle: the buses are on the chip's default pins.</summary>
    public void PowerOn()
    {
        lock (_lock)
        {
            for (int i = 0; i < _pins.Length; i++)
            {
                _pins[i] = _gpio.Chip.I2c[i];
            }
        }
    }

    /// <summary>Whether the chip has the bus.</summary>
    public bool HasBus(int bus) => bus >= 1 && bus <= _pins.Length;

    /// <summary>The pin of a line (0 data, 1 clock), or -1 if none is assigned.</summary>
    public int PinOf(int bus, int line)
    {
        lock (_lock)
        {
            return !HasBus(bus) ? -1 : line == 0 ? _pins[bus - 1].Data : _pins[bus - 1].Clock;
        }
    }

    /// <summary>Assigns a pin to a line (0 data, 1 clock); false if it cannot drive or there is no such bus.</summary>
    public bool Assign(int bus, int line, int pin)
    {
        lock (_lock)
        {
            if (!HasBus(bus) || !_gpio.Chip.CanDrive(pin))
            {
                return false;
            }

            ref (int Data, int Clock) pins = ref _pins[bus - 1];
            pins = line == 0 ? (pin, pins.Clock) : (pins.Data, pin);
            return true;
        }
    }

    /// <summary>Whether both lines have pins that no program uses otherwise.</summary>
    public bool IsUsable(int bus) => !_gpio.IsBusy(PinOf(bus, 0)) && !_gpio.IsBusy(PinOf(bus, 1));

    /// <summary>One transfer: a write, a read, or a write and a repeated start with a read.</summary>
    public I2cOutcome Transfer(int bus, int address, byte[] write, byte[] read)
    {
        IVirtualI2cDevice? device;
        lock (_lock)
        {
            _devices.TryGetValue((bus, address), out device);
        }

        if (device is null)
        {
            return I2cOutcome.NotAcknowledged;
        }

        if (write.Length > 0)
        {
            device.Written(write);
        }

        if (read.Length > 0)
        {
            device.Read(read);
        }

        return I2cOutcome.FullTransfer;
    }
}
