namespace WhispurrNet.Virtual.Remote;

/// <summary>The types that cross the line, each behind a tag.</summary>
internal static class WireValues
{
    private enum Tag : byte
    {
        Null,
        Boolean,
        Byte,
        UInt16,
        Int32,
        Int64,
        UInt64,
        Double,
        Text,
        Bytes,
        Id,
        Attribute,
        Report,
        Services,
    }

    public static void Write(BinaryWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.Write((byte)Tag.Null);
                break;
            case bool flag:
                writer.Write((byte)Tag.Boolean);
                writer.Write(flag);
                break;
            case byte number:
                writer.Write((byte)Tag.Byte);
                writer.Write(number);
                break;
            case ushort number:
                writer.Write((byte)Tag.UInt16);
                writer.Write(number);
                break;
            case int number:
                writer.Write((byte)Tag.Int32);
                writer.Write(number);
                break;
            case long number:
                writer.Write((byte)Tag.Int64);
                writer.Write(number);
                break;
            case ulong number:
                writer.Write((byte)Tag.UInt64);
                writer.Write(number);
                break;
            case double number:
                writer.Write((byte)Tag.Double);
                writer.Write(number);
                break;
            case string text:
                writer.Write((byte)Tag.Text);
                writer.Write(text);
                break;
            case byte[] bytes:
                writer.Write((byte)Tag.Bytes);
                Write(writer, bytes);
                break;
            case Guid id:
                writer.Write((byte)Tag.Id);
                writer.Write(id.ToByteArray());
                break;
            case DiscoveredAttribute found:
                writer.Write((byte)Tag.Attribute);
                writer.Write(found.Handle);
                writer.Write(found.EndHandle);
                writer.Write(found.Uuid.ToByteArray());
                writer.Write(found.Properties);
                break;
            case ScanReport report:
                writer.Write((byte)Tag.Report);
                writer.Write(report.Address);
                writer.Write(report.AdvertisementType);
                writer.Write(report.Rssi);
                Write(writer, report.Data);
                break;
            case IReadOnlyList<GattServiceDefinition> services:
                writer.Write((byte)Tag.Services);
                Write(writer, services);
                break;
            default:
                throw new ArgumentException($"A {value.GetType()} does not cross the line.", nameof(value));
        }
    }

    /// <exception cref="IOException">No such tag.</exception>
    public static object? Read(BinaryReader reader) => (Tag)reader.ReadByte() switch
    {
        Tag.Null => null,
        Tag.Boolean => reader.ReadBoolean(),
        Tag.Byte => reader.ReadByte(),
        Tag.UInt16 => reader.ReadUInt16(),
        Tag.Int32 => reader.ReadInt32(),
        Tag.Int64 => reader.ReadInt64(),
        Tag.UInt64 => reader.ReadUInt64(),
        Tag.Double => reader.ReadDouble(),
        Tag.Text => reader.ReadString(),
        Tag.Bytes => ReadBytes(reader),
        Tag.Id => ReadId(reader),
        Tag.Attribute => new DiscoveredAttribute(
            reader.ReadUInt16(), reader.ReadUInt16(), ReadId(reader), reader.ReadUInt32()),
        Tag.Report => new ScanReport(reader.ReadUInt64(), reader.ReadInt32(), reader.ReadInt16(), ReadBytes(reader)),
        Tag.Services => ReadServices(reader),
        _ => throw new IOException("A value of no known type."),
    };

    private static void Write(BinaryWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] ReadBytes(BinaryReader reader) => reader.ReadBytes(reader.ReadInt32());

    private static Guid ReadId(BinaryReader reader) => new(reader.ReadBytes(16));

    private static void Write(BinaryWriter writer, IReadOnlyList<GattServiceDefinition> services)
    {
        writer.Write(services.Count);
        foreach (GattServiceDefinition service in services)
        {
            writer.Write(service.Uuid.ToByteArray());
            writer.Write(service.Characteristics.Count);
            foreach (GattCharacteristicDefinition characteristic in service.Characteristics)
            {
                writer.Write(characteristic.Uuid.ToByteArray());
                writer.Write(characteristic.Properties);
                writer.Write(characteristic.Id);
                writer.Write(characteristic.ReadNeedsPairing);
                writer.Write(characteristic.WriteNeedsPairing);
                writer.Write(characteristic.Descriptors.Count);
                foreach (GattDescriptorDefinition descriptor in characteristic.Descriptors)
                {
                    writer.Write(descriptor.Uuid.ToByteArray());
                    writer.Write(descriptor.Id);
                }
            }
        }
    }

    private static GattServiceDefinition[] ReadServices(BinaryReader reader) => Many(reader, () =>
        new GattServiceDefinition(ReadId(reader), Many(reader, () => ReadCharacteristic(reader))));

    private static GattCharacteristicDefinition ReadCharacteristic(BinaryReader reader)
    {
        Guid uuid = ReadId(reader);
        uint properties = reader.ReadUInt32();
        ushort id = reader.ReadUInt16();
        bool read = reader.ReadBoolean();
        bool write = reader.ReadBoolean();
        GattDescriptorDefinition[] descriptors = Many(
            reader, () => new GattDescriptorDefinition(ReadId(reader), reader.ReadUInt16()));
        return new GattCharacteristicDefinition(uuid, properties, id, descriptors)
        {
            ReadNeedsPairing = read,
            WriteNeedsPairing = write,
        };
    }

    private static T[] Many<T>(BinaryReader reader, Func<T> read)
    {
        int count = reader.ReadInt32();
        var many = new List<T>();
        for (int i = 0; i < count; i++)
        {
            many.Add(read());
        }

        return [.. many];
    }
}
