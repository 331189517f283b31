namespace WhispurrNet.Virtual;

/// <summary>
/// A Bluetooth device that is no board and only advertises, not connectable: what else is on the air around boards.
/// </summary>
public sealed class Beacon : IDisposable
{
    private readonly Ether _ether;
    private readonly BluetoothRadio _radio;

    /// <summary>Puts it on the ether and lets it advertise.</summary>
    /// <param name="ether">The medium.</param>
    /// <param name="name">Name on the ether, unique.</param>
    /// <param name="address">Its address, 48 bits, unique.</param>
    /// <param name="advertisement">AD structures, at most 31 bytes.</param>
    public Beacon(Ether ether, string name, ulong address, byte[] advertisement)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            advertisement.Length, BluetoothLimits.AdvertisementBytes, nameof(advertisement));
        _ether = ether;
        _radio = new BluetoothRadio(ether, name, address);
        _radio.PowerOnAsBeacon();
        _radio.StartAdvertising(advertisement, [], connectable: false);
    }

    /// <summary>Name on the ether.</summary>
    public string Name => _radio.Name;

    /// <summary>Its address.</summary>
    public ulong Address => _radio.Address;

    /// <summary>Is heard again by scanners that no longer know it.</summary>
    public void Repeat()
    {
        lock (_ether.Sync)
        {
            _radio.Server.AnnounceAdvertising();
        }
    }

    /// <summary>Takes it from the ether.</summary>
    public void Dispose()
    {
        _radio.PowerOff();
        _ether.Remove(_radio);
    }
}
