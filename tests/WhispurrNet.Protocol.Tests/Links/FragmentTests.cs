using WhispurrNet.Protocol.Links;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Links;

public class FragmentTests
{
    private const int RecordMax = 394;

    private readonly FragmentWriter _writer = new(RecordMax);
    private readonly FragmentReader _reader = new(RecordMax);

    [Fact]
    public void EveryUnitSizeCarriesEveryRecordLength()
    {
        Random random = new(11);
        byte[] buffer = new byte[300];
        for (int unitSize = FragmentWriter.UnitSizeMin; unitSize <= FragmentWriter.UnitSizeMax; unitSize++)
        {
            _writer.Reset();
            _reader.Reset();
            for (int length = 1; length <= RecordMax; length++)
            {
                random.NextBytes(_writer.Record);
                byte[] record = _writer.Record[..length];
                _writer.Load(length);
                int result = FragmentReader.NeedMore;
                while (_writer.IsBusy)
                {
                    Assert.Equal(FragmentReader.NeedMore, result);
                    Assert.True(_writer.CanSend);
                    int count = _writer.Next(buffer, 3, unitSize);
                    Assert.InRange(count, 3, unitSize);
                    result = _reader.Push(buffer, 3, count);
                    if (_reader.AckDue)
                    {
                        Acknowledge();
                    }
                }

                Assert.Equal(FragmentReader.RecordComplete, result);
                Assert.True(record.AsSpan().SequenceEqual(_reader.Record.AsSpan(0, _reader.RecordCount)));
            }
        }
    }

    [Fact]
    public void AFrameRecordTakesFifteenFragmentsAtMtu23()
    {
        Assert.Equal(15, Cut(261).Count);
    }

    [Fact]
    public void AFragmentCutShortNeverCompletesTheRecord()
    {
        List<byte[]> fragments = Cut(60);
        for (int cut = 0; cut < fragments.Count; cut++)
        {
            for (int length = 0; length < fragments[cut].Length; length++)
            {
                _reader.Reset();
                List<byte[]> spoilt = [.. fragments];
                spoilt[cut] = spoilt[cut][..length];

                Assert.True(PushAll(spoilt) > FragmentReader.Acknowledgement);
            }
        }
    }

    [Fact]
    public void AFragmentWithBytesBehindItIsMalformedOrNotTaken()
    {
        List<byte[]> fragments = Cut(60);
        for (int at = 0; at < fragments.Count; at++)
        {
            _reader.Reset();
            List<byte[]> spoilt = [.. fragments];
            spoilt[at] = [.. spoilt[at], 0];

            Assert.Equal(FragmentReader.Malformed, PushAll(spoilt));
        }
    }

    [Fact]
    public void AMissingFragmentIsAGap()
    {
        List<byte[]> fragments = Cut(120);
        for (int missing = 0; missing < fragments.Count - 1; missing++)
        {
            _reader.Reset();
            List<byte[]> spoilt = [.. fragments];
            spoilt.RemoveAt(missing);

            Assert.Equal(FragmentReader.Gap, PushAll(spoilt));
        }
    }

    [Fact]
    public void ARepeatedFragmentIsAGap()
    {
        List<byte[]> fragments = Cut(120);
        for (int at = 0; at < fragments.Count - 1; at++)
        {
            _reader.Reset();
            List<byte[]> spoilt = [.. fragments];
            spoilt.Insert(at, spoilt[at]);

            Assert.Equal(FragmentReader.Gap, PushAll(spoilt));
        }
    }

