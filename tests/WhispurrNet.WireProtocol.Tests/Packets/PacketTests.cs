using System.Text;

namespace WhispurrNet.WireProtocol.Tests.Packets;

/// <summary>The packets that the firmware's sources give, byte for byte.</summary>
public sealed class PacketTests
{
    public static TheoryData<string, uint, ushort, ushort, uint, string, bool, string> Known => new()
    {
        {
            "host ping", 0x00, 0, 0, 0x2000, "02 00 01 00 00 00 00 00", true,
            "4E 46 50 4B 54 56 31 00 E5 41 4E C6 EC B4 6B AC 00 00 00 00 00 00 00 00 00 20 00 00 08 00 00 00"
            + " 02 00 01 00 00 00 00 00"
        },
        {
            "ping reply", 0x00, 1, 0, 0xA003, "00 00 01 00 00 01 01 00", false,
            "4E 46 50 4B 54 56 31 00 00 00 00 00 00 00 00 00 00 00 00 00 01 00 00 00 03 A0 00 00 08 00 00 00"
            + " 00 00 01 00 00 01 01 00"
        },
        {
            "ping reply with checksums", 0x00, 1, 0, 0xA003, "00 00 01 00 10 01 01 00", true,
            "4E 46 50 4B 54 56 31 00 6C AF 1D C8 80 4D FD 3F 00 00 00 00 01 00 00 00 03 A0 00 00 08 00 00 00"
            + " 00 00 01 00 10 01 01 00"
        },
        {
            "boot broadcast", 0x00, 0, 0, 0x2001, "", false,
            "4E 46 50 4B 54 56 31 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01 20 00 00 00 00 00 00"
        },
        {
            "message", 0x01, 2, 0, 0x2001, "48 65 6C 6C 6F 0D 0A", false,
            "4E 46 50 4B 54 56 31 00 00 00 00 00 00 00 00 00 01 00 00 00 02 00 00 00 01 20 00 00 07 00 00 00"
            + " 48 65 6C 6C 6F 0D 0A"
        },
        {
            "message with checksums", 0x01, 2, 0, 0x2001, "48 65 6C 6C 6F 0D 0A", true,
            "4E 46 50 4B 54 56 31 00 52 30 B1 45 5F 43 A6 86 01 00 00 00 02 00 00 00 01 20 00 00 07 00 00 00"
            + " 48 65 6C 6C 6F 0D 0A"
        },
        {
            "target info", 0x20, 1, 0, 0x2000, "", true,
            "4E 46 50 4B 54 56 31 00 0D 9B 31 5E 00 00 00 00 20 00 00 00 01 00 00 00 00 20 00 00 00 00 00 00"
        },
        {
            "reboot of the CLR", 0x07, 2, 0, 0x2000, "02 00 00 00", true,
            "4E 46 50 4B 54 56 31 00 58 79 D8 1B D9 28 1A BC 07 00 00 00 02 00 00 00 00 20 00 00 04 00 00 00"
            + " 02 00 00 00"
        },
        {
            "query of the conditions", 0x20001, 3, 0, 0x2000, "00 00 00 00 00 00 00 00", true,
            "4E 46 50 4B 54 56 31 00 98 6B 5C E9 00 00 00 00 01 00 02 00 03 00 00 00 00 20 00 00 08 00 00 00"
            + " 00 00 00 00 00 00 00 00"
        },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void KnownPacketsAreWrittenByteForByte(
        string name, uint command, ushort sequence, ushort replyTo, uint flags, string payload, bool crc, string bytes)
    {
        Assert.NotEmpty(name);
        byte[] packet = Packet.Create(
            (Command)command, sequence, replyTo, (PacketFlags)flags, FromHex(payload), crc);
        Assert.Equal(FromHex(bytes), packet);
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void KnownPacketsAreRead(
        string name, uint command, ushort sequence, ushort replyTo, uint flags, string payload, bool crc, string bytes)
    {
        Assert.NotEmpty(name);
        var events = new EventList();
        var decoder = new MixedDecoder { Crc = crc ? CrcRule.Always : CrcRule.WhenPresent };
        decoder.Feed(FromHex(bytes), 0, events);
        (PacketHeader header, byte[] read) = Assert.Single(events.Packets);
        Assert.Equal((Command)command, header.Command);
        Assert.Equal((sequence, replyTo), (header.Sequence, header.ReplyTo));
        Assert.Equal((PacketFlags)flags, header.Flags);
        Assert.Equal(FromHex(payload), read);
        Assert.Equal(0, decoder.Held);
    }

    [Fact]
    public void TheChecksumIsTheOneOfTheFirmware()
    {
        byte[] digits = Encoding.ASCII.GetBytes("123456789");
        Assert.Equal(0x89A1897Fu, Crc32.Compute(digits));
        for (int cut = 0; cut <= digits.Length; cut++)
        {
            Assert.Equal(0x89A1897Fu, Crc32.Compute(digits.AsSpan(cut), Crc32.Compute(digits.AsSpan(0, cut))));
        }
    }

    [Fact]
    public void TooLongAPayloadIsTheCallersMistake()
    {
        Assert.Throws<ArgumentException>(() => Packet.Create(
            Command.WriteMemory, 0, 0, PacketFlags.None, new byte[PacketHeader.MaxHostPayload + 1], withCrc: true));
        Assert.Throws<ArgumentException>(() => Packet.Write(
            new byte[39], Command.Ping, 0, 0, PacketFlags.None, new byte[8], withCrc: true));
    }

    private static byte[] FromHex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
