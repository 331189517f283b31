using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Sealing;

namespace WhispurrNet.Protocol.Tests.Support;

/// <summary>Makes frames of one network with every clear field chosen by the test.</summary>
internal sealed class FrameMaker
{
    private readonly MacWorkspace _mac = new(new HmacSha256());
    private readonly ChaChaRandom _random;
    private readonly NetworkKeys _keys;
    private readonly WhisperSealer _sealer;
    private readonly FrameAuthenticator _authenticator;
    private readonly int _frameSize;

    public FrameMaker(int seed, int network = TestNetwork.Home, int frameSize = FrameLayout.StandardFrameSize)
    {
        _random = new ChaChaRandom(TestNetwork.Seed(seed));
        _keys = new NetworkKeys(TestNetwork.Key(network), _mac.Hmac);
        _sealer = new WhisperSealer(_mac, frameSize);
        _authenticator = new FrameAuthenticator(_mac, _keys.Admission, frameSize);
        _frameSize = frameSize;
    }

    public WhisperHeader Header { get; } = new();

    /// <summary>Every broadcast of this maker carries it, unless it is 0.</summary>
    public ulong InnerId { get; set; }

    public byte[] Broadcast(int hops = 10, int lifetimeUnits = 900, byte expiryHour = ExpiryHour.Unknown)
    {
        return Make(
            WhisperType.Broadcast, Labels.BroadcastTag(), Labels.BroadcastSeal(), [1, 2, 3], hops, lifetimeUnits,
            expiryHour);
    }

    public byte[] Resonance(string intent, byte[] payload, WhisperType type = WhisperType.Resonance)
    {
        return Make(type, Labels.IntentTag(intent), Labels.IntentSeal(intent), payload, 10, 900, ExpiryHour.Unknown);
    }

    public byte[] UnderBroadcastKey(WhisperType type, byte[]? payload = null)
    {
        return Make(
            type, Labels.BroadcastTag(), Labels.BroadcastSeal(), payload ?? [1, 2, 3], 10, 900, ExpiryHour.Unknown);
    }

    /// <summary>One part of a long whisper under the broadcast key, in a frame of its own.</summary>
    public byte[] Part(WhisperType type, byte[] payload, int part)
    {
        Header.Part = part;
        byte[] frame = UnderBroadcastKey(type, payload);
        Header.Part = 0;
        return frame;
    }

    /// <summary>A frame of the network that is for others.</summary>
    public byte[] Resonate()
    {
        return Resonance("elsewhere", [1, 2, 3]);
    }

    /// <summary>Makes a frame that was sealed by other means the network's own, fresh from its origin.</summary>
    public void Admit(byte[] frame)
    {
        _authenticator.Admit(frame, 0);
        FrameCodec.WriteMutable(frame, 0, _frameSize, 10, 900);
    }

    public ulong IdOf(byte[] frame)
    {
        return _authenticator.MessageId(frame, 0);
    }

    private byte[] Make(
        WhisperType type, byte[] tagLabel, byte[] sealLabel, byte[] payload, int hops, int lifetimeUnits, byte hour)
    {
        byte[] frame = new byte[_frameSize];
        Header.Type = (byte)type;
        Header.PayloadCount = payload.Length;
        Header.InnerId = InnerId != 0 ? InnerId : _random.NextUInt64();
        _sealer.Seal(Header, payload, 0, hour, _keys.Derive(tagLabel), _keys.Derive(sealLabel), _random, frame, 0);
        _authenticator.Admit(frame, 0);
        FrameCodec.WriteMutable(frame, 0, _frameSize, hops, lifetimeUnits);
        return frame;
    }
}
