using System.Reflection.Metadata;

namespace WhispurrNet.DeviceCheck;

/// <summary>Where in the sources an instruction came from, read from portable symbols.</summary>
/// <param name="symbols">The symbols, or null when there are none.</param>
/// <param name="root">Folder that stands for the mapped root <c>/_/</c> of the sources.</param>
internal sealed class SourceLocations(MetadataReader? symbols, string root)
{
    private const string MappedRoot = "/_/";

    /// <summary>File and line of the statement at an IL offset; of the nearest earlier one that has a line.</summary>
    public (string? File, int Line) Find(MethodDefinitionHandle method, int offset)
    {
        if (symbols is null)
        {
            return (null, 0);
        }

        MethodDebugInformation information =
            symbols.GetMethodDebugInformation(method.ToDebugInformationHandle());
        SequencePoint? best = null;
        foreach (SequencePoint point in information.GetSequencePoints())
        {
            if (!point.IsHidden && (best is null || point.Offset <= offset))
            {
                best = point;
            }
        }

        return best is { } found ? (Path(found.Document), found.StartLine) : (null, 0);
    }

    private string Path(DocumentHandle handle)
    {
        string path = symbols!.GetString(symbols.GetDocument(handle).Name);
        return path.StartsWith(MappedRoot, StringComparison.Ordinal)
            ? System.IO.Path.Combine(root, path[MappedRoot.Length..])
            : path;
    }
}
