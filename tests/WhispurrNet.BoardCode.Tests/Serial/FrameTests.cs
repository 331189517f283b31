using System.Buffers.Binary;
using System.Text;
using WhispurrNet.Board.Platform;
using WhispurrNet.Board.Serial;

namespace WhispurrNet.BoardCode.Tests.Serial;

/// <summary>Frames on the line: stuffing, sums, and what else a line delivers.</summary>
public sealed class FrameTests
{
    private const int MessageMax = SerialFrame.MessageSizeMax;

    [Fact]
    public void The_sum_is_that_of_ieee_802_3() =>
        Assert.Equal(0xCBF43926u, Crc32.Of(Encoding.ASCII.GetBytes("x123456789y"), 1, 9));

    // The model below against the published examples of the stuffing; the code against the model in the next test.
    [Theory]
    [InlineData("00", "0101")]
    [InlineData("0000", "010101")]
    [InlineData("00110000", "0102110101")]
    [InlineData("11220033", "0311220233")]
    [InlineData("11223344", "0511223344")]
    public void The_model_of_the_stuffing_is_that_of_the_published_examples(string plain, string stuffed) =>
        Assert.Equal(stuffed, Convert.ToHexString(Stuff(Convert.FromHexString(plain))));

    [Fact]
    public void Every_length_comes_out_as_it_went_in_whatever_its_bytes()
    {
        var random = new Random(1);
        var writer = new SerialFrameWriter(MessageMax);
        var reader = new SerialFrameReader(MessageMax);
        byte[] line = new byte[SerialFrame.LineSizeMax(MessageMax)];
        for (int size = 0; size <= MessageMax; size++)
        {
            foreach (byte fill in new byte[] { 0, 1, 0xFF, 2 })
            {
                byte[] frame = new byte[SerialFrame.HeadSize + size];
                random.NextBytes(frame);
                if (fill != 2)
                {
                    Array.Fill(frame, fill);
                }

                frame.CopyTo(writer.Frame, 0);
                int count = writer.Finish(frame.Length, line);

                Assert.Equal(0, line[0]);
                Assert.Equal(0, line[count - 1]);
                Assert.DoesNotContain((byte)0, line[1..(count - 1)]);
                byte[] sum = new byte[4];
                BinaryPrimitives.WriteUInt32LittleEndian(sum, Crc32.Of(frame, 0, frame.Length));
                Assert.Equal(Stuff([.. frame, .. sum]), line[1..(count - 1)]);
                int at = 0;
                Assert.True(reader.TryRead(line, ref at, count));
                Assert.Equal(frame, reader.Frame[..reader.Count]);
            }
        }

        Assert.Equal(0u, reader.Damaged);
    }

    [Fact]
    public void A_frame_is_found_between_noise_wherever_it_is_cut()
    {
        var random = new Random(2);
        byte[] line = Line(300, random);
        for (int cut = 0; cut <= line.Length; cut++)
        {
            var reader = new SerialFrameReader(MessageMax);
            byte[] noise = new byte[random.Next(700)];
            random.NextBytes(noise);
            Feed(reader, noise);
            Assert.Equal(0, Feed(reader, line[..cut]) - (cut == line.Length ? 1 : 0));
            Assert.Equal(cut == line.Length ? 0 : 1, Feed(reader, line[cut..]));
        }
    }

    [Fact]
    public void No_changed_bit_passes()
    {
        byte[] line = Line(40, new Random(3));
        for (int bit = 8; bit < (line.Length - 1) * 8; bit++)
        {
            byte[] changed = [.. line];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Equal(0, Feed(new SerialFrameReader(MessageMax), changed));
        }
    }

    [Fact]
    public void Millions_of_random_bytes_neither_throw_nor_hide_the_next_frame()
    {
        var random = new Random(4);
        var reader = new SerialFrameReader(MessageMax);
        byte[] good = Line(100, random);
        byte[] noise = new byte[4096];
        for (int round = 0; round < 1500; round++)
        {
            random.NextBytes(noise);
            Feed(reader, noise);
            Assert.Equal(1, Feed(reader, good));
        }

        Assert.True(reader.Damaged > 1000);
    }

    private static int Feed(SerialFrameReader reader, byte[] bytes)
    {
        int frames = 0;
        int at = 0;
        while (reader.TryRead(bytes, ref at, bytes.Length))
        {
            frames++;
        }

        Assert.Equal(bytes.Length, at);
        return frames;
    }

    private static byte[] Line(int message, Random random)
    {
        var writer = new SerialFrameWriter(MessageMax);
        random.NextBytes(writer.Frame);
        byte[] line = new byte[SerialFrame.LineSizeMax(MessageMax)];
        return line[..writer.Finish(SerialFrame.HeadSize + message, line)];
    }

    // Consistent overhead byte stuffing as its paper has it, block by block.
    private static byte[] Stuff(byte[] plain)
    {
        var stuffed = new List<byte>();
        for (int at = 0; at <= plain.Length;)
        {
            int zero = Array.IndexOf(plain, (byte)0, at);
            int run = Math.Min(254, (zero < 0 ? plain.Length : zero) - at);
            stuffed.Add((byte)(run + 1));
            stuffed.AddRange(plain[at..(at + run)]);
            at += run;
            if (run < 254)
            {
                at++;
            }
            else if (at == plain.Length)
            {
                break;
            }
        }

        return [.. stuffed];
    }
}
