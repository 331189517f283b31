using System.Security.Cryptography;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Links.Opening;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Links.Opening;

/// <summary>Who is not the peer: forges, replays, reflects and steals.</summary>
public class OpeningAttackTests
{
    private static readonly int[] s_foreignTypes = [0x00, 0x01, 0x11, 0x12, 0x14, 0x15, 0x16, 0x17, 0xFF];

    [Theory]
    [InlineData(LinkKind.Contact)]
    [InlineData(LinkKind.Stream)]
    public void AForgedUnknownErasesNothing(LinkKind kind)
    {
        OpeningPair pair = Met(kind);
        List<byte[]> before = OpeningPair.SecretsOf(pair.A);
        for (int i = 0; i < 5; i++)
        {
            AnswerEverything(pair.A, kind, [WireHandshake.Unknown]);
            Assert.Equal(before, OpeningPair.SecretsOf(pair.A));
        }

        Assert.Equal(5u, pair.A.Statistics.ResumptionsUnknown);
        Assert.True(pair.Link());
        Assert.Equal(1u, pair.A.Statistics.Handshakes);
        Assert.Equal(1u, pair.A.Statistics.Resumptions);
    }

    [Fact]
    public void WhoSaysUnknownAndIsNobodyIsNotTakenForAMember()
    {
        OpeningPair pair = Met(LinkKind.Stream);
        WirePeer outsider = new(
            pair.A, nodeInitiates: true, address: OpeningPair.AddressB, network: TestNetwork.Foreign);
        outsider.Meet();
        Assert.False(outsider.Handshake.BetweenMembers);
        pair.A.CloseLink(outsider.Link, 0);

        // The member's entry is as it was.
        Assert.True(pair.Link());
        Assert.Equal(1u, pair.A.Statistics.Resumptions);
        Assert.Equal(2u, pair.A.Statistics.Handshakes);
    }

    /// <summary>What answers as a member without the key is found out before it is believed.</summary>
    [Fact]
    public void WhoClaimsToBeAMemberIsNotBelievedBeforeItsFirstRecord()
    {
        NodeCore node = TestNetwork.Node(1);
        int link = node.OpenLink(LinkKind.Stream, true, 0, OpeningPair.AddressB, 0);
        byte[] first = Poll(node, link);

        // It knows another network's key: all of the second message can be made without any.
        WireHandshake liar = new(TestNetwork.Key(TestNetwork.Foreign)) { Card = RandomNumberGenerator.GetBytes(72) };
        byte[] second = liar.ReadFirstWriteSecond(first, pretend: true);
        node.Receive(link, second, 0, second.Length, 0);
        Assert.Equal(WireHandshake.Handshake3, Poll(node, link)[0]);
        Assert.Equal(LinkState.Open, node.GetLinkState(link));
        byte[] record = RandomNumberGenerator.GetBytes(22);
        node.Receive(link, record, 0, record.Length, 0);

        Assert.Equal(LinkState.Failed, node.GetLinkState(link));
        Assert.Equal(0u, node.Statistics.Handshakes);
        Assert.Equal(0, node.KnownContacts);
        Assert.Equal(0, OpeningPair.PeersOf(node).Count);
    }

    [Theory]
    [InlineData(LinkKind.Contact)]
    [InlineData(LinkKind.Stream)]
    public void AReplayedResumeOpensNothing(LinkKind kind)
    {
        OpeningPair pair = Met(kind);
        Assert.True(pair.Link());
        List<byte[]> recorded = [.. pair.Wire.Where(w => w.Forth).Select(w => w.Unit)];
        List<byte[]> before = OpeningPair.SecretsOf(pair.B);
        uint handshakes = pair.B.Statistics.Handshakes;

        List<byte[]> said = Replay(pair.B, kind, recorded);

        Assert.Equal([WireHandshake.Unknown], Assert.Single(said));
        Assert.Equal(before, OpeningPair.SecretsOf(pair.B));
        Assert.Equal(handshakes, pair.B.Statistics.Handshakes);
        Assert.True(pair.Link());
        Assert.Equal(1u, pair.A.Statistics.Handshakes);
    }

