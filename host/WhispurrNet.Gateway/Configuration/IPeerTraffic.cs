namespace WhispurrNet.Gateway.Configuration;

/// <summary>
/// Hears what the relay does with its peers' messages, so that a simulated clock can stand still meanwhile. Peers are
/// named by their TCP port.
/// </summary>
public interface IPeerTraffic
{
    /// <summary>A message from this peer has been handled; what it caused has been announced.</summary>
    void Handled(int port);

    /// <summary>A message to this peer is about to be sent.</summary>
    void Sends(int port);

    /// <summary>Something is under way between two nodes of the gateway; <see cref="Ends"/> follows.</summary>
    void Begins();

    /// <summary>It has been handled.</summary>
    void Ends();
}
