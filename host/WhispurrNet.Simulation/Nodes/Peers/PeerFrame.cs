using System.Buffers.Binary;

namespace WhispurrNet.Simulation.Nodes.Peers;

/// <summary>
/// What the 256 bytes of a peer's frame say. The body that a real one would carry is a function of its number: it fills the
/// air, and no node's memory.
/// </summary>
/// <remarks>
/// Marker (1), whisper number (4), origin (4), recipient (4, -1 for everybody), hops left (1), lifetime left in milliseconds
/// (4), filler.
/// </remarks>
internal struct PeerFrame
{
    /// <summary>Bytes of a frame, as of a standard one of the boards'.</summary>
    public const int Size = 256;

    /// <summary>Hops left of a frame that nothing but its lifetime limits.</summary>
    public const byte NoHopLimit = byte.MaxValue;

    /// <summary>
    /// Milliseconds that are taken off a frame's lifetime with each hop, for the time that it takes over the air: as much as
    /// boards take off on average.
    /// </summary>
    public const uint HopMs = 4 * 1000;

    private const byte Marker = 0x57;
    private const int NumberAt = 1;
    private const int OriginAt = 5;
    private const int RecipientAt = 9;
    private const int HopsAt = 13;
    private const int LifetimeAt = 14;
    private const int FillerAt = 18;
    private const uint LifetimeMaxMs = 24 * 3600 * 1000;

    /// <summary>The whisper's number, 0 or more.</summary>
    public int Number;

    /// <summary>The node that sent it first.</summary>
    public int Origin;

    /// <summary>The only node whose application gets it; -1 for all.</summary>
    public int Recipient;

    /// <summary>How often it may still be handed on; <see cref="NoHopLimit"/> for always.</summary>
    public byte Hops;

    /// <summary>Milliseconds that it has left, 1 to 24 h.</summary>
    public uint LifetimeMs;

    /// <summary>By which a frame is known: 48 bits, never 0.</summary>
    public readonly ulong Id
    {
        get
        {
            ulong key = ((ulong)(uint)Number << 32) ^ (uint)Origin ^ ((ulong)(uint)Recipient << 17);
            return (Mix(key) & 0xFFFFFFFFFFFF) | 1;
        }
    }

    /// <summary>Writes the frame.</summary>
    public readonly void Write(Span<byte> bytes)
    {
        bytes[0] = Marker;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[NumberAt..], Number);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[OriginAt..], Origin);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[RecipientAt..], Recipient);
        bytes[HopsAt] = Hops;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[LifetimeAt..], LifetimeMs);
        ulong filler = Id;
        int at = FillerAt;
        for (; at + sizeof(ulong) <= Size; at += sizeof(ulong))
        {
            filler = Mix(filler);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[at..], filler);
        }

        bytes[at..Size].Clear();
    }

    /// <summary>Reads a frame from any bytes.</summary>
    /// <returns>False when it is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out PeerFrame frame)
    {
        frame = default;
        if (bytes.Length != Size || bytes[0] != Marker)
        {
            return false;
        }

        frame.Number = BinaryPrimitives.ReadInt32LittleEndian(bytes[NumberAt..]);
        frame.Origin = BinaryPrimitives.ReadInt32LittleEndian(bytes[OriginAt..]);
        frame.Recipient = BinaryPrimitives.ReadInt32LittleEndian(bytes[RecipientAt..]);
        frame.Hops = bytes[HopsAt];
        frame.LifetimeMs = BinaryPrimitives.ReadUInt32LittleEndian(bytes[LifetimeAt..]);
        return frame.Number >= 0 && frame.LifetimeMs is > 0 and <= LifetimeMaxMs;
    }

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
