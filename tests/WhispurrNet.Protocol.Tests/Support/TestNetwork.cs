using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Protocol.Tests.Support;

/// <summary>Networks and nodes from small numbers, so that a failing test can be told by its numbers.</summary>
internal static class TestNetwork
{
    public const int Home = 1;
    public const int Foreign = 2;

    /// <summary>Says that a node has no network key.</summary>
    public const int Keyless = 0;

    public static NetworkKey? Key(int number)
    {
        byte[] secret = new byte[JoinCode.SecretSize];
        secret[0] = (byte)number;
        return number == Keyless ? null : NetworkKey.FromJoinCode(NetworkKey.CreateJoinCode(secret));
    }

    /// <summary>
    /// Sends no contact card of its own accord, and is not spare with handshakes: most tests count frames, and are about
    /// others.
    /// </summary>
    public static NodeConfiguration Configuration(int network, NodeLimits? limits = null)
    {
        return new NodeConfiguration
        {
            Network = Key(network),
            Limits = Generous(limits ?? NodeLimits.Small()),
            Discoverable = false,
        };
    }

    /// <summary>Lifts the budgets of handshakes.</summary>
    public static NodeLimits Generous(NodeLimits limits)
    {
        limits.HandshakeBurst = 100_000;
        limits.StrangerHandshakeBurst = 100_000;
        return limits;
    }

    public static NodeCore Node(int seed, int network = Home, NodeLimits? limits = null, long nowMs = 0)
    {
        return new NodeCore(Configuration(network, limits), new HmacSha256(), Seed(seed), nowMs);
    }

    public static NodeCore Node(int seed, NodeConfiguration configuration, long nowMs = 0, IHmacSha256? hmac = null)
    {
        return new NodeCore(configuration, hmac ?? new HmacSha256(), Seed(seed), nowMs);
    }

    public static byte[] Seed(int number)
    {
        byte[] seed = new byte[NodeCore.SeedSize];
        BitConverter.TryWriteBytes(seed, number);
        seed[31] = 1;
        return seed;
    }

    /// <summary>The observer hears in small tests; each test reads what it wants.</summary>
    public static WhisperMessage Message(NodeCore node)
    {
        return new WhisperMessage(node.MaxFramePayload);
    }
}