    /// <summary>
    /// The one moment in which a replay does something: after the link was cut behind a RESUME that was never answered. The
    /// answer to the replay is of no use, and the real one still resumes.
    /// </summary>
    [Theory]
    [InlineData(LinkKind.Contact)]
    [InlineData(LinkKind.Stream)]
    public void AReplayedResumeThatWasNeverAnsweredCostsNothing(LinkKind kind)
    {
        OpeningPair pair = Met(kind);
        pair.Attack = (forth, unit) => forth ? unit : null;
        pair.Link();
        pair.Attack = null;
        List<byte[]> recorded = [.. pair.Wire.Where(w => w.Forth).Select(w => w.Unit)];
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(WireHandshake.Resumed, Replay(pair.B, kind, recorded)[0][0]);
            Assert.Equal(2, OpeningPair.SecretsOf(pair.B).Count);
        }

        Assert.True(pair.Link());
        Assert.Equal(1u, pair.A.Statistics.Handshakes);
        Assert.Equal(OpeningPair.SecretsOf(pair.A), OpeningPair.SecretsOf(pair.B));
    }

    [Theory]
    [InlineData(LinkKind.Contact)]
    [InlineData(LinkKind.Stream)]
    public void ReplayedFirstMessagesAreBoundedByTheMembersBudget(LinkKind kind)
    {
        NodeConfiguration configuration = TestNetwork.Configuration(TestNetwork.Home);
        configuration.Limits.HandshakeBurst = 3;
        NodeCore b = TestNetwork.Node(2, configuration);
        OpeningPair pair = new(kind, TestNetwork.Node(1), b);
        Assert.True(pair.Link());
        int firstUnits = kind == LinkKind.Contact ? 4 : 1;
        List<byte[]> recorded = [.. pair.Wire.Where(w => w.Forth).Take(firstUnits).Select(w => w.Unit)];
        int answered = 0;
        for (int i = 0; i < 20; i++)
        {
            b.HandleTimeout(0);
            answered += Replay(b, kind, recorded).Count;
        }

        Assert.Equal(2, answered);
        Assert.Equal(18u, b.Statistics.HandshakesRefused);
        Assert.Equal(1u, b.Statistics.Handshakes);

        // The peer that was there before is not touched by it: its links are resumed.
        Assert.True(pair.Link());
        Assert.Equal(1u, pair.A.Statistics.Handshakes);
    }

    [Theory]
    [InlineData(LinkKind.Contact)]
    [InlineData(LinkKind.Stream)]
    public void AResumeThatComesBackToItsSenderIsUnknown(LinkKind kind)
    {
        OpeningPair pair = Met(kind);
        List<byte[]> before = OpeningPair.SecretsOf(pair.A);
        pair.A.HandleTimeout(0);
        int link = pair.A.OpenLink(kind, true, 20, OpeningPair.AddressB, 0);
        List<byte[]> units = PollAll(pair.A, link);

        List<byte[]> said = Replay(pair.A, kind, units);

        Assert.Equal([WireHandshake.Unknown], Assert.Single(said));
        Assert.Equal(before, OpeningPair.SecretsOf(pair.A));
    }

    /// <summary>
    /// Whoever takes the secret out of a node's memory opens no link that was before: neither by what a handle or a key is
    /// derived from it, nor by what a resumption made of it.
    /// </summary>
    [Fact]
    public void AStolenSecretOpensNoEarlierLink()
    {
        OpeningPair pair = Met(LinkKind.Stream);
        Assert.True(pair.Link());
        (bool Forth, byte[] Unit)[] recorded = [.. pair.Wire];
        Assert.True(pair.Link());
        byte[] stolen = Assert.Single(OpeningPair.SecretsOf(pair.A));
        Assert.Equal(stolen, Assert.Single(OpeningPair.SecretsOf(pair.B)));
        byte[] resume = recorded[0].Unit;
        byte[] resumed = recorded[1].Unit;

        // Handles and MACs of either side, and everything that either order of the nonces makes.
        foreach (char side in "AB")
        {
            Assert.NotEqual(MacOf(stolen, $"WhispurrNet v1 handle {side}"), resume[1..9]);
            Assert.NotEqual(MacOf(stolen, $"WhispurrNet v1 resume {side}", resume[..25]), resume[25..]);
        }

        byte[][] nonces =
            [[.. resume[9..25], .. resumed[1..17]], [.. resumed[1..17], .. resume[9..25]], [], resume[9..25]];
        foreach (byte[] salt in nonces)
        {
            byte[] keys = Derive(stolen, salt);
            for (int i = 0; i < 4; i++)
            {
                Assert.All(recorded.Skip(2), r => Assert.False(Opens(keys[(32 * i)..(32 * (i + 1))], r.Unit)));
            }
        }

        Assert.All(recorded.Skip(2), r => Assert.False(Opens(stolen, r.Unit)));
    }

    /// <summary>... and the same oracle opens the link whose secret is taken before it: the test can fail.</summary>
    [Fact]
    public void AStolenSecretOpensTheNextLinkUntilAFullHandshake()
    {
        OpeningPair pair = Met(LinkKind.Stream);
        byte[] stolen = Assert.Single(OpeningPair.SecretsOf(pair.A));
        Assert.True(pair.Link());
        byte[] resume = pair.Wire[0].Unit;
        byte[] resumed = pair.Wire[1].Unit;
        byte[] keys = Derive(stolen, [.. resume[9..25], .. resumed[1..17]]);

        Assert.Equal(MacOf(stolen, "WhispurrNet v1 handle A"), resume[1..9]);
        Assert.True(Opens(keys[32..64], pair.Wire.First(w => w.Forth && w.Unit != resume).Unit));
        Assert.Equal(keys[..32], Assert.Single(OpeningPair.SecretsOf(pair.B)));

        pair.NowMs = PeerTable.RenewSeconds * 1000L;
        Assert.True(pair.Link());
        Assert.True(pair.Link());
        Assert.Equal(2u, pair.A.Statistics.Handshakes);
        Assert.DoesNotContain(keys[..32], OpeningPair.SecretsOf(pair.A));
    }

    [Fact]
    public void EveryFlippedBitOfAResumptionIsRefusedAndTheNextOneWorks()
    {
        OpeningPair pair = Met(LinkKind.Stream);
        for (int bit = 0; bit < (33 + 25) * 8; bit++)
        {
            int at = bit;
            pair.Attack = (forth, unit) => Flip(forth == (at < 33 * 8), unit, at < 33 * 8 ? at : at - (33 * 8));
            pair.Link();
            Assert.NotEqual(LinkState.Finished, pair.DialledState);
            pair.Attack = null;
            Assert.True(pair.Link(), $"bit {bit}");
        }

        static byte[] Flip(bool isThat, byte[] unit, int bit)
        {
            if (isThat && unit[0] is WireHandshake.Resume or WireHandshake.Resumed && unit.Length is 33 or 25)
            {
                unit[bit / 8] ^= (byte)(1 << (bit % 8));
            }

            return unit;
        }
    }

    [Fact]
    public void ARecordLostRepeatedOrSwappedEndsTheLink()
    {
        for (int fault = 0; fault < 3; fault++)
        {
            NodeCore node = TestNetwork.Node(1);
            WirePeer peer = new(node);
            peer.Meet();
            byte[] first = peer.Protect(WirePeer.Heartbeat);
            byte[] second = peer.Protect(WirePeer.Ping, 1, 2, 3, 4);
            byte[][] sent = fault switch { 0 => [second], 1 => [first, first], _ => [second, first] };
            foreach (byte[] record in sent)
            {
                peer.SendBytes(record);
            }

            Assert.Equal(LinkState.Failed, peer.State);
            Assert.Equal(1u, node.Statistics.RecordsDamaged);
        }
    }

    [Fact]
    public void OtherRecordsDoNotOpenALink()
    {
        NodeCore node = TestNetwork.Node(1);
        foreach (int type in s_foreignTypes)
        {
            foreach (int size in new[] { 1, 25, 33, 57, 65, 97, 137, 169 })
            {
                byte[] record = new byte[size];
                record[0] = (byte)type;
                Assert.Empty(Replay(node, LinkKind.Stream, [record]));
            }
        }

        Assert.Equal((uint)(s_foreignTypes.Length * 8), node.Statistics.RecordsRefused);
        Assert.Empty(Replay(node, LinkKind.Stream, [[]]));
    }

    [Fact]
    public void AfterTwoUnknownHandlesOnlyAHandshakeIsTaken()
    {
        NodeCore node = TestNetwork.Node(1);
        byte[] resume = new byte[33];
        resume[0] = WireHandshake.Resume;
        int link = node.OpenLink(LinkKind.Stream, false, 0, 0, 0);
        for (int i = 0; i < 2; i++)
        {
            node.Receive(link, [.. resume], 0, 33, 0);
            Assert.Equal([WireHandshake.Unknown], Poll(node, link));
        }

        node.Receive(link, [.. resume], 0, 33, 0);
        Assert.Equal(LinkState.Failed, node.GetLinkState(link));
    }

    private static OpeningPair Met(LinkKind kind)
    {
        OpeningPair pair = OpeningPair.Members(kind);
        Assert.True(pair.Link());
        return pair;
    }

    /// <summary>Whatever the node says, it gets one answer, until it says nothing more.</summary>
    private static void AnswerEverything(NodeCore node, LinkKind kind, byte[] answer)
    {
        node.HandleTimeout(0);
        int link = node.OpenLink(kind, true, 20, OpeningPair.AddressB, 0);
        byte[] unit = kind == LinkKind.Contact ? [0, 0xC0, (byte)answer.Length, 0, .. answer] : answer;
        PollAll(node, link);
        node.Receive(link, unit, 0, unit.Length, 0);
        PollAll(node, link);
        node.CloseLink(link, 0);
    }

    /// <summary>Sends units to a node on a new link.</summary>
    /// <returns>The records that it answers.</returns>
    private static List<byte[]> Replay(NodeCore node, LinkKind kind, List<byte[]> units)
    {
        int link = node.OpenLink(kind, false, 20, 0, 0);
        FragmentReader reader = new(2048);
        List<byte[]> said = [];
        foreach (byte[] unit in units)
        {
            node.Receive(link, [.. unit], 0, unit.Length, 0);
            foreach (byte[] answer in PollAll(node, link))
            {
                if (kind == LinkKind.Stream)
                {
                    said.Add(answer);
                }
                else if (reader.Push(answer, 0, answer.Length) == FragmentReader.RecordComplete)
                {
                    said.Add(reader.Record[..reader.RecordCount]);
                }
            }
        }

        node.CloseLink(link, 0);
        return said;
    }

    private static byte[] Poll(NodeCore node, int link)
    {
        byte[] unit = new byte[node.MaxUnit];
        return unit[..node.PollTransmit(link, unit, 0, 0)];
    }

    private static List<byte[]> PollAll(NodeCore node, int link)
    {
        List<byte[]> units = [];
        for (byte[] unit = Poll(node, link); unit.Length > 0; unit = Poll(node, link))
        {
            units.Add(unit);
        }

        return units;
    }

    private static byte[] MacOf(byte[] secret, string label, byte[]? data = null)
    {
        return HMACSHA256.HashData(secret, (byte[])[.. System.Text.Encoding.ASCII.GetBytes(label), .. data ?? []])[..8];
    }

    private static byte[] Derive(byte[] secret, byte[] nonces)
    {
        return HKDF.DeriveKey(
            HashAlgorithmName.SHA256, secret, 128, "WhispurrNet v1 resumption"u8.ToArray(), nonces);
    }

    /// <summary>Whether a key opens a record as one of the first of its direction.</summary>
    private static bool Opens(byte[] key, byte[] record)
    {
        using ChaCha20Poly1305 cipher = new(key);
        byte[] text = new byte[record.Length - 16];
        for (byte number = 0; number < 4; number++)
        {
            try
            {
                cipher.Decrypt(
                    [0, 0, 0, 0, number, 0, 0, 0, 0, 0, 0, 0], record.AsSpan(..^16), record.AsSpan(^16..), text);
                return true;
            }
            catch (AuthenticationTagMismatchException)
            {
            }
        }

        return false;
    }
}
