namespace WhispurrNet.Cli.Top;

/// <summary>Where <c>top</c> gets its boards from.</summary>
internal interface ITopSource
{
    /// <summary>Puts what it knows now into lists.</summary>
    /// <param name="boards">Gets its boards.</param>
    /// <param name="links">Gets its links.</param>
    /// <param name="cancellation">Ends waiting.</param>
    /// <returns>The gateway, if it is one.</returns>
    Task<TopGateway?> ReadAsync(List<TopBoard> boards, List<TopLink> links, CancellationToken cancellation);
}
