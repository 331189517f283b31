using System.Reflection;
using System.Text;
using WhispurrNet.Virtual.Loading;

namespace WhispurrNet.Virtual;

/// <summary>
/// One board on the desk: runs a device executable, the very file that would be flashed, with threads, time, radio and
/// files of its own. It can be switched on and off at any moment; its drive survives. Reports arrive in order on a task
/// of their own. All members may be called from any thread but the board's own.
/// </summary>
public sealed class VirtualBoard : IBoardHost, IDisposable
{
    private const int PowerOffMs = 5_000;

    private readonly object _power = new();
    private readonly VirtualBoardOptions _options;
    private readonly IBoardRadio _radio;
    private readonly BoardRandom _random;
    private readonly HostEvents _events = new();
    private readonly StringBuilder _line = new();
    private BoardContext? _board;
    private BoardLoadContext? _program;
    private string _entryAssembly;
    private string? _entryMethod;

    /// <summary>Makes the board, switched off.</summary>
    /// <exception cref="FileNotFoundException">The executable is missing.</exception>
    /// <exception cref="ArgumentException">Name or address is taken on this ether.</exception>
    public VirtualBoard(VirtualBoardOptions options)
    {
        _options = options;
        _entryAssembly = Existing(options.EntryAssembly);
        _entryMethod = options.EntryMethod;
        _random = new BoardRandom(options.Seed);
        Heap = options.Profile is { } profile ? new BoardHeap(profile.HeapBytes) : null;
        Pins = new BoardPins(options.Profile?.Pins ?? ChipPins.C3);
        Pins.OutputChanged += (pin, high) =>
        {
            var report = new PinReport(options.Clock.NowMs, pin, high);
            _events.Post(() => PinChanged?.Invoke(this, report));
        };
        I2c = new BoardI2c(Pins);
        Wifi = new BoardWifi(options.Clock);
        Files = options.Drive ?? new BoardFileSystem();
        foreach ((string path, byte[] content) in options.Files)
        {
            Files.Write(path, content);
        }

        _radio = options.Ether.Open(options.Name, options.BluetoothAddress);
    }

    /// <summary>A line on the serial port.</summary>
    public event Action<VirtualBoard, SerialLineReport>? SerialLine;

    /// <summary>Text on the serial port, as it was printed: with the ends of its lines, or the begin of one.</summary>
    public event Action<VirtualBoard, string>? SerialText;

    /// <summary>An uncaught exception ended a thread; the others run on.</summary>
    public event Action<VirtualBoard, ThreadDiedReport>? ThreadDied;

    /// <summary>The board was switched on or off, or rebooted itself.</summary>
    public event Action<VirtualBoard, PowerReport>? PowerChanged;

    /// <summary>The program drives an output to another level.</summary>
    public event Action<VirtualBoard, PinReport>? PinChanged;

    /// <summary>Its name.</summary>
    public string Name => _options.Name;

    /// <summary>The executable that it runs, or would.</summary>
    public string EntryAssembly
    {
        get
        {
            lock (_power)
            {
                return _entryAssembly;
            }
        }
    }

    /// <summary>Its Bluetooth address.</summary>
    public ulong BluetoothAddress => _options.BluetoothAddress;

    /// <summary>Its drive <c>I:</c>, which the host may read and write at any time.</summary>
    public BoardFileSystem Files { get; }

    /// <summary>Its pins, which the host may wire up and read at any time.</summary>
    public BoardPins Pins { get; }

    /// <summary>Its managed heap; null without a profile.</summary>
    public BoardHeap? Heap { get; }

    /// <summary>Its hardware random generator, which the host may break.</summary>
    public BoardRandom Random => _random;

    /// <summary>The Wi-Fi around it, which the host may change at any time.</summary>
    public BoardWifi Wifi { get; }

    /// <summary>Its I2C buses, where the host puts devices.</summary>
    public BoardI2c I2c { get; }

    /// <summary>Its UARTs, of which the host has the other ends.</summary>
    public BoardUarts Uarts { get; } = new();

    /// <summary>Hardware events of this power cycle that found the queue full and were lost (facts 1.5).</summary>
    public long DroppedEvents
    {
        get
        {
            lock (_power)
            {
                return _board?.Events.Dropped ?? 0;
            }
        }
    }

    /// <summary>What is wrong with its Bluetooth stack, from the next start of the stack on.</summary>
    public RadioFault RadioFault
    {
        get => _radio.Fault;
        set => _radio.Fault = value;
    }

