namespace WhispurrNet.Virtual;

/// <summary>
/// The radio medium between virtual boards: who hears whom, how long things take (<see cref="Timings"/>), what gets
/// lost. Boards that are not linked do not exist for each other. Everything random comes from one seed; topology and
/// loss may change while boards run. All members may be called from any thread.
/// </summary>
public sealed class Ether : IEther, IDisposable
{
    private readonly List<BluetoothRadio> _radios = [];
    private readonly HashSet<(string, string)> _links = [];
    private readonly HostEvents _events = new();
    private readonly Random _random;
    private double _loss;
    private double _contactLoss;

    /// <summary>Makes an empty medium in which nobody hears anybody.</summary>
    /// <param name="clock">The clock of its boards.</param>
    /// <param name="seed">Seed of all latencies and losses.</param>
    /// <param name="timings">The table of timings; null for the default.</param>
    public Ether(BoardClock clock, int seed, Timings? timings = null)
    {
        Clock = clock;
        Timings = timings ?? Timings.Default;
        _random = new Random(seed);
    }

    /// <summary>Every event, in order, on a task of its own.</summary>
    public event Action<EtherEvent>? Happened;

    /// <summary>The clock of its boards.</summary>
    public BoardClock Clock { get; }

    /// <summary>The timings in force.</summary>
    public Timings Timings { get; }

    /// <summary>
    /// Probability, 0 to 1, that a packet or advertisement is lost; a lost packet is sent again at the next connection
    /// event, so loss costs time until it costs the connection.
    /// </summary>
    public double Loss
    {
        get => _loss;
        set => _loss = Probability(value);
    }

    /// <summary>Probability, 0 to 1, that an attempt to connect fails as a whole.</summary>
    public double ContactLoss
    {
        get => _contactLoss;
        set => _contactLoss = Probability(value);
    }

    internal object Sync { get; } = new();

    internal IReadOnlyList<BluetoothRadio> Radios => _radios;

    /// <summary>Lets two boards hear each other.</summary>
    public void Link(string a, string b)
    {
        lock (Sync)
        {
            _links.Add(Edge(a, b));
            foreach (BluetoothRadio radio in _radios.Where(radio => radio.Name == a || radio.Name == b))
            {
                radio.Client.LookAround();
            }
        }
    }

    /// <summary>Links each board with the next.</summary>
    public void LinkLine(params IReadOnlyList<string> names)
    {
        for (int i = 1; i < names.Count; i++)
        {
            Link(names[i - 1], names[i]);
        }
    }

    /// <summary>Links every board with every other.</summary>
    public void LinkAll(params IReadOnlyList<string> names)
    {
        for (int i = 0; i < names.Count; i++)
        {
            for (int j = i + 1; j < names.Count; j++)
            {
                Link(names[i], names[j]);
            }
        }
    }

    /// <summary>Parts two boards; a connection between them is lost after the supervision timeout.</summary>
    public void Unlink(string a, string b)
    {
        lock (Sync)
        {
            _links.Remove(Edge(a, b));
        }
    }

    /// <summary>Whether two boards hear each other.</summary>
    public bool Hears(string a, string b)
    {
        lock (Sync)
        {
            return _links.Contains(Edge(a, b));
        }
    }

    /// <summary>All links, each once.</summary>
    public IReadOnlyList<(string A, string B)> Links
    {
        get
        {
            lock (Sync)
            {
                return [.. _links];
            }
        }
    }

    /// <summary>Ends the delivery of events.</summary>
    public void Dispose() => _events.Complete();

    IBoardRadio IEther.Open(string name, ulong address) => new BluetoothRadio(this, name, address);

    internal void Add(BluetoothRadio radio)
    {
        lock (Sync)
        {
            if (_radios.Any(other => other.Name == radio.Name || other.Address == radio.Address))
            {
                throw new ArgumentException(
                    $"The ether has a board named '{radio.Name}' or with address {radio.Address:X12} already.");
            }

            _radios.Add(radio);
        }
    }

    internal void Remove(BluetoothRadio radio)
    {
        lock (Sync)
        {
            _radios.Remove(radio);
        }
    }

    internal bool Hears(BluetoothRadio a, BluetoothRadio b) => _links.Contains(Edge(a.Name, b.Name));

    /// <summary>Draws once; the caller holds <see cref="Sync"/>.</summary>
    internal bool Draw(double probability) => probability > 0 && _random.NextDouble() < probability;

    /// <summary>Uniform from zero to a limit; the caller holds <see cref="Sync"/>.</summary>
    internal double Uniform(double limit) => _random.NextDouble() * limit;

    /// <summary>Runs an action under <see cref="Sync"/> after board milliseconds.</summary>
    internal ClockTimer After(double milliseconds, Action action) => Clock.ScheduleMs(milliseconds, () =>
    {
        lock (Sync)
        {
            action();
        }
    });

    /// <summary>
    /// Stops time while a thread that is no board's does several things at once; a board's thread stops it anyway.
    /// </summary>
    internal HostHold HoldForHost() => new(BoardThread.Current is null ? Clock : null);

    internal void Tell(
        EtherEventKind kind, BluetoothRadio from, BluetoothRadio? to = null, byte[]? data = null, string detail = "")
    {
        if (Happened is null)
        {
            return;
        }

        var happened = new EtherEvent(Clock.NowMs, kind, from.Name, to?.Name, data, detail);
        _events.Post(() => Happened?.Invoke(happened));
    }

    private static (string, string) Edge(string a, string b) => string.CompareOrdinal(a, b) < 0 ? (a, b) : (b, a);

    private static double Probability(double value) =>
        value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A probability lies between 0 and 1.");
}
