using System.Globalization;
using System.Text;
using WhispurrNet.Protocol.Links;
using WhispurrNet.Protocol.Links.Opening;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Document;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Links.Opening;

/// <summary>What a contact takes on the air at MTU 23, counted on contacts between nodes.</summary>
public class ContactCostTests
{
    private const string Begin = "<!-- contact costs -->\n";
    private const string End = "<!-- /contact costs -->\n";

    /// <summary>With WHISPURR_UPDATE_EXAMPLES=1 in the environment the page is rewritten first.</summary>
    [Fact]
    public void ThePageSaysTheCosts()
    {
        string page = File.ReadAllText(ProtocolDocument.Path);
        int from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int to = page.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("WHISPURR_UPDATE_EXAMPLES") == "1")
        {
            File.WriteAllText(ProtocolDocument.Path, page[..from] + Table() + page[to..]);
            return;
        }

        Assert.Equal(Table(), page[from..to]);
    }

    [Fact]
    public void AResumptionTakesTwoFlightsOfTwoUnits()
    {
        OpeningPair pair = Resumable();
        Assert.True(pair.Link());
        int[] first = [.. pair.Wire.TakeWhile(w => w.Forth).Select(w => w.Unit.Length)];
        int[] second = [.. pair.Wire.SkipWhile(w => w.Forth).TakeWhile(w => !w.Forth).Select(w => w.Unit.Length)];

        Assert.Equal([20, 19], first[..2]);
        Assert.Equal([20, 11], second[..2]);
    }

    private static string Table()
    {
        StringBuilder table = new("| contact | writes | notifications | bytes forth | bytes back |\n");
        table.Append("| --- | --- | --- | --- | --- |\n");
        Cost resumed = CostOf(Resumable());
        Append(table, "resumed, no frame", resumed);
        Append(table, "members' full handshake, no frame", CostOf(OpeningPair.Members(LinkKind.Contact)));
        NodeCore stranger = TestNetwork.Node(2, TestNetwork.Foreign);
        Append(
            table, "strangers' full handshake, no frame",
            CostOf(new OpeningPair(LinkKind.Contact, TestNetwork.Node(1), stranger)));
        Append(table, "an identity introduced, besides", Introduced() - resumed);
        Append(table, "first frame of the client, besides", Talking(true, 1) - resumed);
        Append(table, "each further one", (Talking(true, 4) - Talking(true, 1)) / 3);
        Append(table, "first frame of the server, besides", Talking(false, 1) - resumed);
        Append(table, "each further one", (Talking(false, 4) - Talking(false, 1)) / 3);
        return table.ToString();
    }

    private static void Append(StringBuilder table, string what, Cost cost)
    {
        table.Append(CultureInfo.InvariantCulture, $"| {what} | {cost.Writes:0.#} | {cost.Notifications:0.#} ");
        table.Append(CultureInfo.InvariantCulture, $"| {cost.Forth:0.#} | {cost.Back:0.#} |\n");
    }

    private static OpeningPair Resumable()
    {
        OpeningPair pair = OpeningPair.Members(LinkKind.Contact);
        Assert.True(pair.Link());
        return pair;
    }

    private static Cost Introduced()
    {
        OpeningPair pair = Resumable();

        // Both make their key pairs anew first, and their identities.
        pair.NowMs = 3_600_000;
        return CostOf(pair);
    }

    private static Cost Talking(bool client, int frames)
    {
        OpeningPair pair = Resumable();
        for (int i = 0; i < frames; i++)
        {
            Assert.Equal(SendResult.Queued, (client ? pair.A : pair.B).Broadcast([1], 0, 1, 0));
        }

        return CostOf(pair);
    }

    private static Cost CostOf(OpeningPair pair)
    {
        Assert.True(pair.Link());
        (bool Forth, byte[] Unit)[] forth = [.. pair.Wire.Where(w => w.Forth)];
        (bool Forth, byte[] Unit)[] back = [.. pair.Wire.Where(w => !w.Forth)];
        return new Cost(forth.Length, back.Length, forth.Sum(w => w.Unit.Length), back.Sum(w => w.Unit.Length));
    }

    private readonly record struct Cost(double Writes, double Notifications, double Forth, double Back)
    {
        public static Cost operator -(Cost a, Cost b) =>
            new(a.Writes - b.Writes, a.Notifications - b.Notifications, a.Forth - b.Forth, a.Back - b.Back);

        public static Cost operator /(Cost a, int by) => new(a.Writes / by, a.Notifications / by, a.Forth / by, a.Back / by);
    }
}