    /// <summary>
    /// Threads of the running program and of its runtime that have not ended. A board with none is on, does nothing and
    /// stays so: it does not reboot (facts 7).
    /// </summary>
    public int LiveThreads
    {
        get
        {
            lock (_power)
            {
                return _board?.LiveThreads ?? 0;
            }
        }
    }

    /// <summary>Native memory lost to defects of the firmware since power on.</summary>
    public RadioLeaks BluetoothLeaks => _radio.Leaks;

    /// <summary>Whether it is on.</summary>
    public bool IsOn
    {
        get
        {
            lock (_power)
            {
                return _board is not null;
            }
        }
    }

    /// <summary>Switches the board on: its program is loaded anew and starts with its entry point.</summary>
    /// <exception cref="InvalidOperationException">It is on already.</exception>
    public void Start() => Start("switched on");

    /// <summary>
    /// Cuts the power: every thread ends where it stands, the radio falls silent, unflushed files are lost.
    /// </summary>
    public void PowerOff() => PowerOff("switched off");

    /// <summary>Puts another program on it, which runs from the next start on.</summary>
    /// <param name="entryAssembly">As in <see cref="VirtualBoardOptions.EntryAssembly"/>.</param>
    /// <exception cref="FileNotFoundException">The executable is missing.</exception>
    /// <exception cref="InvalidOperationException">The board is on.</exception>
    public void Load(string entryAssembly)
    {
        lock (_power)
        {
            if (_board is not null)
            {
                throw new InvalidOperationException($"The board '{Name}' is on.");
            }

            _entryAssembly = Existing(entryAssembly);
            _entryMethod = null;
        }
    }

    /// <summary>Power off, then on.</summary>
    public void Restart()
    {
        PowerOff();
        Start();
    }

    /// <summary>The wall clock of the running board.</summary>
    /// <exception cref="InvalidOperationException">The board is off.</exception>
    public DateTime UtcNow
    {
        get
        {
            lock (_power)
            {
                return (_board ?? throw new InvalidOperationException($"The board '{Name}' is off.")).UtcNow;
            }
        }
    }

    /// <summary>Sets the wall clock of the running board, as a time server's answer does.</summary>
    /// <exception cref="InvalidOperationException">The board is off.</exception>
    public void SetUtcNow(DateTime utc)
    {
        lock (_power)
        {
            (_board ?? throw new InvalidOperationException($"The board '{Name}' is off.")).SetUtcNow(utc);
        }
    }

    /// <summary>Calls a static method of the running program on a thread of the board.</summary>
    /// <param name="typeName">Full name of a type in the program's assemblies.</param>
    /// <param name="methodName">A static method of it, public or not; told apart by the number of arguments
    /// only.</param>
    /// <param name="arguments">Strings, numbers, arrays of those: types that .NET and the board share.</param>
    /// <returns>What the method returns.</returns>
    /// <exception cref="InvalidOperationException">The board is off, or was switched off meanwhile.</exception>
    /// <exception cref="MissingMethodException">There is no such method.</exception>
    public object? InvokeStatic(string typeName, string methodName, params object?[] arguments)
    {
        BoardContext board;
        BoardLoadContext program;
        MethodInfo method;
        lock (_power)
        {
            board = _board ?? throw new InvalidOperationException($"The board '{Name}' is off.");
            program = _program!;
            method = FindMethod(program.FindType(typeName), methodName, arguments.Length);
        }

