namespace WhispurrNet.Gateway.Live;

/// <summary>
/// Which node had which identity. A node takes a new one every hour, and whispers under the old one still travel. The
/// oldest of a node's identities goes first.
/// </summary>
internal sealed class IdentityTable
{
    /// <summary>Most identities remembered of one node: as many as hours that a whisper may live, and one more.</summary>
    public const int MaxOfNode = 25;

    private readonly Dictionary<string, string> _nodes = [];
    private readonly Dictionary<string, Queue<string>> _identities = [];

    /// <summary>A node says who it is.</summary>
    public void Note(string node, string identity)
    {
        if (_nodes.ContainsKey(identity))
        {
            return;
        }

        if (!_identities.TryGetValue(node, out Queue<string>? known))
        {
            known = [];
            _identities.Add(node, known);
        }

        _nodes.Add(identity, node);
        known.Enqueue(identity);
        if (known.Count > MaxOfNode)
        {
            _nodes.Remove(known.Dequeue());
        }
    }

    /// <summary>The node of an identity, or null.</summary>
    public string? NodeOf(string identity) => _nodes.GetValueOrDefault(identity);
}
