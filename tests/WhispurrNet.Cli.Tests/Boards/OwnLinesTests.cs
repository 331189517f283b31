using System.Text;
using WhispurrNet.Cli.Boards;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Cli.Tests.Boards;

/// <summary>What a board says of itself, found among all that it prints.</summary>
public sealed class OwnLinesTests
{
    private static readonly byte[] s_printed = Encoding.UTF8.GetBytes(
        "noise\xff\r\nwn wifi ready address=1.2.3.4\r\nwn boot name=kitchen identity=aa:bb size=small frame=256 "
        + "network=member\r\nwn stats own=1\r\n");

    [Fact]
    public void A_name_is_found_wherever_the_text_is_cut()
    {
        for (int cut = 0; cut <= s_printed.Length; cut++)
        {
            var lines = new OwnLines();
            lines.OnText(s_printed.AsSpan(0, cut));
            lines.OnText(s_printed.AsSpan(cut));

            BoardAnswer answer = lines.AddTo(new BoardAnswer());
            Assert.Equal(("kitchen", "aa:bb", true), (answer.Name, answer.Identity, answer.IsMember));
        }
    }

    [Fact]
    public void Messages_in_packets_count_as_text_and_others_do_not()
    {
        var message = new OwnLines();
        message.OnPacket(Header(Command.Message), s_printed);
        Assert.Equal("kitchen", message.AddTo(new BoardAnswer()).Name);

        var other = new OwnLines();
        other.OnPacket(Header(Command.ReadMemory), s_printed);
        Assert.Null(other.AddTo(new BoardAnswer()).Name);
        Assert.False(other.HeardText);
    }

    [Fact]
    public void The_identity_of_now_is_the_one_said_last()
    {
        var lines = new OwnLines();
        lines.OnText(s_printed);
        lines.OnText("wn identity 00112233445566778899aabbccddeeff:691f0a00\n"u8);

        Assert.Equal("00112233445566778899aabbccddeeff:691f0a00", lines.AddTo(new BoardAnswer()).Identity);
    }

    [Fact]
    public void A_line_without_end_takes_no_room()
    {
        var lines = new OwnLines();
        for (int i = 0; i < 1_000; i++)
        {
            lines.OnText(new byte[1_024]);
        }

        lines.OnText("\n"u8);
        lines.OnText(s_printed);

        Assert.Equal("kitchen", lines.AddTo(new BoardAnswer()).Name);
    }

    private static PacketHeader Header(Command command) => default(PacketHeader) with { Command = command };
}
