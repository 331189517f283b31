namespace WhispurrNet.Virtual;

/// <summary>A service of a board's attribute table.</summary>
public sealed record GattServiceDefinition(Guid Uuid, IReadOnlyList<GattCharacteristicDefinition> Characteristics);

/// <summary>A characteristic of a board's attribute table.</summary>
/// <param name="Uuid">128-bit UUID.</param>
/// <param name="Properties">GATT characteristic properties, Core specification Vol 3 Part G 3.3.1.1.</param>
/// <param name="Id">The managed library's number; events carry its low 8 bits.</param>
/// <param name="Descriptors">Descriptors beside the client configuration, which is added by itself.</param>
public sealed record GattCharacteristicDefinition(
    Guid Uuid, uint Properties, ushort Id, IReadOnlyList<GattDescriptorDefinition> Descriptors)
{
    /// <summary>Whether only a paired central may read it.</summary>
    public bool ReadNeedsPairing { get; init; }

    /// <summary>Whether only a paired central may write it.</summary>
    public bool WriteNeedsPairing { get; init; }
}

/// <summary>A descriptor of a board's attribute table; the id's high byte names it in events.</summary>
public sealed record GattDescriptorDefinition(Guid Uuid, ushort Id);

/// <summary>What discovery found.</summary>
/// <param name="Handle">Attribute handle; of the value for a characteristic.</param>
/// <param name="EndHandle">Last handle of a service, else 0.</param>
/// <param name="Uuid">128-bit UUID.</param>
/// <param name="Properties">Properties of a characteristic, else 0.</param>
public sealed record DiscoveredAttribute(ushort Handle, ushort EndHandle, Guid Uuid, uint Properties);

/// <summary>One received advertisement or scan response.</summary>
/// <param name="Address">Sender, 48 bits.</param>
/// <param name="AdvertisementType">0 connectable, 3 not connectable, 4 scan response.</param>
/// <param name="Rssi">Signal strength in dBm.</param>
/// <param name="Data">AD structures, at most 31 bytes.</param>
public sealed record ScanReport(ulong Address, int AdvertisementType, short Rssi, byte[] Data);
