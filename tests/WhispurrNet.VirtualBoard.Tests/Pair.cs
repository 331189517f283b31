namespace WhispurrNet.Virtual.Tests;

/// <summary>A board that serves and one that can call it, in reach of each other.</summary>
internal sealed class Pair : IDisposable
{
    public Pair(int manner = Device.Right, double speed = 20)
    {
        Bench = new Bench(speed);
        Bench.Ether.Link("server", "client");
        Server = Bench.Run("server", "Idle.Run");
        Client = Bench.Run("client", "Idle.Run");
        Server.Serve(manner);
    }

    public Bench Bench { get; }

    public VirtualBoard Server { get; }

    public VirtualBoard Client { get; }

    public void Dispose() => Bench.Dispose();
}
