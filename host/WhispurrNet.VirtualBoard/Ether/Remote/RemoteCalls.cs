namespace WhispurrNet.Virtual.Remote;

/// <summary>Carries out a call of a board in another process on its radio here.</summary>
internal static class RemoteCalls
{
    /// <exception cref="IOException">There is no such method.</exception>
    public static object? Carry(WireMethod method, BluetoothRadio radio, ReadOnlySpan<object?> a)
    {
        switch (method)
        {
            case WireMethod.InitializeServices:
                return radio.InitializeServices((IReadOnlyList<GattServiceDefinition>)a[0]!);
            case WireMethod.DisposeServices:
                radio.DisposeServices();
                return null;
            case WireMethod.StartAdvertising:
                return radio.StartAdvertising((byte[])a[0]!, (byte[])a[1]!, (bool)a[2]!);
            case WireMethod.StopAdvertising:
                radio.StopAdvertising();
                return null;
            case WireMethod.GetWriteData:
                return radio.GetWriteData((ushort)a[0]!);
            case WireMethod.RespondToWrite:
                radio.RespondToWrite((ushort)a[0]!, (byte)a[1]!);
                return null;
            case WireMethod.RespondToRead:
                radio.RespondToRead((ushort)a[0]!, (byte[])a[1]!, (byte)a[2]!);
                return null;
            case WireMethod.Notify:
                return radio.Notify((ushort)a[0]!, (ushort)a[1]!, (byte[])a[2]!);
            case WireMethod.StartScan:
                radio.StartScan((bool)a[0]!);
                return null;
            case WireMethod.StopScan:
                radio.StopScan();
                return null;
            case WireMethod.TakeReport:
                return radio.TakeReport((ushort)a[0]!);
            default:
                return CarryClient(method, radio, a);
        }
    }

    private static object? CarryClient(WireMethod method, BluetoothRadio radio, ReadOnlySpan<object?> a)
    {
        switch (method)
        {
            case WireMethod.Connect:
                return radio.Connect((ulong)a[0]!, (int)a[1]!, (ushort)a[2]!);
            case WireMethod.Disconnect:
                radio.Disconnect((ushort)a[0]!);
                return null;
            case WireMethod.Release:
                radio.Release((ushort)a[0]!);
                return null;
            case WireMethod.DiscoverServices:
                return radio.DiscoverServices((ushort)a[0]!);
            case WireMethod.DiscoverCharacteristics:
                return radio.DiscoverCharacteristics((ushort)a[0]!, (ushort)a[1]!, (ushort)a[2]!, (ushort)a[3]!);
            case WireMethod.DiscoverDescriptors:
                return radio.DiscoverDescriptors((ushort)a[0]!, (ushort)a[1]!, (ushort)a[2]!);
            case WireMethod.StartRead:
                return radio.StartRead((ushort)a[0]!, (ushort)a[1]!);
            case WireMethod.StartWrite:
                return radio.StartWrite((ushort)a[0]!, (ushort)a[1]!, (bool)a[2]!, (byte[])a[3]!);
            default:
                throw new IOException("A call of no known method.");
        }
    }
}
