namespace WhispurrNet.Virtual;

/// <summary>
/// A server's attributes with their handles, in the order NimBLE registers them: Generic Access, Generic Attribute,
/// then the program's services. Handles count from 1; a characteristic takes one for its declaration, one for its
/// value, and one each for the client configuration and its own descriptors.
/// </summary>
internal sealed class AttributeTable
{
    public const ushort ClientConfigurationUuid = 0x2902;
    private const uint NotifyOrIndicate = 0x10 | 0x20;

    private readonly Dictionary<ushort, AttributeEntry> _byHandle = [];

    public AttributeTable(IEnumerable<GattServiceDefinition> services)
    {
        ushort handle = 1;
        IEnumerable<GattServiceDefinition> builtIn =
        [
            new(ShortUuid(0x1800), [new(ShortUuid(0x2A00), 0x02, 0, []), new(ShortUuid(0x2A01), 0x02, 0, [])]),
            new(ShortUuid(0x1801), [new(ShortUuid(0x2A05), 0x20, 0, [])]),
        ];
        foreach (GattServiceDefinition service in builtIn.Concat(services))
        {
            ushort start = handle++;
            var entries = new List<AttributeEntry>();
            foreach (GattCharacteristicDefinition characteristic in service.Characteristics)
            {
                handle++;
                AttributeEntry value = Add(
                    new AttributeEntry(handle++, characteristic.Uuid, characteristic, 0, AttributeKind.Value));
                entries.Add(value);
                if ((characteristic.Properties & NotifyOrIndicate) != 0)
                {
                    value.Descriptors.Add(Add(new AttributeEntry(
                        handle++,
                        ShortUuid(ClientConfigurationUuid),
                        characteristic,
                        0,
                        AttributeKind.ClientConfiguration) { ValueHandle = value.Handle }));
                }

                foreach (GattDescriptorDefinition descriptor in characteristic.Descriptors)
                {
                    value.Descriptors.Add(Add(new AttributeEntry(
                        handle++,
                        descriptor.Uuid,
                        characteristic,
                        descriptor.Id,
                        AttributeKind.Descriptor) { ValueHandle = value.Handle }));
                }
            }

            Services.Add((new DiscoveredAttribute(start, (ushort)(handle - 1), service.Uuid, 0), entries));
        }
    }

    public List<(DiscoveredAttribute Service, List<AttributeEntry> Values)> Services { get; } = [];

    public AttributeEntry? Find(ushort handle) => _byHandle.GetValueOrDefault(handle);

    public AttributeEntry? FindValue(ushort characteristicId) =>
        _byHandle.Values.FirstOrDefault(
            entry => entry.Kind == AttributeKind.Value && entry.Characteristic.Id == characteristicId);

    /// <summary>The 128-bit form of a 16-bit UUID (Core specification Vol 3 Part B 2.5.1).</summary>
    public static Guid ShortUuid(ushort value) => new(value, 0, 0x1000, 0x80, 0x00, 0x00, 0x80, 0x5F, 0x9B, 0x34, 0xFB);

    private AttributeEntry Add(AttributeEntry entry)
    {
        _byHandle.Add(entry.Handle, entry);
        return entry;
    }
}

/// <summary>What an attribute is.</summary>
internal enum AttributeKind
{
    Value,
    ClientConfiguration,
    Descriptor,
}

/// <summary>One attribute that can be read or written.</summary>
internal sealed record AttributeEntry(
    ushort Handle, Guid Uuid, GattCharacteristicDefinition Characteristic, ushort DescriptorId, AttributeKind Kind)
{
    /// <summary>Handle of the value a descriptor belongs to.</summary>
    public ushort ValueHandle { get; init; }

    public List<AttributeEntry> Descriptors { get; } = [];
}