    [Fact]
    public void SwappedFragmentsAreAGap()
    {
        List<byte[]> fragments = Cut(120);
        for (int at = 0; at + 1 < fragments.Count; at++)
        {
            _reader.Reset();
            List<byte[]> spoilt = [.. fragments];
            (spoilt[at], spoilt[at + 1]) = (spoilt[at + 1], spoilt[at]);

            Assert.Equal(FragmentReader.Gap, PushAll(spoilt));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0, 0x00, 1 })]
    [InlineData(new byte[] { 0, 0x40, 1 })]
    public void AContinuationWithoutAStartIsMalformed(byte[] fragment)
    {
        Assert.Equal(FragmentReader.Malformed, _reader.Push(fragment, 0, fragment.Length));
    }

    [Fact]
    public void AStartInsideARecordIsMalformed()
    {
        byte[] start = Cut(60)[0];
        Assert.Equal(FragmentReader.NeedMore, _reader.Push(start, 0, start.Length));
        start[0] = 1;

        Assert.Equal(FragmentReader.Malformed, _reader.Push(start, 0, start.Length));
    }

    [Fact]
    public void ARecordLongerThanTheReaderTakesIsMalformedAtItsFirstFragment()
    {
        byte[] start = Cut(60)[0];
        start[2] = 0x8B;
        start[3] = 1;

        Assert.Equal(FragmentReader.Malformed, _reader.Push(start, 0, start.Length));
    }

    [Fact]
    public void AFragmentBeyondTheRecordsLengthIsMalformedAtOnce()
    {
        List<byte[]> fragments = Cut(20);
        Assert.Equal(2, fragments.Count);
        _reader.Push(fragments[0], 0, 20);
        byte[] tooLong = [1, 0x00, .. new byte[5]];

        Assert.Equal(FragmentReader.Malformed, _reader.Push(tooLong, 0, tooLong.Length));
    }

    [Fact]
    public void AnEndBeforeTheLengthIsReachedIsMalformed()
    {
        byte[] start = Cut(60)[0];
        start[1] = 0xC0;

        Assert.Equal(FragmentReader.Malformed, _reader.Push(start, 0, start.Length));
    }

    [Fact]
    public void ALengthReachedWithoutAnEndIsMalformed()
    {
        byte[] only = Cut(5)[0];
        only[1] = 0x80;

        Assert.Equal(FragmentReader.Malformed, _reader.Push(only, 0, only.Length));
    }

    [Fact]
    public void EveryReservedFlagIsMalformed()
    {
        for (int flags = 0; flags < 256; flags++)
        {
            byte[] only = Cut(5)[0];
            only[1] = (byte)flags;
            _reader.Reset();
            int result = _reader.Push(only, 0, only.Length);

            int expected = flags == 0xC0 ? FragmentReader.RecordComplete : FragmentReader.Malformed;
            Assert.Equal(expected, result);
        }
    }

    [Fact]
    public void AnAcknowledgementIsTwoBytes()
    {
        Assert.Equal(FragmentReader.Acknowledgement, _reader.Push([9, 0x20], 0, 2));
        Assert.Equal(9u, _reader.Acknowledged);
        Assert.Equal(FragmentReader.Malformed, _reader.Push([9, 0x20, 0], 0, 3));
    }

    [Fact]
    public void TheWriterStopsAfterAWindowAndGoesOnWithTheAcknowledgement()
    {
        byte[] buffer = new byte[20];
        _writer.Load(RecordMax);
        for (int i = 0; i < 16; i++)
        {
            Assert.True(_writer.CanSend);
            int count = _writer.Next(buffer, 0, 20);
            Assert.Equal(FragmentReader.NeedMore, _reader.Push(buffer, 0, count));
            Assert.Equal(i == 15, _reader.AckDue);
        }

        Assert.True(_writer.IsBusy);
        Assert.False(_writer.CanSend);
        Acknowledge();
        Assert.True(_writer.CanSend);
        Assert.False(_reader.AckDue);
    }

    [Fact]
    public void AnAcknowledgementOfWhatWasNeverSentIsRefused()
    {
        _writer.Load(100);
        _writer.Next(new byte[20], 0, 20);
        _writer.Next(new byte[20], 0, 20);
        for (uint expected = 0; expected < 256; expected++)
        {
            FragmentWriter writer = new(RecordMax);
            writer.Load(100);
            writer.Next(new byte[20], 0, 20);
            writer.Next(new byte[20], 0, 20);

            Assert.Equal(expected <= 2, writer.Acknowledge(expected));
        }
    }

    [Fact]
    public void ARepeatedAcknowledgementChangesNothing()
    {
        byte[] buffer = new byte[20];
        _writer.Load(RecordMax);
        for (int i = 0; i < 16; i++)
        {
            _writer.Next(buffer, 0, 20);
        }

        Assert.True(_writer.Acknowledge(16));
        Assert.True(_writer.Acknowledge(16));
        Assert.False(_writer.Acknowledge(15));
        Assert.True(_writer.CanSend);
    }

    [Fact]
    public void ResetStartsAfreshInTheMiddleOfARecord()
    {
        byte[] start = Cut(60)[0];
        _reader.Push(start, 0, start.Length);
        _reader.Reset();
        _writer.Reset();

        Assert.Equal(FragmentReader.RecordComplete, PushAll(Cut(60)));
        Assert.False(_writer.IsBusy);
    }

    [Fact]
    public void PushNeverThrowsOnAnyBytesNorReadsOutside()
    {
        Random random = new(12);
        FragmentReader other = new(RecordMax);
        int complete = 0;
        for (int i = 0; i < 200_000; i++)
        {
            int count = random.Next(24);
            byte[] low = new byte[40];
            byte[] high = [.. Enumerable.Repeat((byte)0xFF, 40)];
            random.NextBytes(low.AsSpan(8, count));
            if (count > 3 && random.Next(4) != 0)
            {
                low[8] = (byte)(i % 3);
                low[9] = (byte)(random.Next(4) << 6);
                low[10] = (byte)random.Next(40);
                low[11] = 0;
            }

            low.AsSpan(8, count).CopyTo(high.AsSpan(8));
            int result = _reader.Push(low, 8, count);

            Assert.InRange(result, 0, 4);
            Assert.Equal(result, other.Push(high, 8, count));
            Assert.InRange(_reader.RecordCount, 0, 65535);
            if (result == FragmentReader.RecordComplete)
            {
                complete++;
                Assert.Equal(_reader.Record[.._reader.RecordCount], other.Record[..other.RecordCount]);
            }

            if (result > FragmentReader.Acknowledgement || i % 3 == 2)
            {
                _reader.Reset();
                other.Reset();
            }
        }

        Assert.True(complete > 100, $"only {complete} records came together");
    }

    private void Acknowledge()
    {
        byte[] ack = new byte[2];
        Assert.Equal(2, _reader.WriteAck(ack, 0));
        Assert.Equal(0x20, ack[1]);
        Assert.True(_writer.Acknowledge(ack[0]));
    }

    private static List<byte[]> Cut(int length)
    {
        FragmentWriter writer = new(RecordMax);
        for (int i = 0; i < length; i++)
        {
            writer.Record[i] = (byte)i;
        }

        writer.Load(length);
        List<byte[]> fragments = [];
        byte[] buffer = new byte[20];
        while (writer.IsBusy)
        {
            fragments.Add(buffer[..writer.Next(buffer, 0, 20)]);
        }

        return fragments;
    }

    /// <summary>
    /// The first answer that is not "need more"; complete only if the record is the one that was cut.
    /// </summary>
    private int PushAll(List<byte[]> fragments)
    {
        foreach (byte[] fragment in fragments)
        {
            int result = _reader.Push(fragment, 0, fragment.Length);
            if (result != FragmentReader.NeedMore)
            {
                return result;
            }
        }

        return FragmentReader.NeedMore;
    }
}
