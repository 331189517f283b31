using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using WhispurrNet.Gateway.Persons;
using WhispurrNet.LongRun.Fleet;
using WhispurrNet.Protocol.Tests.Support;
using WhispurrNet.Virtual;
using Xunit;

namespace WhispurrNet.LongRun.Tests;

/// <summary>
/// Boards and a gateway through several identities: no secret of theirs is ever in a file or a log, and what has ended is
/// gone from memory.
/// </summary>
public sealed class NeverOnDiskTests : IDisposable
{
    // A small board's mailboxes live for four hours from the making of their identity.
    private static readonly TimeSpan Duration = TimeSpan.FromHours(5.5);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(11);

    private readonly string _folder = Directory.CreateTempSubdirectory("whispurr").FullName;
    private readonly Dictionary<string, byte[]> _secrets = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void NoSecretOfARunIsInAFileOrALog()
    {
        string identityFile = Path.Combine(_folder, "me.identity"), log = Path.Combine(_folder, "run.log");
        UserIdentityFile.Create(identityFile);
        var first = new Dictionary<int, byte[]>();
        var identities = new HashSet<string>();
        var disk = new List<byte[]>();
        int nodes;
        string name;
        using (var fleet = new FaultyFleet(new RunOptions
        {
            Boards = 3, WithFaults = false, Log = log, IdentityFile = identityFile, EverySeconds = 900,
        }))
        {
            using (ClockHold hold = fleet.Clock.Hold())
            {
                fleet.Start();
                while (fleet.Clock.NowMs < Duration.TotalMilliseconds)
                {
                    hold.Wait(Pause);
                    NodeSecrets[] now = [.. Cores(fleet).Select(core => new NodeSecrets(core))];
                    foreach ((int index, NodeSecrets node) in now.Index())
                    {
                        Assert.True(node.IsRight, "the private key is not that of the identity");
                        first.TryAdd(index, node.Seeds[0]);
                        identities.Add(Convert.ToHexString(node.Seeds[0]));
                        foreach (byte[] secret in node.All())
                        {
                            _secrets[Convert.ToHexString(secret)] = secret;
                        }
                    }
                }

                nodes = first.Count;
                AssertEndedIdentitiesAreGone(fleet, first);
                name = (string)fleet.Boards[0].InvokeStatic("WhispurrNet.Board.BoardInspector", "Identity")!;
                disk.AddRange(fleet.Boards.SelectMany(board => board.Files.ListFiles(BoardFileSystem.Root)
                    .Select(file => board.Files.Read(file))));
            }
        }

        // Five nodes with an identity an hour, or the run has shown nothing.
        Assert.Equal(5, nodes);
        Assert.True(identities.Count >= 5 * 5, $"{identities.Count} identities");
        Assert.True(_secrets.Count > 4 * identities.Count, $"{_secrets.Count} secrets");
        Assert.True(disk.Count >= 3, "each board has its settings");
        byte[] said = File.ReadAllBytes(log);

        // What is public is found, so that the search does search.
        Assert.True(Contains(said, Convert.FromHexString(name[..32])), "the log names no identity");
        byte[] seed = SeedIn(identityFile);
        Assert.True(Contains(File.ReadAllBytes(identityFile), seed), "the seed is not in its own file");
        foreach (byte[] secret in _secrets.Values.Append(seed))
        {
            Assert.False(Contains(said, secret), "a secret is in the log");
            Assert.All(disk, file => Assert.False(Contains(file, secret), "a secret is on a board's drive"));
        }

        Assert.All(_secrets.Values, secret => Assert.False(Contains(File.ReadAllBytes(identityFile), secret)));
        Assert.Equal(
            new[] { identityFile, log }.Order(), Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Order());
    }

    /// <summary>On boards of the small size the first identity's mailbox has ended; its keys are overwritten.</summary>
    private static void AssertEndedIdentitiesAreGone(FaultyFleet fleet, Dictionary<int, byte[]> first)
    {
        int small = 0;
        foreach ((int index, object core) in Cores(fleet).Index())
        {
            var node = new NodeSecrets(core);
            Assert.True(node.Holds(node.Seeds[0]), "the search finds no seed");
            if (node.Seeds.Count > 4)
            {
                continue;
            }

            small++;
            byte[][] gone = [first[index], .. Enumerable.Range(1, 3).Select(i => NodeSecrets.Derive(first[index], (byte)i))];
            Assert.All(gone, secret => Assert.False(node.Holds(secret), "an ended identity is still in memory"));
        }

        Assert.Equal(2, small);
    }

    /// <summary>The node cores of boards, desk and relay, always in the same order.</summary>
    private static IEnumerable<object> Cores(FaultyFleet fleet)
    {
        foreach (VirtualBoard board in fleet.Boards)
        {
            // A board's program is an assembly of its own; its identity tells whose it is.
            string identity = (string)board.InvokeStatic("WhispurrNet.Board.BoardInspector", "Identity")!;
            yield return AssemblyLoadContext.All
                .SelectMany(context => context.Assemblies)
                .Where(assembly => assembly.GetName().Name == "WhispurrNet.Board")
                .Select(CoreOf)
                .OfType<object>()
                .Single(core => (string)core.GetType().GetProperty("IdentityText")!.GetValue(core)! == identity);
        }

        foreach (object core in ObjectGraph.Walk(fleet.Gateway, IsOutside).Select(found => found.Value)
            .Where(value => value.GetType().Name == "NodeCore")
            .OrderBy(core => (bool)core.GetType().GetProperty("IsMember")!.GetValue(core)!))
        {
            yield return core;
        }
    }

    private static bool IsOutside(object value) =>
        value is not Array && value.GetType().Namespace?.StartsWith("WhispurrNet", StringComparison.Ordinal) != true;

    private static object? CoreOf(Assembly assembly)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        object? board = assembly.GetType("WhispurrNet.Board.BoardInspector")!.GetField("s_board", Any)!.GetValue(null);
        object? host = board?.GetType().GetMethod("Running", Any)!.Invoke(board, null);
        return host?.GetType().GetField("Core", Any)!.GetValue(host);
    }

    private static byte[] SeedIn(string identityFile) => Convert.FromHexString(
        File.ReadAllLines(identityFile).Single(line => line.StartsWith("seed=", StringComparison.Ordinal))[5..]);

    // As it is, as hexadecimal digits, and as base 64 at each of the three places that it can begin at.
    private static bool Contains(byte[] text, byte[] secret)
    {
        byte[] part = secret[..16];
        string hex = Convert.ToHexString(part);
        IEnumerable<byte[]> forms =
        [
            part,
            Encoding.ASCII.GetBytes(hex),
            Encoding.ASCII.GetBytes(hex.ToLowerInvariant()),
            Encoding.ASCII.GetBytes(BitConverter.ToString(part)),
            .. Enumerable.Range(0, 3).Select(skipped =>
                Encoding.ASCII.GetBytes(Convert.ToBase64String(part.AsSpan(skipped, 12)))),
        ];
        return forms.Any(form => text.AsSpan().IndexOf(form) >= 0);
    }
}
