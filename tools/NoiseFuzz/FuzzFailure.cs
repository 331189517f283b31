namespace WhispurrNet.NoiseFuzz;

/// <summary>The code did what it must never do.</summary>
internal sealed class FuzzFailure(string message) : Exception(message)
{
    /// <summary>Throws unless something holds.</summary>
    public static void Unless(bool holds, string message)
    {
        if (!holds)
        {
            throw new FuzzFailure(message);
        }
    }
}
