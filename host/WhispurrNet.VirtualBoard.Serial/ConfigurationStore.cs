using WhispurrNet.WireProtocol;

namespace WhispurrNet.Virtual.Serial;

/// <summary>The configuration of a board: blocks of network interfaces and wireless networks.</summary>
internal sealed class ConfigurationStore
{
    private const uint MaxBlocks = 4;

    private static readonly Dictionary<ConfigurationKind, int> s_bytes = new()
    {
        [ConfigurationKind.Network] = 117,
        [ConfigurationKind.Wireless] = 108,
        [ConfigurationKind.AccessPoint] = 110,
    };

    private readonly Dictionary<ConfigurationQuery, byte[]> _blocks = [];

    /// <summary>A block; zeros until one was stored, null where there is none.</summary>
    public byte[]? Find(ConfigurationQuery query) =>
        query.Index >= MaxBlocks || !s_bytes.TryGetValue(query.Kind, out int bytes) ? null
        : _blocks.TryGetValue(query, out byte[]? block) ? block
        : new byte[bytes];

    /// <summary>Stores a block.</summary>
    /// <returns>0, 100 when it cannot be stored, 10 for an unknown kind.</returns>
    public uint Store(in ConfigurationUpdate update, ReadOnlySpan<byte> data)
    {
        if (!Enum.IsDefined(update.Query.Kind))
        {
            return 10;
        }

        if (update.Query.Index >= MaxBlocks
            || !s_bytes.TryGetValue(update.Query.Kind, out int bytes)
            || update.Offset != 0
            || data.Length < bytes)
        {
            return 100;
        }

        _blocks[update.Query] = data[..bytes].ToArray();
        return 0;
    }
}
