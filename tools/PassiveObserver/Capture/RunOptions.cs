using WhispurrNet.Protocol.Node;

namespace WhispurrNet.PassiveObserver.Capture;

/// <summary>Whose clocks are set.</summary>
internal enum Clocks
{
    /// <summary>Everybody's.</summary>
    All,

    /// <summary>Nobody's.</summary>
    None,

    /// <summary>Every other member's.</summary>
    Half,
}

/// <summary>One run.</summary>
internal sealed record RunOptions
{
    /// <summary>Nodes, 8 or more.</summary>
    public int Nodes { get; init; } = 20;

    /// <summary>Relays without keys among them, all of which look.</summary>
    public int Relays { get; init; } = 8;

    /// <summary>Virtual hours.</summary>
    public double Hours { get; init; } = 24;

    public int Seed { get; init; } = 1;

    /// <summary>Whether members hold frames back, send cover and pad.</summary>
    public bool Obfuscated { get; init; }

    public Clocks Clocks { get; init; } = Clocks.All;

    /// <summary>Changes the configuration of every member.</summary>
    public Action<NodeConfiguration> Configure { get; init; } = _ => { };
}
