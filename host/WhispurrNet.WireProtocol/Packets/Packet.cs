using System.Buffers.Binary;

namespace WhispurrNet.WireProtocol;

/// <summary>Writes packets.</summary>
public static class Packet
{
    /// <summary>Writes a packet.</summary>
    /// <param name="destination">At least <see cref="PacketHeader.Bytes"/> and the payload.</param>
    /// <param name="command">What it asks or says.</param>
    /// <param name="sequence">The sender's number of it.</param>
    /// <param name="replyTo">In a reply, the number of the request; otherwise 0.</param>
    /// <param name="flags">The flags.</param>
    /// <param name="payload">0 to <see cref="PacketHeader.MaxHostPayload"/> bytes.</param>
    /// <param name="withCrc">Whether it carries checksums.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">The payload is too long, or the destination too short.</exception>
    public static int Write(
        Span<byte> destination,
        Command command,
        ushort sequence,
        ushort replyTo,
        PacketFlags flags,
        ReadOnlySpan<byte> payload,
        bool withCrc)
    {
        if (payload.Length > PacketHeader.MaxHostPayload)
        {
            throw new ArgumentException("The payload is longer than a packet carries.", nameof(payload));
        }

        int length = PacketHeader.Bytes + payload.Length;
        if (destination.Length < length)
        {
            throw new ArgumentException("The packet does not fit.", nameof(destination));
        }

        uint dataCrc = withCrc ? Crc32.Compute(payload) : 0;
        var header = new PacketHeader(
            PacketMarker.Packet, 0, dataCrc, command, sequence, replyTo, flags, (uint)payload.Length);
        header.Write(destination);
        if (withCrc)
        {
            uint headerCrc = Crc32.Compute(destination[..PacketHeader.Bytes]);
            BinaryPrimitives.WriteUInt32LittleEndian(destination[PacketHeader.MarkerBytes..], headerCrc);
        }

        payload.CopyTo(destination[PacketHeader.Bytes..]);
        return length;
    }

    /// <summary>A packet in an array of its own; see <see cref="Write"/>.</summary>
    public static byte[] Create(
        Command command,
        ushort sequence,
        ushort replyTo,
        PacketFlags flags,
        ReadOnlySpan<byte> payload,
        bool withCrc)
    {
        byte[] packet = new byte[PacketHeader.Bytes + payload.Length];
        Write(packet, command, sequence, replyTo, flags, payload, withCrc);
        return packet;
    }
}