        var done = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        BoardThread thread = board.CreateThread($"{typeName}.{methodName}", () =>
        {
            // Nothing of a program runs before its statics are made.
            program.WaitForStatics();
            try
            {
                done.SetResult(method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null));
            }
            catch (Exception exception) when (exception is not PowerOffException)
            {
                done.SetException(exception);
            }
        });
        ClockHold? hold = ClockHold.Current;
        thread.OnEnded = () =>
        {
            // Before the thread counts as idle, so that no time passes between its end and the caller's next step.
            hold?.Resume();
            done.TrySetException(new InvalidOperationException($"The board '{Name}' was switched off."));
            ended.SetResult();
        };
        thread.Start();
        hold?.Suspend();
        ended.Task.GetAwaiter().GetResult();
        return done.Task.GetAwaiter().GetResult();
    }

    /// <summary>Switches it off and takes it from the ether.</summary>
    public void Dispose()
    {
        PowerOff();
        _radio.Remove();
        _events.Complete();
    }

    void IBoardHost.OnSerial(BoardContext board, string text)
    {
        lock (_line)
        {
            _events.Post(() => SerialText?.Invoke(this, text));
            foreach (char c in text)
            {
                if (c == '\n')
                {
                    var report = new SerialLineReport(_options.Clock.NowMs, _line.ToString());
                    _line.Clear();
                    _events.Post(() => SerialLine?.Invoke(this, report));
                }
                else if (c != '\r')
                {
                    _line.Append(c);
                }
            }
        }
    }

    void IBoardHost.OnThreadDied(BoardContext board, BoardThread thread, Exception exception)
    {
        Exception seen = board.Exceptions.Translate(exception);
        string text = seen == exception
            ? exception.ToString()
            : $"{seen.GetType()}: {seen.Message}{Environment.NewLine}{exception.StackTrace}";
        var report = new ThreadDiedReport(_options.Clock.NowMs, thread.Name, text);
        _events.Post(() => ThreadDied?.Invoke(this, report));
    }

    void IBoardHost.OnReboot(BoardContext board) => Task.Run(() =>
    {
        lock (_power)
        {
            if (_board == board)
            {
                PowerOff("rebooted");
                Start("rebooted");
            }
        }
    });

    void IBoardHost.OnPowerCut(BoardContext board) => Task.Run(() =>
    {
        lock (_power)
        {
            if (_board == board)
            {
                PowerOff("power cut");
            }
        }
    });

    private static string Existing(string path) => File.Exists(path)
        ? path
        : throw new FileNotFoundException($"The board's program '{path}' is missing.", path);

    private static MethodInfo FindMethod(Type type, string name, int parameters) =>
        type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .FirstOrDefault(method => method.Name == name && method.GetParameters().Length == parameters)
        ?? throw new MissingMethodException(type.FullName, name);

    private void Start(string reason)
    {
        // No board time passes while a board is being switched on.
        using var hold = new HostHold(_options.Clock);
        lock (_power)
        {
            if (_board is not null)
            {
                throw new InvalidOperationException($"The board '{Name}' is on already.");
            }

            var program = new BoardLoadContext(Name, _entryAssembly, countsHeap: Heap is not null);
            Heap?.PowerOn(_options.Profile!.RuntimeBytes + program.TableBytes);
            var hardware = new BoardHardware(_radio, Files, _random, _options.FreeHeapBytes)
            {
                Pins = Pins,
                I2c = I2c,
                Uarts = Uarts,
                Heap = Heap,
                Network = _options.Network,
                Wifi = Wifi,
            };
            var board = new BoardContext(Name, _options.Clock, this, hardware);
            program.Attach(board);
            Action main = FindEntry(program);
            _program = program;
            _board = board;
            lock (_line)
            {
                _line.Clear();
            }

            // A clock that jumps must not pass the first timer of the hardware before the program has begun.
            var powered = new ManualResetEventSlim();
            board.StartThread("Main", () =>
            {
                powered.Wait();
                program.RunStaticConstructors();
                main();
            });
            _radio.PowerOn(board);
            _random.PowerOn(BluetoothAddress, () => _radio.Stack != BluetoothMode.NotRunning || Wifi.IsUp);
            Pins.PowerOn(board);
            Wifi.PowerOn(board);
            I2c.PowerOn();
            Uarts.PowerOn();
            Report(isOn: true, reason);
            powered.Set();
        }
    }

    private void PowerOff(string reason)
    {
        lock (_power)
        {
            if (_board is null)
            {
                return;
            }

            _radio.PowerOff();
            IReadOnlyList<string> stuck = _board.PowerOff(PowerOffMs);
            Pins.PowerOff();
            Heap?.PowerOff();
            Wifi.PowerOff();
            Uarts.PowerOff();
            _board = null;
            _program!.Unload();
            _program = null;
            Report(isOn: false, stuck.Count == 0 ? reason : $"{reason}; still running: {string.Join(", ", stuck)}");
        }
    }

    private Action FindEntry(BoardLoadContext program)
    {
        MethodInfo? entry = program.Entry.EntryPoint;
        if (_entryMethod is { } name)
        {
            int dot = name.LastIndexOf('.');
            entry = FindMethod(program.FindType(name[..dot]), name[(dot + 1)..], 0);
        }

        if (entry is null)
        {
            throw new BadImageFormatException($"'{_entryAssembly}' has no entry point.");
        }

        object?[] arguments = entry.GetParameters().Length == 0 ? [] : [Array.Empty<string>()];
        return () => entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    private void Report(bool isOn, string reason)
    {
        var report = new PowerReport(_options.Clock.NowMs, isOn, reason);
        _events.Post(() => PowerChanged?.Invoke(this, report));
    }
}
