using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WhispurrNet.Cli.Monitor.Lines;
using WhispurrNet.Monitor.Tests.Support;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Monitor.Tests.Lines;

/// <summary>All that happens to the bytes of a board.</summary>
public sealed class MonitorPipelineTests
{
    private static readonly byte[] s_mix =
    [
        .. Encoding.UTF8.GetBytes("raw line\r\n"),
        .. Samples.BootPacket,
        .. Encoding.UTF8.GetBytes("cut "),
        .. Samples.PingReply,
        .. Encoding.UTF8.GetBytes("here NFPKT\r\n"),
        .. Samples.Messages("a message that takes more than one packet to tell\r\nwn wifi lost\r\n", 20),
        .. Encoding.UTF8.GetBytes(Samples.ExceptionLines),
        .. Samples.Messages("with checksums\r\n", 80, withCrc: true),
    ];

    [Fact]
    public void Text_and_packets_come_apart_and_in_order()
    {
        IReadOnlyList<MonitorItem> items = Items.Of(s_mix).All;

        Assert.Equal(
            [
                ItemKind.Text, ItemKind.Packet, ItemKind.Event, ItemKind.Packet, ItemKind.Text, ItemKind.Text,
                ItemKind.Report, ItemKind.Exception, ItemKind.Text,
            ],
            items.Select(item => item.Kind));
        Assert.Equal(PortEvent.Boot, Assert.IsType<EventItem>(items[2]).Event);
        Assert.Equal(Command.Ping, Assert.IsType<PacketItem>(items[3]).Header.Command);
        Assert.Equal("cut here NFPKT", Assert.IsType<LineItem>(items[4]).Line.Text);
        LineItem message = Assert.IsType<LineItem>(items[5]);
        Assert.Equal("a message that takes more than one packet to tell", message.Line.Text);
        Assert.Equal(LineSource.Message, message.Line.Source);
    }

    [Fact]
    public void Splits_at_every_byte_change_nothing()
    {
        string expected = Describe(Items.Of(s_mix));
        for (int piece = 1; piece < s_mix.Length; piece++)
        {
            Assert.Equal(expected, Describe(Items.Of(s_mix, piece)));
        }
    }

    [Fact]
    public void Nothing_throws_and_every_printable_run_is_found_again()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<byte>(), (noise, choice) =>
        {
            // Random bytes may end in what eats the next ones only if they make a packet, which chance does not.
            byte[] bytes = [.. noise, (byte)'\n', .. s_mix, .. noise];
            Items items = Items.Of(bytes, 1 + choice);
            return items.Texts.Contains("with checksums") && items.Texts.Contains("raw line")
                && items.All.OfType<ExceptionItem>().Any();
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Damaged_packets_are_told_and_shown_as_text()
    {
        byte[] damaged = Samples.Messages("secret hello\r\n", withCrc: true);
        damaged[^3] ^= 1;

        Items items = Items.Of(damaged);

        Assert.Contains(PortEvent.Damaged, items.Events);
        Assert.Contains(items.Texts, text => text.EndsWith(@"secret hellm\x0d", StringComparison.Ordinal)
            || text.Contains("secret", StringComparison.Ordinal));
    }

    private static string Describe(Items items) => string.Join(
        '\n',
        items.All.Select(item => item switch
        {
            LineItem line => $"{line.Kind} {line.Line}",
            ExceptionItem exception => $"{exception.Exception.Type} {exception.Exception.Frames.Count}",
            PacketItem packet => $"{packet.Header} {Convert.ToHexString(packet.Payload)}",
            _ => item.Kind.ToString(),
        }));
}
