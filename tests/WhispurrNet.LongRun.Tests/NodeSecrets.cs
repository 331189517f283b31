using System.Reflection;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Tests.Support;

namespace WhispurrNet.LongRun.Tests;

/// <summary>
/// Every secret that a node core holds in memory at a moment, by reflection: a virtual board's core is of an assembly of its
/// own, so that its types are known by name only.
/// </summary>
internal sealed class NodeSecrets
{
    private const int SecretSize = 32;
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly List<object> _parts;

    public NodeSecrets(object core)
    {
        _parts = [.. ObjectGraph.Walk(core, IsOutside).Select(found => found.Value)];
        byte[] present = Field(Single("EphemeralIdentity"), "_keys");
        byte[] former = Field(Single("MailboxRing"), "_former");
        Seeds = [present[..SecretSize], .. Entries(former, SecretSize + 4)];
        IsRight = PublicKeyOf(present[..SecretSize]).AsSpan().SequenceEqual(present.AsSpan(SecretSize));
    }

    /// <summary>Seeds of the identities that live, the present one first.</summary>
    public List<byte[]> Seeds { get; }

    /// <summary>Whether the private key that is looked for is the one that belongs to the public key.</summary>
    public bool IsRight { get; }

    /// <summary>
    /// Seeds, private keys, entropies and salts of identities, key pairs made ahead, secrets of resumption, the random key.
    /// </summary>
    public IEnumerable<byte[]> All()
    {
        IEnumerable<byte[]> derived = Seeds.SelectMany(
            seed => Enumerable.Range(1, 3).Select(purpose => Derive(seed, (byte)purpose)));
        IEnumerable<byte[]> pairs = Entries(Field(Single("KeyPairPool"), "_pairs"), 2 * SecretSize);
        return Seeds.Concat(derived).Concat(pairs).Concat(Resumption()).Where(secret => secret.Any(b => b != 0));
    }

    /// <summary>Whether bytes lie anywhere in the core's memory.</summary>
    public bool Holds(byte[] secret) =>
        _parts.OfType<byte[]>().Any(bytes => bytes.AsSpan().IndexOf(secret.AsSpan(0, 16)) >= 0);

    /// <summary>What the node derives from a seed, by the class that does it on the board.</summary>
    public static byte[] Derive(byte[] seed, byte purpose)
    {
        var mac = new MacWorkspace(new HmacSha256());
        typeof(MacWorkspace).GetMethod("Derive", Any, [typeof(byte[]), typeof(int), typeof(byte)])!
            .Invoke(mac, [seed, 0, purpose]);
        return [.. mac.Mac];
    }

    private static byte[] PublicKeyOf(byte[] seed)
    {
        var result = new byte[X25519.KeySize];
        new X25519().ScalarMultiplyBase(Derive(seed, 1), result);
        return result;
    }

    private static bool IsOutside(object value) =>
        value is not Array && value.GetType().Namespace?.StartsWith("WhispurrNet.Protocol", StringComparison.Ordinal) != true;

    private static IEnumerable<byte[]> Entries(byte[] entries, int size) =>
        entries.Chunk(size).Where(entry => entry.Length == size).Select(entry => entry[..SecretSize])
            .Where(secret => secret.Any(b => b != 0));

    private static byte[] Field(object owner, string name) => (byte[])owner.GetType().GetField(name, Any)!.GetValue(owner)!;

    private IEnumerable<byte[]> Resumption()
    {
        object peers = Single("PeerTable");
        Type type = peers.GetType();
        int capacity = (int)type.GetProperty("Capacity")!.GetValue(peers)!;
        for (int peer = 0; peer < capacity; peer++)
        {
            for (int place = 0; place < 2; place++)
            {
                if ((bool)type.GetMethod("HasSecret")!.Invoke(peers, [peer, place])!)
                {
                    var secret = new byte[SecretSize];
                    type.GetMethod("CopySecret")!.Invoke(peers, [peer, place, secret]);
                    yield return secret;
                }
            }
        }
    }

    private object Single(string type) => _parts.Single(part => part.GetType().Name == type);
}
