namespace WhispurrNet.Protocol.Tests.Mesh;

/// <summary>How bad the air is; per mille, so that everything stays in integers.</summary>
/// <param name="UnitLoss">A unit of a contact is lost.</param>
/// <param name="ContactCut">A contact is cut at a random moment.</param>
/// <param name="AdvertisementMissed">A scan does not hear a neighbour that advertises.</param>
/// <param name="StreamCut">A stream is cut within a minute.</param>
internal sealed record MeshFaults(int UnitLoss, int ContactCut, int AdvertisementMissed, int StreamCut)
{
    public static readonly MeshFaults None = new(0, 0, 0, 0);

    public static readonly MeshFaults Fifth = new(5, 200, 200, 200);

    public static readonly MeshFaults Heavy = new(30, 500, 300, 700);
}
