using WhispurrNet.Board.Serial;

namespace WhispurrNet.BoardCode.Tests.Serial;

/// <summary>Sessions over good and bad lines: each message once and in order, or the session is over.</summary>
public sealed class SessionTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Fact]
    public void Messages_go_both_ways_once_and_in_order()
    {
        var line = new BadLine(1);
        line.Open();
        Exchange(line, 200, 200);

        Assert.Equal(0u, line.Ends[0].Counters.Resent + line.Ends[1].Counters.Resent);
        Assert.Equal(200u, line.Ends[0].Counters.Acknowledged);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_line_that_loses_changes_and_repeats_bytes_costs_no_message(int seed)
    {
        var line = new BadLine(seed);
        line.Open();
        line.Loss = 1 + (seed % 5);
        Exchange(line, 100, 100);

        Assert.True(line.Ends[0].Counters.Resent + line.Ends[1].Counters.Resent > 0);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_line_that_is_cut_again_and_again_costs_no_message(int seed)
    {
        var line = new BadLine(seed);
        var random = new Random(seed);
        line.Open();
        line.Loss = seed % 3;
        long changeAtMs = line.NowMs;
        Exchange(line, 100, 100, () =>
        {
            // Up to half a minute, and a few in a row: a silence of a minute ends the link itself.
            if (line.NowMs >= changeAtMs)
            {
                line.IsCut = !line.IsCut;
                changeAtMs = line.NowMs + random.Next(line.IsCut ? 30_000 : 1000);
                if (!line.IsCut)
                {
                    // The bridge sees its port come back; the board sees nothing.
                    line.Ends[1].LineRestored(line.NowMs);
                }
            }
        });
    }

    [Fact]
    public void A_sender_waits_for_room_and_loses_nothing_meanwhile()
    {
        var line = new BadLine(5);
        line.Open();
        byte[] message = new byte[300];
        for (byte i = 0; i < 7; i++)
        {
            message[0] = i;
            bool taken = line.Ends[1].TrySend(message, 0, 1, line.NowMs);
            Assert.True(taken);
        }

        long untilMs = line.NowMs + 60_000;
        line.Until(() => line.NowMs > untilMs);
        Assert.Equal(3u, line.Ends[0].Counters.Received);
        Assert.Equal(4, line.Ends[1].Unacknowledged);
        for (byte i = 0; i < 7; i++)
        {
            line.Until(() => line.Ends[0].TryReceive(message) > 0);
            Assert.Equal(i, message[0]);
        }

        line.Until(() => line.Ends[1].Unacknowledged == 0);
    }

    [Fact]
    public void A_full_ring_refuses_and_takes_again_after_an_acknowledgement()
    {
        var line = new BadLine(6);
        line.Open();
        Assert.Equal(4, Enumerable.Range(0, 9).Count(_ => line.Ends[0].TrySend([1, 2, 3], 0, 3, line.NowMs)));
        Assert.False(line.Ends[0].CanSend);
        line.Until(() => line.Ends[0].CanSend);
    }

    [Fact]
    public void A_bridge_started_anew_ends_the_session_of_before_and_grants_the_next()
    {
        var line = new BadLine(7);
        line.Open();
        line.Ends[1] = new SerialSession(false, 300, 8, 8);
        line.Until(() => line.Ends[0].State == SerialSessionState.Closed);

        Assert.Equal(SerialCloseReason.Unknown, line.Ends[0].Reason);
        line.Open();
        Exchange(line, 10, 10);
    }

    [Fact]
    public void A_board_started_anew_has_the_bridge_drop_what_was()
    {
        var line = new BadLine(8);
        line.Open();
        uint before = line.Ends[1].Session;
        Assert.True(line.Ends[1].TrySend([9], 0, 1, line.NowMs));
        line.Ends[0] = new SerialSession(true, 300, 4, 3);
        line.Open();

        Assert.NotEqual(before, line.Ends[1].Session);
        Assert.Equal(0, line.Ends[1].Unacknowledged);
        Exchange(line, 10, 10);
    }

    [Fact]
    public void A_refusal_reaches_the_board_even_if_it_is_lost_at_first()
    {
        var line = new BadLine(9);
        line.Ends[0].Open(77, line.NowMs);
        line.Until(() => line.Ends[1].State == SerialSessionState.Requested);
        line.IsCut = true;
        line.Ends[1].Close(SerialCloseReason.NoGateway);
        line.Step();
        line.IsCut = false;
        line.Until(() => line.Ends[0].State == SerialSessionState.Closed);

        Assert.Equal(SerialCloseReason.NoGateway, line.Ends[0].Reason);
        Assert.Equal(SerialSessionState.Closed, line.Ends[1].State);
    }

    [Fact]
    public void Silence_of_a_minute_and_a_half_ends_a_session_on_both_sides()
    {
        var line = new BadLine(10);
        line.Open();
        line.IsCut = true;
        long cutMs = line.NowMs;
        line.Until(() => line.Ends.All(end => end.State == SerialSessionState.Closed));

        Assert.All(line.Ends, end => Assert.Equal(SerialCloseReason.Silent, end.Reason));
        Assert.InRange(line.NowMs - cutMs, SerialSession.SilenceMs - 10, SerialSession.SilenceMs + 5000);
    }

    [Fact]
    public void A_message_longer_than_its_receiver_takes_ends_the_session()
    {
        var board = new SerialSession(true, 100, 4, 3);
        var line = new BadLine(11) { Ends = { [0] = board } };
        line.Open();
        Assert.True(line.Ends[1].TrySend(new byte[300], 0, 101, line.NowMs));
        line.Until(() => line.Ends.All(end => end.State == SerialSessionState.Closed));

        Assert.All(line.Ends, end => Assert.NotEqual(SerialCloseReason.None, end.Reason));
    }

    [Fact]
    public void An_idle_session_says_so_every_two_seconds_and_nothing_more()
    {
        var line = new BadLine(12);
        line.Open();
        byte[] bytes = new byte[SerialFrame.LineSizeMax(300)];
        line.Until(() => line.Ends[0].PollTransmit(bytes, line.NowMs) == 0);
        long startMs = line.NowMs;
        int frames = 0;
        for (long nowMs = startMs; nowMs < startMs + 20_000; nowMs += 10)
        {
            frames += line.Ends[0].PollTransmit(bytes, nowMs) > 0 ? 1 : 0;
        }

        Assert.InRange(frames, 9, 11);
    }

    [Fact]
    public void Random_frames_with_good_sums_neither_throw_nor_are_taken_for_messages()
    {
        var random = new Random(13);
        var writer = new SerialFrameWriter(300);
        byte[] bytes = new byte[SerialFrame.LineSizeMax(300)];
        var line = new BadLine(13);
        line.Open();
        for (int i = 0; i < 200_000; i++)
        {
            int size = random.Next(40);
            random.NextBytes(writer.Frame.AsSpan(0, SerialFrame.HeadSize + size));
            writer.Frame[0] = (byte)((writer.Frame[0] & 0x80) | random.Next(8));
            int count = writer.Finish(SerialFrame.HeadSize + size, bytes);
            line.Ends[i % 2].Receive(bytes, 0, count, line.NowMs);
            while (line.Ends[i % 2].PollTransmit(bytes, line.NowMs) > 0)
            {
            }
        }

        Assert.Equal(0u, line.Ends[0].Counters.Received);
        Assert.Equal(SerialSessionState.Open, line.Ends[0].State);
    }

    private static void Exchange(BadLine line, int fromBoard, int fromBridge, Action? meanwhile = null)
    {
        int[] sent = [0, 0];
        int[] taken = [0, 0];
        int[] all = [fromBoard, fromBridge];
        byte[] message = new byte[300];
        line.Until(() =>
        {
            meanwhile?.Invoke();
            for (int end = 0; end < 2; end++)
            {
                int size = 4 + (sent[end] * 37 % 297);
                Fill(message, end, sent[end], size);
                if (sent[end] < all[end] && line.Ends[end].TrySend(message, 0, size, line.NowMs))
                {
                    sent[end]++;
                }

                int count = line.Ends[1 - end].TryReceive(message);
                if (count >= 0)
                {
                    byte[] expected = new byte[4 + (taken[end] * 37 % 297)];
                    Fill(expected, end, taken[end], expected.Length);
                    Assert.Equal(expected, message[..count]);
                    taken[end]++;
                }
            }

            return taken.SequenceEqual(all) && line.Ends.All(end => end.Unacknowledged == 0);
        });
        Assert.All(line.Ends, end => Assert.Equal(SerialSessionState.Open, end.State));
    }

    private static void Fill(byte[] target, int end, int number, int size)
    {
        for (int i = 0; i < size; i++)
        {
            target[i] = (byte)((number * 7) + i + end);
        }

        BitConverter.TryWriteBytes(target, (end << 16) | number);
    }
}
