using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Obfuscation;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Mesh;

/// <summary>
/// Stories of whole meshes: what was accepted and had a path arrives. Stars and rings are among <see cref="MeshTests"/>.
/// </summary>
public class ScenarioTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    public static TheoryData<int> FewSeeds => [.. Enumerable.Range(1, 6)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void TwoIslandsBridgedByOneBoard(int seed)
    {
        VirtualMesh mesh = new(seed);
        MeshNode bridge = mesh.Board(seed % 2 == 0 ? TestNetwork.Home : TestNetwork.Foreign);
        MeshNode[][] islands = [Island(mesh, 4), Island(mesh, 4)];
        mesh.InRange(islands[0][0], bridge);
        mesh.InRange(bridge, islands[1][0]);
        islands[0][3].Tune("a");
        islands[1][3].Tune("a");
        mesh.Send(islands[0][1], "a");
        mesh.Send(islands[1][1], null);
        mesh.Send(islands[1][2], "a");
        mesh.Send(islands[0][2], VirtualMesh.Emergency);

        mesh.Run();
    }

    /// <summary>Away from the second minute to the tenth, with a whisper in the pocket and others waiting outside.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void ABoardAwayAndBack(int seed)
    {
        VirtualMesh mesh = new(seed);
        MeshNode[] boards = [.. Enumerable.Range(0, 4).Select(_ => mesh.Board())];
        for (int i = 1; i < boards.Length; i++)
        {
            mesh.InRange(boards[i - 1], boards[i]);
        }

        MeshNode wanderer = boards[3];
        mesh.At(120_000, () => wanderer.Radio!.IsAway = true);
        mesh.At(600_000, () => wanderer.Radio!.IsAway = false);
        wanderer.Tune("a");
        mesh.SendAt(boards[0], "a", 200_000);
        mesh.SendAt(boards[0], null, 400_000);
        mesh.SendAt(boards[1], VirtualMesh.Emergency, 500_000);
        mesh.SendAt(wanderer, null, 300_000);

        mesh.Run();

        Assert.True(mesh.NowMs > 600_000);
    }

    /// <summary>
    /// One advertisement in five is missed, one contact and one stream in five is cut, from beginning to end. What one unit
    /// loses Bluetooth repeats; a few in a thousand are lost all the same.
    /// </summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void AFifthIsLostAllTheTime(int seed)
    {
        VirtualMesh mesh = new(seed) { FaultsAfter = MeshFaults.Fifth };
        MeshNode[] boards = Island(mesh, 3);
        MeshNode far = mesh.Board();
        MeshNode farther = mesh.Board();
        MeshNode relay = mesh.Relay();
        mesh.InRange(boards[2], far);
        mesh.Stream(far, relay);
        mesh.Stream(farther, relay);
        farther.Tune("a");
        mesh.Send(boards[0], "a");
        mesh.Send(farther, null);
        mesh.Send(boards[1], VirtualMesh.Emergency);

        mesh.Run();
    }

    /// <summary>
    /// Everybody in stealth: frames of 512 bytes, delays, cover and padding, and a fifth lost all the time. What is real
    /// arrives among the cover.
    /// </summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void AStealthMeshThatLosesAFifthCarriesWhispersAmongCover(int seed)
    {
        VirtualMesh mesh = new(seed) { FaultsAfter = MeshFaults.Fifth, Configure = Stealth };
        MeshNode[] boards = [.. Enumerable.Range(0, 4).Select(_ => mesh.Board())];
        for (int i = 1; i < boards.Length; i++)
        {
            mesh.InRange(boards[i - 1], boards[i]);
        }

        MeshNode relay = mesh.Relay();
        MeshNode farther = mesh.Board();
        mesh.Stream(boards[3], relay);
        mesh.Stream(farther, relay);
        farther.Tune("a");
        mesh.Send(boards[0], "a");
        mesh.Send(boards[0], null);
        mesh.Send(farther, null);
        mesh.Send(boards[1], VirtualMesh.Emergency);

        mesh.SendLate(boards[0], "a");

        mesh.Run();

        Assert.True(mesh.Members.Sum(m => m.Core.Statistics.CoverFrames) > 0);
    }

    /// <summary>A foreign board in everybody's range brings more than anybody could carry.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void AFloodOfForeignFramesDoesNotStopTheNetworksOwn(int seed)
    {
        VirtualMesh mesh = new(seed) { Configure = c => c.WhisperRefillMs = 1000 };
        MeshNode[] boards = [.. Enumerable.Range(0, 5).Select(_ => mesh.Board())];
        MeshNode flooder = mesh.Board(TestNetwork.Foreign, NodeLimits.Full(), c => c.Gossip.StayMs = 0);
        for (int i = 0; i < boards.Length; i++)
        {
            mesh.InRange(boards[i], flooder);
            if (i > 0)
            {
                mesh.InRange(boards[i - 1], boards[i]);
            }
        }

        for (int i = 0; i < 600; i++)
        {
            mesh.At(i * 2000, () => flooder.Core.Broadcast([1, 2, 3], 0, 3, mesh.NowMs));
        }

        boards[4].Tune("a");
        mesh.Send(boards[0], "a");
        mesh.Send(boards[0], null);
        mesh.Send(boards[4], null);
        mesh.Send(boards[2], VirtualMesh.Emergency);

        mesh.Run();

        Assert.True(flooder.Core.Statistics.WhispersQueued > 100);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ABoardOfEachSize(int seed)
    {
        VirtualMesh mesh = new(seed);
        NodeLimits[] sizes = [NodeLimits.Small(), NodeLimits.Full(), NodeLimits.Desk()];
        int first = mesh.Topology.Next(3);
        MeshNode[] boards =
            [.. Enumerable.Range(0, 5).Select(i => mesh.Board(TestNetwork.Home, sizes[(first + i) % 3]))];
        for (int i = 1; i < boards.Length; i++)
        {
            mesh.InRange(boards[i - 1], boards[i]);
        }

        boards[4].Tune("a");
        Array.ForEach(boards, b => mesh.Send(b, null));
        mesh.Send(boards[0], "a");
        mesh.Send(boards[4], VirtualMesh.Emergency);

        mesh.Run();
    }

    /// <summary>Four hours: every identity changes four times, and every whisper of every hour arrives once.</summary>
    [Theory]
    [MemberData(nameof(FewSeeds))]
    public void IdentitiesRotateOverHours(int seed)
    {
        const long hourMs = 3_600_000;
        VirtualMesh mesh = new(seed) { HealedMs = 4 * hourMs, Configure = c => c.Discoverable = true };
        MeshNode[] boards = Island(mesh, 3);
        MeshNode far = mesh.Board();
        mesh.InRange(boards[2], far);
        far.Tune("a");
        HashSet<string> identities = [];
        for (long atMs = 0; atMs <= 4 * hourMs; atMs += 600_000)
        {
            mesh.SendAt(boards[0], "a", atMs);
            mesh.SendAt(far, null, atMs + 60_000);
            mesh.At(atMs, () => identities.UnionWith(mesh.Nodes.Select(n => n.Core.IdentityText)));
        }

        mesh.Run();

        Assert.True(identities.Count >= 4 * mesh.Nodes.Count, $"{identities.Count} identities");
    }

    /// <summary>
    /// An emergency sent last of all overtakes what waits: on a line it is the first that the far end hears, and the mesh
    /// carries it sooner than a broadcast of the same moment.
    /// </summary>
    [Fact]
    public void AnEmergencyOvertakesAQueue()
    {
        List<int> places = [];
        for (int seed = 1; seed <= 20; seed++)
        {
            VirtualMesh mesh = new(seed) { Configure = c => c.WhisperBurst = 12 };
            MeshNode[] boards = [.. Enumerable.Range(0, 5).Select(_ => mesh.Board())];
            for (int i = 1; i < boards.Length; i++)
            {
                mesh.InRange(boards[i - 1], boards[i]);
            }

            for (int i = 0; i < 10; i++)
            {
                mesh.SendAt(boards[0], null, 1);
            }

            mesh.SendAt(boards[0], VirtualMesh.Emergency, 1);

            mesh.Run();

            places.Add(boards[4].Got.FindIndex(g => g.StartsWith(VirtualMesh.Emergency, StringComparison.Ordinal)));
        }

        Assert.All(places, place => Assert.Equal(0, place));
    }

    private static void Stealth(NodeConfiguration configuration)
    {
        configuration.FrameSize = FrameLayout.StealthFrameSize;
        configuration.Obfuscation = new StealthObfuscation();
    }

    private static MeshNode[] Island(VirtualMesh mesh, int count)
    {
        MeshNode[] boards = [.. Enumerable.Range(0, count).Select(_ => mesh.Board())];
        for (int i = 0; i < count; i++)
        {
            Array.ForEach(boards[..i], b => mesh.InRange(boards[i], b));
        }

        return boards;
    }
}
