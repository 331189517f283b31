using System.Text;
using WhispurrNet.Board.Provisioning;

namespace WhispurrNet.BoardCode.Tests.Provisioning;

/// <summary>The board's side of Improv under millions of writes.</summary>
public sealed class ImprovPropertyTests
{
    private static readonly string[] s_info = ["WhispurrNet", "0.1.0", "ESP32", "board"];

    [Fact]
    public void Random_writes_never_throw_and_never_connect_without_a_right_command()
    {
        var random = new Random(1);
        var session = new ImprovSession(s_info);
        session.Authorize(false, 0);
        byte[] write = new byte[300];
        long nowMs = 0;
        for (int i = 0; i < 1_000_000; i++)
        {
            int count = random.Next(1, i % 100 == 0 ? 260 : 24);
            random.NextBytes(write.AsSpan(0, count));
            write[0] = (byte)random.Next(8);
            ImprovAction action = session.Receive(write, count, nowMs);
            nowMs += random.Next(3) == 0 ? 20_000 : 1;
            if (action == ImprovAction.Connect)
            {
                Assert.NotEmpty(session.First);
                session.ConnectFailed(ImprovError.UnableToConnect, nowMs);
            }

            Assert.InRange(session.ResultCount, 0, 258);
        }
    }

    [Fact]
    public void Every_split_of_a_command_gives_its_texts_back()
    {
        var random = new Random(2);
        for (int i = 0; i < 5000; i++)
        {
            string ssid = Text(random, random.Next(1, 33));
            string password = Text(random, random.Next(64));
            byte[] command = Command(1, ssid, password);
            var session = new ImprovSession(s_info);
            session.Authorize(false, 0);
            ImprovAction action = ImprovAction.None;
            for (int at = 0; at < command.Length;)
            {
                Assert.Equal(ImprovAction.None, action);
                int count = Math.Min(command.Length - at, random.Next(1, 25));
                action = session.Receive(command[at..(at + count)], count, 5);
                at += count;
            }

            Assert.Equal(ImprovAction.Connect, action);
            Assert.Equal(ssid, session.First);
            Assert.Equal(password, session.Second);
        }
    }

    [Fact]
    public void No_secret_stays_in_the_readers_bytes()
    {
        var reader = new ImprovCommandReader();
        byte[] command = Command(1, "home", "swordfish of the attic");
        Assert.Equal(ImprovReading.Whole, reader.Push(command, command.Length, 0));
        reader.Wipe();
        Assert.All(reader.Bytes, value => Assert.Equal(0, value));
        command[^1]++;
        Assert.Equal(ImprovReading.Invalid, reader.Push(command, command.Length, 0));
        Assert.All(reader.Bytes, value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_command_that_nobody_goes_on_with_is_forgotten()
    {
        var reader = new ImprovCommandReader();
        Assert.Equal(ImprovReading.NeedMore, reader.Push([1, 200, 3], 3, 0));
        Assert.Equal(ImprovReading.Whole, reader.Push([2, 0, 2], 3, ImprovCommandReader.PauseMaxMs + 1));
    }

    private static byte[] Command(byte id, params string[] texts)
    {
        byte[] data = [.. texts.SelectMany(t => (byte[])[(byte)Encoding.UTF8.GetByteCount(t), .. Encoding.UTF8.GetBytes(t)])];
        byte[] all = [id, (byte)data.Length, .. data, 0];
        all[^1] = (byte)all.Sum(b => b);
        return all;
    }

    private static string Text(Random random, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next(' ', 0x7F)));
}
