namespace WhispurrNet.Virtual;

/// <summary>
/// The Wi-Fi around one board and what its chip has stored about it (facts 3): which access points answer, and to
/// which password. A chip with a stored network joins it by itself, at power on and whenever the network is back. Unless
/// told otherwise there is one access point, and the chip knows it. All members may be called from any thread.
/// </summary>
public sealed class BoardWifi
{
    /// <summary>Name of the access point that is there from the start.</summary>
    public const string HomeSsid = "home";

    /// <summary>Its password.</summary>
    public const string HomePassword = "a home of one's own";

    private readonly object _lock = new();
    private readonly BoardClock _clock;
    private readonly Dictionary<string, string> _accessPoints = new() { [HomeSsid] = HomePassword };
    private readonly List<IDisposable> _connections = [];
    private BoardContext? _board;
    private (string Ssid, string Password)? _target;
    private (string Ssid, string Password)? _stored = (HomeSsid, HomePassword);
    private long? _reachableSinceMs;

    /// <summary>Makes the surroundings of a board.</summary>
    public BoardWifi(BoardClock clock) => _clock = clock;

    /// <summary>Whether the chip has Wi-Fi at all.</summary>
    public bool HasAdapter { get; set; } = true;

    /// <summary>Board milliseconds from the start of joining to an address.</summary>
    public int JoinMs { get; set; } = 3_000;

    /// <summary>Board milliseconds from an address to the right time.</summary>
    public int TimeMs { get; set; } = 1_000;

    /// <summary>
    /// What a time server on the network said when the board clock was 0; null for no time server. The firmware asks it
    /// by itself once there is an address.
    /// </summary>
    public DateTime? TimeServer { get; set; }

    /// <summary>Times a program stored a network on the chip.</summary>
    public int Stores { get; private set; }

    /// <summary>Name of the network stored on the chip, which survives restarts; null if there is none.</summary>
    public string? StoredSsid
    {
        get
        {
            lock (_lock)
            {
                return _stored?.Ssid;
            }
        }
    }

    /// <summary>Whether the board has an address.</summary>
    public bool IsUp
    {
        get
        {
            lock (_lock)
            {
                return HasAdapter && _board is not null && _reachableSinceMs <= _clock.NowMs - JoinMs;
            }
        }
    }

    /// <summary>Makes an access point, or gives it another password.</summary>
    public void SetAccessPoint(string ssid, string password) => Change(() => _accessPoints[ssid] = password);

    /// <summary>Takes an access point away; what was connected through it breaks.</summary>
    public void RemoveAccessPoint(string ssid) => Change(() => _accessPoints.Remove(ssid));

    /// <summary>Puts a network on the chip, as by cable; null for a chip that knows none.</summary>
    public void Provision(string? ssid, string password = "") =>
        Change(() => _stored = ssid is null ? null : (ssid, password));

    /// <summary>A program stores a network on the chip.</summary>
    public void Store(string ssid, string password)
    {
        lock (_lock)
        {
            _stored = (ssid, password);
            Stores++;
        }
    }

    /// <summary>A program joins a network. Nobody says whether that will ever succeed.</summary>
    public void Join(string ssid, string password) => Change(() => _target = (ssid, password));

    /// <summary>A program leaves its network.</summary>
    public void Leave() => Change(() => _target = null);

    /// <summary>Starts a power cycle: the chip joins what it has stored.</summary>
    public void PowerOn(BoardContext board) => Change(() =>
    {
        _board = board;
        _target = _stored;
    });

    /// <summary>Ends it.</summary>
    public void PowerOff() => Change(() =>
    {
        _board = null;
        _target = null;
    });

    /// <summary>Something that breaks when the address is lost.</summary>
    public void Track(IDisposable connection)
    {
        lock (_lock)
        {
            _connections.Add(connection);
        }
    }

    /// <summary>It is gone anyway.</summary>
    public void Untrack(IDisposable connection)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
        }
    }

    private void Change(Action change)
    {
        IDisposable[] broken = [];
        lock (_lock)
        {
            bool wasReachable = _reachableSinceMs is not null;
            (string Ssid, string Password)? before = _target;
            change();
            bool reachable = _target is { } target
                && _accessPoints.TryGetValue(target.Ssid, out string? password) && password == target.Password;
            if (wasReachable && (!reachable || before != _target))
            {
                broken = [.. _connections];
                _connections.Clear();
                _reachableSinceMs = null;
            }

            if (reachable && _reachableSinceMs is null)
            {
                _reachableSinceMs = _clock.NowMs;
                _clock.ScheduleMs(JoinMs + TimeMs, SetTime);
            }
        }

        // Outside the lock: a connection that ends tells us so.
        Array.ForEach(broken, connection => connection.Dispose());
    }

    private void SetTime()
    {
        lock (_lock)
        {
            if (IsUp && TimeServer is { } start)
            {
                _board!.SetUtcNow(start.AddMilliseconds(_clock.NowMs));
            }
        }
    }
}
