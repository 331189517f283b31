using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Gateway.Nodes;
using WhispurrNet.Protocol.Extras.Identity;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Gateway.Tests.Support;

/// <summary>A whisper that a client has read.</summary>
internal sealed record Reading(WhisperType Type, bool IsProven, string From, string Payload);

/// <summary>A direct whisper by which somebody identifies.</summary>
internal sealed record Claim(bool IsProven, string From, byte[] Payload)
{
    /// <summary>The person's key, if the claim was made for this recipient; else null.</summary>
    public byte[]? Check(string recipient) => DirectIdentification.Check(
        new UserVerifier(), Payload, IdentityName.ReadId(From), IdentityName.ReadTime(From), IdentityName.ReadId(recipient));
}

/// <summary>A member node behind a real WebSocket client, as a board would be.</summary>
internal sealed class MeshClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly NodePump _pump;
    private readonly UnitQueue _outbound = new();
    private readonly CancellationTokenSource _ending = new();
    private Task _loops = Task.CompletedTask;

    private MeshClient(TimeProvider time, string joinCode, string[] intents)
    {
        _pump = new NodePump(time, nowMs => new NodeCore(
            new NodeConfiguration { Network = NetworkKey.FromJoinCode(joinCode), Limits = NodeLimits.Full() },
            new HostHmacSha256(),
            RandomNumberGenerator.GetBytes(32),
            nowMs));
        foreach (string intent in intents)
        {
            Assert.True(_pump.With((core, _) => core.Tune(intent)));
        }

        _pump.WhisperArrived = whisper =>
        {
            if (DirectIdentification.IsOne(whisper.Payload, whisper.PayloadCount))
            {
                Claims.Add(new Claim(
                    whisper.SenderProven, whisper.SenderText, whisper.Payload[..whisper.PayloadCount]));
                return;
            }

            string payload = Encoding.UTF8.GetString(whisper.Payload, 0, whisper.PayloadCount);
            Heard.Add(payload);
            Readings.Add(new Reading(whisper.Type, whisper.SenderProven, whisper.SenderText, payload));
        };
    }

    /// <summary>Payloads read so far.</summary>
    public ConcurrentBag<string> Heard { get; } = [];

    /// <summary>Those who have told this node who they are.</summary>
    public ConcurrentBag<Claim> Claims { get; } = [];

    /// <summary>The same with what came along.</summary>
    public ConcurrentBag<Reading> Readings { get; } = [];

    /// <summary>The node's ephemeral identity.</summary>
    public string Identity => _pump.With((core, _) => core.IdentityText);

    public static Task<MeshClient> ConnectAsync(Uri mesh, string joinCode, params string[] intents) =>
        ConnectAsync(TimeProvider.System, mesh, joinCode, intents);

    public static async Task<MeshClient> ConnectAsync(
        TimeProvider time, Uri mesh, string joinCode, params string[] intents)
    {
        var client = new MeshClient(time, joinCode, intents);
        await client._socket.ConnectAsync(mesh, TestContext.Current.CancellationToken);
        PumpLink link = client._pump.OpenStream(initiator: true, client._outbound, "relay")!;
        Task sending = client._outbound.DrainAsync(
            unit => client._socket.SendAsync(unit, WebSocketMessageType.Binary, true, client._ending.Token),
            client._pump,
            client._ending.Token);
        client._loops = Task.WhenAll(sending, client.ReceiveAsync(link));
        return client;
    }

    /// <summary>Sends a resonance.</summary>
    /// <returns>The id of its frame.</returns>
    public ulong Resonate(string intent, string payload)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(payload);
        return _pump.With((core, nowMs) =>
        {
            Assert.Equal(SendResult.Queued, core.Resonate(intent, bytes, 0, bytes.Length, nowMs));
            return core.LastSentId;
        });
    }

    /// <summary>Whether the node holds the contact card of an identity.</summary>
    public bool HasContact(string identity) =>
        _pump.With((core, _) => core.HasContact(IdentityName.ReadId(identity)));

    /// <summary>Sends a direct whisper.</summary>
    /// <returns>The id of its frame.</returns>
    public ulong Direct(string to, string payload)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(payload);
        return _pump.With((core, nowMs) =>
        {
            Assert.Equal(
                SendResult.Queued, core.Direct(IdentityName.ReadId(to), bytes, 0, bytes.Length, nowMs));
            return core.LastSentId;
        });
    }

    /// <summary>Tells an identity who the user of this node is.</summary>
    /// <param name="user">The user.</param>
    /// <param name="signedFor">The identity that the claim is made for.</param>
    /// <param name="to">The identity that it is sent to.</param>
    public void Identify(IUserIdentity user, string signedFor, string to) => _pump.With((core, nowMs) =>
    {
        var payload = new byte[DirectIdentification.Size];
        string own = core.IdentityText;
        DirectIdentification.Write(
            user, IdentityName.ReadId(own), IdentityName.ReadTime(own), IdentityName.ReadId(signedFor), payload, 0);
        Assert.Equal(SendResult.Queued, core.Direct(IdentityName.ReadId(to), payload, 0, payload.Length, nowMs));
        return true;
    });

    public async ValueTask DisposeAsync()
    {
        _pump.Dispose();
        await _ending.CancelAsync();
        await _loops.ContinueWith(_ => { }, TaskScheduler.Default);
        _socket.Dispose();
        _ending.Dispose();
    }

    private async Task ReceiveAsync(PumpLink link)
    {
        byte[] buffer = new byte[4096];
        while (true)
        {
            WebSocketReceiveResult part = await _socket.ReceiveAsync(buffer, _ending.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            // A board's client hands over every fragment as it comes, so there must be none.
            Assert.True(part.EndOfMessage);
            _pump.Receive(link, buffer, part.Count);
        }
    }
}
