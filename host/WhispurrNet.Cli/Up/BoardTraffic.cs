using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Virtual;

namespace WhispurrNet.Cli.Up;

/// <summary>Lets a clock that jumps wait for the relay.</summary>
internal sealed class BoardTraffic(BoardClock clock) : IPeerTraffic
{
    public void Handled(int port) => clock.Traffic.Handled(port);

    public void Sends(int port) => clock.Traffic.Sends(port);

    public void Begins() => clock.Traffic.Begins();

    public void Ends() => clock.Traffic.Ends();
}
