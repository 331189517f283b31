using System.Text;

namespace WhispurrNet.WireProtocol.Tests.Client;

/// <summary>Which answers belong to which requests, and what becomes of everything else.</summary>
public sealed class WireProtocolClientTests
{
    private static readonly WireClientOptions s_quick = new(TimeSpan.FromMilliseconds(50), 3);
    private static readonly WireClientOptions s_patient = new(TimeSpan.FromSeconds(30), 3);

    private readonly EventList _others = new();

    [Fact]
    public async Task AnAnswerIsTheOneToItsNumberAndCommand()
    {
        using var port = new ScriptedPort(request =>
        [
            .. Reply(request with { Sequence = 77 }, [1, 0, 0, 0]),
            .. Reply(request with { Command = Command.Reboot }, [2, 0, 0, 0]),
            .. Reply(request, [3, 0, 0, 0]),
        ]);
        await using var client = new WireProtocolClient(port, _others, s_patient);
        Assert.Equal(3u, await client.CheckMemoryAsync(new(0, 4), TestContext.Current.CancellationToken));
        Assert.Equal(2, client.LateReplies);
        Assert.Empty(_others.Packets);
    }

    [Fact]
    public async Task AnAnswerToAnEarlierSendingWillDo()
    {
        PacketHeader? first = null;
        using var port = new ScriptedPort(request =>
        {
            if (first is null)
            {
                first = request;
                return [];
            }

            return Reply(first.Value, [9, 0, 0, 0]);
        });
        await using var client = new WireProtocolClient(port, _others, s_quick);
        Assert.Equal(9u, await client.CheckMemoryAsync(new(0, 4), TestContext.Current.CancellationToken));
        Assert.Equal(1, client.Resent);
        Assert.Equal([0, 1], port.Written.Select(h => (int)h.Sequence));
    }

    [Theory]
    [InlineData(PacketFlags.BadHeader)]
    [InlineData(PacketFlags.BadPayload)]
    public async Task ARequestThatArrivedGarbledIsSentAgainAtOnce(PacketFlags what)
    {
        int count = 0;
        using var port = new ScriptedPort(request => ++count == 1
            ? Packet.Create(Command.Ping, 5, 0, PacketFlags.NonCritical | PacketFlags.Nack | what, [], withCrc: false)
            : Reply(request, [7, 0, 0, 0]));
        await using var client = new WireProtocolClient(port, _others, s_patient);
        Assert.Equal(7u, await client.CheckMemoryAsync(new(0, 4), TestContext.Current.CancellationToken));
        Assert.Equal(1, client.Resent);
        Assert.Empty(_others.Packets);
    }

    [Fact]
    public async Task EverythingElseGoesOnInOrder()
    {
        using var port = new ScriptedPort(request =>
        [
            .. Encoding.ASCII.GetBytes("before "),
            .. Packet.Create(Command.Message, 4, 0, (PacketFlags)0x2001, "said"u8, withCrc: false),
            .. Reply(request, [1, 0, 0, 0]),
            .. Encoding.ASCII.GetBytes(" after"),
            .. Packet.Create(Command.ProgramExit, 6, 0, PacketFlags.NonCritical, [], withCrc: false),
        ]);
        await using var client = new WireProtocolClient(port, _others, s_patient);
        await client.CheckMemoryAsync(new(0, 4), TestContext.Current.CancellationToken);
        port.Unplug();
        await client.Ended;
        Assert.Equal("before [Message] after[ProgramExit]", _others.Order.ToString());
    }

    [Fact]
    public async Task ARefusalIsNotRepeated()
    {
        using var port = new ScriptedPort(request =>
            Packet.Create(request.Command, 1, request.Sequence, (PacketFlags)0x6003, [], withCrc: false));
        await using var client = new WireProtocolClient(port, _others, s_patient);
        WireProtocolException e = await Assert.ThrowsAsync<WireProtocolException>(
            () => client.GetOemInfoAsync(TestContext.Current.CancellationToken));
        Assert.Equal((WireFailure.Refused, Command.OemInfo), (e.Failure, e.Command));
        Assert.Single(port.Written);
    }

    [Fact]
    public async Task AnAnswerOfTheWrongSizeIsMalformed()
    {
        using var port = new ScriptedPort(request => Reply(request, [1, 2]));
        await using var client = new WireProtocolClient(port, _others, s_patient);
        WireProtocolException e = await Assert.ThrowsAsync<WireProtocolException>(
            () => client.GetTargetInfoAsync(TestContext.Current.CancellationToken));
        Assert.Equal(WireFailure.Malformed, e.Failure);
    }

    [Fact]
    public async Task APortThatGoesEndsWhatWaitsAndWhatComesLater()
    {
        using var port = new ScriptedPort(_ => []);
        await using var client = new WireProtocolClient(port, _others, s_patient);
        Task<PingPayload> waiting = client.PingAsync(cancellation: TestContext.Current.CancellationToken);
        port.Unplug();
        Assert.Equal(WireFailure.PortLost, (await Assert.ThrowsAsync<WireProtocolException>(() => waiting)).Failure);
        Assert.Equal(
            WireFailure.PortLost,
            (await Assert.ThrowsAsync<WireProtocolException>(
                () => client.RebootAsync(RebootModes.Normal, TestContext.Current.CancellationToken))).Failure);
    }

    [Fact]
    public async Task ABoardThatSaysSoMustSendChecksums()
    {
        bool withCrc = true;
        using var port = new ScriptedPort(request => Packet.Create(
            request.Command,
            1,
            request.Sequence,
            (PacketFlags)0xA003,
            new PingPayload(PingSource.Clr, PingFlags.Crc).ToPayload(),
            withCrc));
        await using var client = new WireProtocolClient(port, _others, s_quick);
        await client.PingAsync(cancellation: TestContext.Current.CancellationToken);
        withCrc = false;
        await Assert.ThrowsAsync<WireProtocolException>(
            () => client.PingAsync(cancellation: TestContext.Current.CancellationToken));
        Assert.True(client.Refused > 0);
    }

    [Fact]
    public async Task WhatMustNotHappenTwiceIsSentOnce()
    {
        int parts = 0;
        using var port = new ScriptedPort(request => ++parts == 1 ? Reply(request, [1, 0, 0, 0]) : []);
        await using var client = new WireProtocolClient(port, _others, s_quick);
        await Assert.ThrowsAsync<WireProtocolException>(
            () => client.WriteFileAsync(@"I:\a", new byte[1_500], TestContext.Current.CancellationToken));
        Assert.Equal(2, port.Written.Count);
    }

    private static byte[] Reply(PacketHeader request, byte[] payload) =>
        Packet.Create(request.Command, 1, request.Sequence, (PacketFlags)0xA003, payload, withCrc: false);
}
