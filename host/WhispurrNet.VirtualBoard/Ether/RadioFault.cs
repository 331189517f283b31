namespace WhispurrNet.Virtual;

/// <summary>What can be wrong with a board's Bluetooth stack, for tests of the firmware that has to live with it.</summary>
public enum RadioFault
{
    /// <summary>It works.</summary>
    None,

    /// <summary>Starting it in any role throws.</summary>
    RefusesToStart,

    /// <summary>It starts, and advertising is refused.</summary>
    DoesNotAdvertise,

    /// <summary>
    /// Every start takes as long as the firmware waits for the host, all threads standing still, and counts as a
    /// success; then nothing works.
    /// </summary>
    NeverReady,
}
