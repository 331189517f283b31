using WhispurrNet.WireProtocol;

namespace WhispurrNet.WireFuzz;

/// <summary>One input of the decoder: text that loves markers, and packets, in any mix; at will damaged.</summary>
/// <remarks>Made in place again and again, so that millions cost no memory.</remarks>
internal sealed class MixedInput
{
    private const int MaxParts = 6;
    private const int MaxText = 40;
    private const int MaxPayload = 48;
    private const int MaxBytes = MaxParts * (PacketHeader.Bytes + PacketHeader.MaxDevicePayload) + 64;

    private static ReadOnlySpan<byte> Marker => "NFPKTV1\0"u8;

    private readonly byte[] _bytes = new byte[MaxBytes];
    private readonly byte[] _payload = new byte[PacketHeader.MaxDevicePayload];
    private readonly List<(int At, int Length)> _packets = [];
    private int _length;

    /// <summary>The input.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Where packets lie in it; no longer true of a damaged one.</summary>
    public IReadOnlyList<(int At, int Length)> Packets => _packets;

    /// <summary>Whether it is as it was sent.</summary>
    public bool IsClean { get; private set; }

    /// <summary>Makes the next input.</summary>
    public void Make(Random random)
    {
        _length = 0;
        _packets.Clear();
        int parts = random.Next(1, MaxParts + 1);
        for (int i = 0; i < parts; i++)
        {
            if (random.Next(2) == 0)
            {
                AddText(random);
            }
            else
            {
                AddPacket(random);
            }
        }

        IsClean = random.Next(2) == 0;
        if (!IsClean)
        {
            Damage(random);
        }
    }

    private void AddText(Random random)
    {
        int end = _length + random.Next(1, MaxText + 1);
        while (_length < end)
        {
            // Begins of markers and single letters of them; never a whole one, which would be a packet's.
            int choice = random.Next(8);
            if (choice < 2)
            {
                int count = random.Next(1, Marker.Length);
                Marker[..count].CopyTo(_bytes.AsSpan(_length));
                _length += count;
            }
            else
            {
                _bytes[_length++] = choice == 2 ? Marker[random.Next(7)] : (byte)random.Next(1, 256);
            }
        }
    }

    private void AddPacket(Random random)
    {
        int size = random.Next(64) == 0 ? random.Next(PacketHeader.MaxDevicePayload + 1) : random.Next(MaxPayload + 1);
        Span<byte> payload = _payload.AsSpan(0, size);
        random.NextBytes(payload);
        if (size > 8 && random.Next(4) == 0)
        {
            Marker[..random.Next(1, 9)].CopyTo(payload[random.Next(size - 8)..]);
        }

        int length = Packet.Write(
            _bytes.AsSpan(_length),
            (Command)random.Next(0x22),
            (ushort)random.Next(0x10000),
            (ushort)random.Next(0x10000),
            (PacketFlags)random.Next(0x10000),
            payload,
            withCrc: random.Next(2) == 0);
        _packets.Add((_length, length));
        _length += length;
    }

    private void Damage(Random random)
    {
        int times = random.Next(1, 4);
        for (int i = 0; i < times && _length > 1; i++)
        {
            int at = random.Next(_length);
            switch (random.Next(4))
            {
                case 0:
                    _bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    int dropped = Math.Min(random.Next(1, 40), _length - at);
                    _bytes.AsSpan(at + dropped, _length - at - dropped).CopyTo(_bytes.AsSpan(at));
                    _length -= dropped;
                    break;
                case 2 when _length + 8 <= MaxBytes:
                    _bytes.AsSpan(at, _length - at).CopyTo(_bytes.AsSpan(at + 8));
                    Marker.CopyTo(_bytes.AsSpan(at));
                    _length += 8;
                    break;
                default:
                    _length = at + 1;
                    break;
            }
        }
    }
}
