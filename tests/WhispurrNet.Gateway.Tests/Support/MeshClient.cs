using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Gateway.Nodes;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Gateway.Tests.Support;

/// <summary>A whisper that a client has read.</summary>
internal sealed record Reading(WhisperType Type, bool IsProven, string From, string Payload);

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
            string payload = Encoding.UTF8.GetString(whisper.Payload, 0, whisper.PayloadCount);
            Heard.Add(payload);
            Readings.Add(new Reading(whisper.Type, whisper.SenderProven, whisper.SenderText, payload));
        };
    }

    /// <summary>Payloads read so far.</summary>
    public ConcurrentBag<string> Heard { get; } = [];

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
