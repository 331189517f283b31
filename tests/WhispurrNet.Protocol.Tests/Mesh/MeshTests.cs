using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Mesh;

/// <summary>
/// Whole meshes in virtual time: under faults nothing wrong happens, and without them everything arrives.
/// </summary>
public class MeshTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void ALineCarriesFromEndToEnd(int length)
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            VirtualMesh mesh = new(seed);
            MeshNode[] boards = Line(mesh, [.. Enumerable.Repeat(TestNetwork.Home, length)]);
            boards[^1].Tune("emotion_data");
            boards[1].Tune("other");
            mesh.Send(boards[0], "emotion_data");
            mesh.Send(boards[0], null);
            mesh.Send(boards[^1], "other");
            mesh.Send(boards[length / 2], null);

            mesh.Run();
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void AForeignBoardOnTheOnlyPathCarriesWhatItCannotRead(int seed)
    {
        VirtualMesh mesh = new(seed);
        MeshNode[] boards = Line(
            mesh, TestNetwork.Home, TestNetwork.Home, TestNetwork.Foreign, TestNetwork.Home, TestNetwork.Home);
        boards[4].Tune("emotion_data");
        boards[2].Tune("emotion_data");
        mesh.Send(boards[0], "emotion_data");
        mesh.Send(boards[0], null);
        mesh.Send(boards[4], null);

        mesh.Run();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ADirectWhisperCrossesALineWithAForeignBoardAndNobodyElseReadsIt(int seed)
    {
        VirtualMesh mesh = new(seed);
        MeshNode[] boards = Line(mesh, TestNetwork.Home, TestNetwork.Home, TestNetwork.Foreign, TestNetwork.Home);
        mesh.SendDirect(boards[0], boards[3]);
        mesh.SendDirect(boards[3], boards[0]);
        mesh.SendDirect(boards[0], boards[1]);
        mesh.Send(boards[1], null);

        mesh.Run();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void WhispersInPartsCrossALineThatLosesMuch(int seed)
    {
        VirtualMesh mesh = new(seed) { TextLength = 400 };
        MeshNode[] boards = Line(mesh, TestNetwork.Home, TestNetwork.Home, TestNetwork.Home);
        mesh.SendDirect(boards[0], boards[2]);
        mesh.Send(boards[2], null);

        mesh.Run();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ForeignBoardsThatWereGivenTooMuchStillCarryWhatComesLater(int seed)
    {
        VirtualMesh mesh = new(seed);
        MeshNode[] boards = Line(mesh, TestNetwork.Home, TestNetwork.Foreign, TestNetwork.Foreign, TestNetwork.Home);
        for (int i = 0; i < 12; i++)
        {
            mesh.SendInVain(boards[0], null);
            mesh.SendInVain(boards[3], null);
        }

        mesh.SendLate(boards[0], null);
        mesh.SendLate(boards[3], null);

        mesh.Run();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    [InlineData(43)] // a contact that both sides called finished, though its last frame was lost
    [InlineData(116)] // the same
    [InlineData(137)] // frames that nobody wanted any more kept others out
    [InlineData(188)] // the same
    public void AForeignBoardCarriesMoreThanItHoldsAtOnce(int seed)
    {
        // The first board of a mesh is a small one: four strangers' frames at a time.
        VirtualMesh mesh = new(seed);
        MeshNode foreign = mesh.Board(TestNetwork.Foreign);
        MeshNode left = mesh.Board();
        MeshNode right = mesh.Board();
        mesh.InRange(left, foreign);
        mesh.InRange(foreign, right);
        for (int i = 0; i < 4; i++)
        {
            mesh.Send(left, null);
            mesh.Send(right, null);
        }

        mesh.Run();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ARingCarriesBothWays(int seed)
    {
        VirtualMesh mesh = new(seed);
        MeshNode[] boards = Line(mesh, [.. Enumerable.Repeat(TestNetwork.Home, 6)]);
        mesh.InRange(boards[5], boards[0]);
        Array.ForEach(boards[..3], b => b.Tune("a"));
        Array.ForEach(boards, b => mesh.Send(b, b.Number % 2 == 0 ? "a" : null));

        mesh.Run();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void AStarCarriesThroughItsMiddle(int seed)
    {
        // A foreign board has four places for what it hands on to six others: no cards beside the whispers.
        bool foreign = seed % 2 != 0;
        VirtualMesh mesh = new(seed) { Discoverable = !foreign };
        MeshNode middle = mesh.Board(foreign ? TestNetwork.Foreign : TestNetwork.Home);
        MeshNode[] rays = [.. Enumerable.Range(0, 6).Select(_ => mesh.Board())];
        Array.ForEach(rays, r => mesh.InRange(middle, r));
        rays[5].Tune("a");
        mesh.Send(rays[0], "a");
        mesh.Send(rays[1], null);
        mesh.Send(rays[2], null);

        mesh.Run();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void EverybodyInRangeOfEverybody(int seed)
    {
        VirtualMesh mesh = new(seed);
        MeshNode[] boards = [.. Enumerable.Range(0, 8).Select(_ => mesh.Board())];
        for (int i = 0; i < boards.Length; i++)
        {
            Array.ForEach(boards[..i], b => mesh.InRange(boards[i], b));
        }

        Array.ForEach(boards, b => b.Tune("a"));
        Array.ForEach(boards, b => mesh.Send(b, b.Number < 4 ? "a" : null));

        mesh.Run();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void AKeylessRelayJoinsTwoLines(int seed)
    {
        VirtualMesh mesh = new(seed);
        MeshNode relay = mesh.Relay();
        MeshNode[] left = Line(mesh, TestNetwork.Home, TestNetwork.Foreign, TestNetwork.Home);
        MeshNode[] right = Line(mesh, TestNetwork.Home, TestNetwork.Home, TestNetwork.Home);
        mesh.Stream(left[0], relay);
        mesh.Stream(right[0], relay);
        right[2].Tune("a");
        left[1].Tune("a");
        mesh.Send(left[2], "a");
        mesh.Send(left[2], null);
        mesh.Send(right[2], null);

        mesh.Run();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ARelayServesManyStreams(int seed)
    {
        VirtualMesh mesh = new(seed);
        MeshNode relay = mesh.Relay();
        MeshNode[] boards = [.. Enumerable.Range(0, 8).Select(_ => mesh.Board(TestNetwork.Home))];
        Array.ForEach(boards, b => mesh.Stream(b, relay));
        Array.ForEach(boards, b => mesh.Send(b, null));

        mesh.Run();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ARandomMeshOfMembersForeignersAndARelay(int seed)
    {
        VirtualMesh mesh = new(seed);
        int count = mesh.Topology.Next(5, 9);
        for (int i = 0; i < count; i++)
        {
            // The first and the last are members; each board is in range of one before it, so that all hang together.
            bool member = i == 0 || i == count - 1 || mesh.Topology.Next(3) != 0;
            MeshNode board = mesh.Board(member ? TestNetwork.Home : TestNetwork.Foreign);
            if (i > 0)
            {
                mesh.InRange(board, mesh.Nodes[mesh.Topology.Next(i)]);
            }
        }

        MeshNode relay = mesh.Relay();
        MeshNode[] members = [.. mesh.Members];
        mesh.Stream(members[0], relay);
        mesh.Stream(members[^1], relay);
        members[0].Tune("a");
        members[^1].Tune("a");
        mesh.Send(members[0], "a");
        mesh.Send(members[^1], "a");
        mesh.Send(members[members.Length / 2], null);

        mesh.Run();
    }

    private static MeshNode[] Line(VirtualMesh mesh, params int[] networks)
    {
        MeshNode[] boards = [.. networks.Select(mesh.Board)];
        for (int i = 1; i < boards.Length; i++)
        {
            mesh.InRange(boards[i - 1], boards[i]);
        }

        return boards;
    }
}
