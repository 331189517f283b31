using System.Text;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Monitor.Tests.Support;

/// <summary>What boards send.</summary>
internal static class Samples
{
    /// <summary>A ping of a host, its first. With checksums, which boards without do not check.</summary>
    public static readonly byte[] HostPing = Convert.FromHexString(
        "4E46504B54563100E5414EC6ECB46BAC" + "000000000000000000200000080000000200010000000000");

    /// <summary>The sign of life after a reset.</summary>
    public static readonly byte[] BootPacket = Convert.FromHexString(
        "4E46504B54563100000000000000000000000000000000000120000000000000");

    /// <summary>The answer to a ping.</summary>
    public static readonly byte[] PingReply = Convert.FromHexString(
        "4E46504B5456310000000000000000000000000001000000" + "03A00000080000000000010000010100");

    /// <summary>What an ESP32 says before any firmware runs, at 115200 baud.</summary>
    public const string RomLog =
        "ets Jul 29 2019 12:21:46\r\n\r\nrst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\n"
        + "configsip: 0, SPIWP:0xee\r\nclk_drv:0x00,q_drv:0x00,d_drv:0x00,cs0_drv:0x00,hd_drv:0x00,wp_drv:0x00\r\n"
        + "mode:DIO, clock div:2\r\nload:0x3fff0030,len:1184\r\nload:0x40078000,len:13232\r\nentry 0x400805f0\r\n";

    /// <summary>Lines of a board.</summary>
    public const string BoardLines =
        "wn selftest passed count=8 ms=11645\r\n"
        + "wn wifi connecting ssid=stored\r\nwn wifi ready address=192.168.1.7\r\n"
        + "wn boot name=kitchen identity=eadffbcf12dde196f3984e9d5e68cc5f:00000000 size=small frame=256 network=member\r\n"
        + "wn contact 0123456789abcdef0123456789abcdef:00000005\r\n"
        + "wn link 0011aabb ble out open\r\n"
        + "wn frame 9f4e319f2f374d27 stored 0011aabb own hops=10\r\n"
        + "wn sent 9f4e319f2f374d27 resonance intent=emotion_data id=44e7b9b5af80b89f\r\n"
        + "wn stats v=1 uptime=60 heapFree=54472 held=2 neighbours=1 own=6 stranger=6 tx=300 rx=200 handlerFailures=1\r\n"
        + "wn stats v=1 uptime=120 heapFree=54000 held=3 neighbours=2 own=12 stranger=12 tx=600 rx=500 handlerFailures=2\r\n"
        + "wn error the radio failed to scan: Exception, text\r\n";

    /// <summary>An exception as the CLR prints it.</summary>
    public const string ExceptionLines =
        "    ++++ Exception System.IO.IOException - CLR_E_FILE_IO (3) ++++\r\n"
        + "    ++++ Message: no such file\r\n"
        + "    ++++ Kitchen.Store::Open [IP: 001f] ++++\r\n"
        + "    ++++ Kitchen.Program::Main [IP: 0030] ++++\r\n";

    /// <summary>Text in packets, cut as the CLR cuts it.</summary>
    public static byte[] Messages(string text, int cut = 40, bool withCrc = false)
    {
        var bytes = new List<byte>();
        byte[] all = Encoding.UTF8.GetBytes(text);
        ushort sequence = 2;
        for (int at = 0; at < all.Length; at += cut)
        {
            bytes.AddRange(Packet.Create(
                Command.Message, sequence++, 0, PacketFlags.NonCritical | PacketFlags.NoCaching,
                all.AsSpan(at, Math.Min(cut, all.Length - at)), withCrc));
        }

        return [.. bytes];
    }
}
