namespace WhispurrNet.Cli.Bench;

/// <summary>Somebody who can do some of the operations on this machine.</summary>
internal interface IProvider
{
    /// <summary>What a table calls it.</summary>
    string Name { get; }

    /// <summary>An operation, ready to be repeated.</summary>
    /// <returns>Null when it cannot do that.</returns>
    Action? Create(string operation, BenchInput input);
}
