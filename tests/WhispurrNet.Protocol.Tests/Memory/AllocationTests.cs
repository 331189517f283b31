using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Memory;

/// <summary>
/// A relay that has met everybody once takes, stores, names and hands on frames without allocating a byte: a board's
/// heap stays as it is, and nothing waits for a collection. Only to open a contact takes something, whatever is carried.
/// </summary>
public class AllocationTests
{
    private const int WarmUpRounds = 60;
    private const int MeasuredRounds = 200;

    // Fast enough for all rounds to end within the hour of one identity, which is made anew with buffers of its own.
    private const int RoundMs = 10_000;

    // Bytes of .NET's heap, whose objects are larger than a board's; wiped before they are left to be collected.
    private const int OpeningMax = 1400;

    [Theory]
    [InlineData(TestNetwork.Home, LinkKind.Stream, LinkKind.Stream)]
    [InlineData(TestNetwork.Home, LinkKind.Stream, LinkKind.Contact)]
    [InlineData(TestNetwork.Home, LinkKind.Contact, LinkKind.Stream)]
    [InlineData(TestNetwork.Home, LinkKind.Contact, LinkKind.Contact)]
    [InlineData(TestNetwork.Foreign, LinkKind.Stream, LinkKind.Stream)]
    [InlineData(TestNetwork.Foreign, LinkKind.Contact, LinkKind.Contact)]
    [InlineData(TestNetwork.Keyless, LinkKind.Stream, LinkKind.Contact)]
    public void ARelayedFrameAllocatesNothingButWhatOpensAContact(int relayNetwork, LinkKind inbound, LinkKind outbound)
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home);
        configuration.WhisperRefillMs = RoundMs;

        // It sends on, whatever its neighbour says.
        configuration.Gossip.StayMs = 0;
        NodeCore origin = TestNetwork.Node(1, configuration);
        NodeCore relay = TestNetwork.Node(2, relayNetwork);
        NodeCore taker = TestNetwork.Node(3);
        MeteredLink into = new(relay, origin, inbound, 0xA1);
        MeteredLink onward = new(relay, taker, outbound, 0xA2);
        long allocated = 0;
        uint sentBefore = 0;
        for (int round = 0; round < WarmUpRounds + MeasuredRounds; round++)
        {
            if (round == WarmUpRounds)
            {
                sentBefore = relay.Statistics.FramesSent;
                allocated = 0;
            }

            long nowMs = round * (long)RoundMs;
            Assert.Equal(SendResult.Queued, origin.Resonate("elsewhere", [1, 2, 3], 0, 3, nowMs));
            allocated += into.Run(nowMs) + onward.Run(nowMs + 5000);
        }

        // A full relay lets a neighbour that it hardly knows wait now and then: a few come a round sooner or later.
        Assert.InRange(relay.Statistics.FramesSent - sentBefore, MeasuredRounds * 0.9, MeasuredRounds * 1.1);
        int contacts = (inbound == LinkKind.Contact ? 1 : 0) + (outbound == LinkKind.Contact ? 1 : 0);
        Assert.InRange(allocated, 0, contacts * MeasuredRounds * OpeningMax);
    }

    /// <summary>One link of the relay, over and over if it is a contact; only what the relay allocates counts.</summary>
    private sealed class MeteredLink(NodeCore relay, NodeCore other, LinkKind kind, ulong address)
    {
        private readonly byte[] _unit = new byte[Math.Max(relay.MaxUnit, other.MaxUnit)];
        private int _relayLink = NodeCore.NoLink;
        private int _otherLink = NodeCore.NoLink;

        /// <summary>Carries units until both sides are silent; a contact from its beginning to its end.</summary>
        /// <returns>Bytes that the relay allocated.</returns>
        public long Run(long nowMs)
        {
            long allocated = 0;
            if (_relayLink == NodeCore.NoLink)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                _relayLink = relay.OpenLink(kind, true, FragmentWriter.UnitSizeMin, address, nowMs);
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                _otherLink = other.OpenLink(kind, false, FragmentWriter.UnitSizeMin, 0, nowMs);
            }

            bool quiet = false;
            while (!quiet)
            {
                other.HandleTimeout(nowMs);
                long before = GC.GetAllocatedBytesForCurrentThread();
                relay.HandleTimeout(nowMs);
                int count = relay.PollTransmit(_relayLink, _unit, 0, nowMs);
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                quiet = count == 0;
                if (count > 0)
                {
                    other.Receive(_otherLink, _unit, 0, count, nowMs);
                }

                count = other.PollTransmit(_otherLink, _unit, 0, nowMs);
                quiet &= count == 0;
                before = GC.GetAllocatedBytesForCurrentThread();
                if (count > 0)
                {
                    relay.Receive(_relayLink, _unit, 0, count, nowMs);
                }

                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            }

            return kind == LinkKind.Stream ? allocated : allocated + End(nowMs);
        }

        private long End(long nowMs)
        {
            Assert.Equal(LinkState.Finished, relay.GetLinkState(_relayLink));
            long before = GC.GetAllocatedBytesForCurrentThread();
            relay.CloseLink(_relayLink, nowMs);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            other.CloseLink(_otherLink, nowMs);
            _relayLink = NodeCore.NoLink;
            return allocated;
        }
    }
}
