using System.Text;

namespace WhispurrNet.ReferenceAssemblies;

/// <summary>Every listing of a folder, in the order in which they compile.</summary>
/// <param name="listings">The listings, each after those it references.</param>
/// <param name="publicKey">The key that every identity in the listings carries the token of.</param>
public sealed class ReferenceSet(IReadOnlyList<Listing> listings, byte[] publicKey)
{
    public IReadOnlyList<Listing> Listings { get; } = listings;

    /// <summary>Reads the listings of a folder.</summary>
    /// <exception cref="FormatException">A listing is malformed, or a reference has no listing.</exception>
    public static ReferenceSet Read(string folder)
    {
        Listing[] all = [.. Directory.GetFiles(folder, "*.txt")
            .Order(StringComparer.Ordinal)
            .Select(f => Listing.Parse(Path.GetFileNameWithoutExtension(f), File.ReadAllText(f)))];
        var ordered = new List<Listing>();
        foreach (Listing listing in all)
        {
            Add(listing, all, ordered);
        }

        string hex = File.ReadAllText(Path.Combine(folder, "PublicKey.hex")).ReplaceLineEndings("");
        return new ReferenceSet(ordered, Convert.FromHexString(hex));
    }

    /// <summary>Listings that this one compiles against.</summary>
    public IEnumerable<Listing> ReferencesOf(Listing listing) =>
        listing.References.Select(r => Find(r, listing, Listings));

    /// <summary>What the generator writes: path relative to the output folder, and content.</summary>
    public IEnumerable<(string Path, byte[] Content)> Generate()
    {
        foreach (Listing listing in Listings)
        {
            var visible = ReferencesOf(listing).Append(listing)
                .SelectMany(l => l.Types)
                .GroupBy(t => t.FullName)
                .ToDictionary(g => g.Key, g => g.Last());
            yield return ($"{listing.Name}.cs", Encoding.UTF8.GetBytes(new SourceWriter(listing, visible).Write()));
        }

        yield return ("ReferenceAssemblies.props", Encoding.UTF8.GetBytes(WriteItems()));
        yield return ("PublicKey.snk", publicKey);
    }

    private static void Add(Listing listing, Listing[] all, List<Listing> ordered)
    {
        if (ordered.Contains(listing))
        {
            return;
        }

        foreach (string reference in listing.References)
        {
            Add(Find(reference, listing, all), all, ordered);
        }

        ordered.Add(listing);
    }

    // Three packages carry one assembly name each for HTTP and for WebSockets. The whole package has the listing
    // named like the assembly, and is what other libraries are built against.
    private static Listing Find(string assembly, Listing referrer, IReadOnlyList<Listing> all) =>
        all.SingleOrDefault(l => l.Name == assembly)
        ?? throw new FormatException($"{referrer.Name} references {assembly}, which has no listing");

    private string WriteItems()
    {
        var text = new StringBuilder();
        text.Append("<Project>\n  <!-- Generated; every assembly after those it references. -->\n  <ItemGroup>\n");
        foreach (Listing listing in Listings)
        {
            string references = string.Join(';', ReferencesOf(listing).Select(r => $"{r.Package}/{r.Assembly}.dll"));
            text.Append($"    <DeviceAssembly Include=\"{listing.Name}\" AssemblyName=\"{listing.Assembly}\"");
            text.Append($" Package=\"{listing.Package}\" References=\"{references}\" />\n");
        }

        text.Append("  </ItemGroup>\n</Project>\n");
        return text.ToString();
    }
}
