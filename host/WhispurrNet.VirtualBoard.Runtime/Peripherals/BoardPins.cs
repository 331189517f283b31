namespace WhispurrNet.Virtual;

/// <summary>
/// The pins of a board: the host wires them up and watches them, the device's GPIO library sets them up and drives
/// them. What the host connects stays connected while the power is off; what a program set up does not survive it.
/// </summary>
public sealed class BoardPins
{
    private readonly object _lock = new();
    private readonly Pin[] _pins;
    private BoardContext? _board;

    /// <summary>Makes the pins of a chip, nothing connected.</summary>
    public BoardPins(ChipPins chip)
    {
        Chip = chip;
        _pins = [.. Enumerable.Range(0, chip.Count).Select(_ => new Pin())];
    }

    /// <summary>Which pins there are.</summary>
    public ChipPins Chip { get; }

    /// <summary>Called with pin and level when what a program drives changes; on the board's thread.</summary>
    public event Action<int, bool>? OutputChanged;

    /// <summary>Connects a pin to a level from outside, such as a button pressed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The chip has no such pin.</exception>
    public void Set(int pin, bool high) => Wire(pin, high);

    /// <summary>Disconnects a pin: its resistor decides.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The chip has no such pin.</exception>
    public void Release(int pin) => Wire(pin, null);

    /// <summary>The level on the pin, as a meter would show it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The chip has no such pin.</exception>
    public bool IsHigh(int pin)
    {
        lock (_lock)
        {
            return Get(pin).Level;
        }
    }

    /// <summary>What a program made of the pin; null if none has opened it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The chip has no such pin.</exception>
    public PinDrive? Mode(int pin)
    {
        lock (_lock)
        {
            return Get(pin).IsOpen ? Get(pin).Drive : null;
        }
    }

    /// <summary>Starts a power cycle: every pin is a closed input.</summary>
    public void PowerOn(BoardContext board)
    {
        lock (_lock)
        {
            _board = board;
            Array.ForEach(_pins, pin => pin.Clear());
            foreach (int pin in Chip.Reserved)
            {
                _pins[pin].IsOpen = true;
            }
        }
    }

    /// <summary>Ends it: nothing is driven any more.</summary>
    public void PowerOff()
    {
        var fallen = new List<int>();
        lock (_lock)
        {
            _board = null;
            for (int i = 0; i < _pins.Length; i++)
            {
                if (_pins[i].Drives && _pins[i].Output)
                {
                    fallen.Add(i);
                }

                _pins[i].Clear();
            }
        }

        fallen.ForEach(pin => OutputChanged?.Invoke(pin, false));
    }

    /// <summary>Takes a pin for a program; false if there is none or it is taken.</summary>
    public bool Open(int pin)
    {
        lock (_lock)
        {
            if (!Chip.Has(pin) || _pins[pin].IsOpen)
            {
                return false;
            }

            return _pins[pin].IsOpen = true;
        }
    }

    /// <summary>Whether a pin is taken; one that does not exist counts as taken.</summary>
    public bool IsBusy(int pin)
    {
        lock (_lock)
        {
            return !Chip.Has(pin) || _pins[pin].IsOpen;
        }
    }

    /// <summary>Gives a pin back: an input again.</summary>
    public void Close(int pin)
    {
        bool fell;
        lock (_lock)
        {
            fell = _pins[pin].Drives && _pins[pin].Output;
            _pins[pin].Clear();
        }

        if (fell)
        {
            OutputChanged?.Invoke(pin, false);
        }
    }

    /// <summary>
    /// Sets a pin up. An input reports edges to <paramref name="edge"/> from now on; an output starts low.
    /// </summary>
    /// <returns>False if the pin cannot do that.</returns>
    public bool SetUp(int pin, PinDrive drive, int debounceMs, Action<bool>? edge)
    {
        bool fell;
        lock (_lock)
        {
            if (!Chip.Has(pin) || (drive >= PinDrive.Output && !Chip.CanDrive(pin)))
            {
                return false;
            }

            Pin state = _pins[pin];
            fell = state.Drives && state.Output;
            state.Drive = drive;
            state.Output = false;
            state.DebounceMs = debounceMs;
            state.Edge = drive < PinDrive.Output ? edge : null;
            state.Reported = state.Level;
        }

        if (fell)
        {
            OutputChanged?.Invoke(pin, false);
        }

        return true;
    }

    /// <summary>Drives an output.</summary>
    public void Write(int pin, bool high)
    {
        lock (_lock)
        {
            if (_pins[pin].Output == high)
            {
                return;
            }

            _pins[pin].Output = high;
        }

        OutputChanged?.Invoke(pin, high);
    }

    /// <summary>What an output was last told to drive.</summary>
    public bool Written(int pin)
    {
        lock (_lock)
        {
            return _pins[pin].Output;
        }
    }

    /// <summary>
    /// What a program reads: the level of an input. The firmware configures outputs without their input stage, so an
    /// output reads low whatever it drives (<c>cpu_gpio.cpp: CPU_GPIO_SetDriveMode</c>).
    /// </summary>
    public bool Read(int pin)
    {
        lock (_lock)
        {
            return !_pins[pin].Drives && _pins[pin].Level;
        }
    }

    private Pin Get(int pin)
    {
        if (!Chip.Has(pin))
        {
            throw new ArgumentOutOfRangeException(nameof(pin), pin, $"The {Chip.Name} has no such pin.");
        }

        return _pins[pin];
    }

    private void Wire(int pin, bool? level)
    {
        lock (_lock)
        {
            Pin state = Get(pin);
            state.Outside = level;
            Notice(state);
        }
    }

    // The firmware's interrupt routine: without debouncing every change is an event, with it what is left after the
    // time, and changes meanwhile are not looked at.
    private void Notice(Pin pin)
    {
        if (_board is not { } board || pin.Edge is null || pin.Debouncing || pin.Level == pin.Reported)
        {
            return;
        }

        if (pin.DebounceMs == 0)
        {
            Report(pin);
            return;
        }

        pin.Debouncing = true;
        board.Clock.Schedule(pin.DebounceMs * 1000L, () =>
        {
            lock (_lock)
            {
                if (_board == board)
                {
                    pin.Debouncing = false;
                    if (pin.Edge is not null && pin.Level != pin.Reported)
                    {
                        Report(pin);
                    }
                }
            }
        });
    }

    private void Report(Pin pin)
    {
        bool level = pin.Level;
        pin.Reported = level;
        Action<bool> edge = pin.Edge!;
        _board!.Events.Post(() => edge(level));
    }

    private sealed class Pin
    {
        public bool IsOpen { get; set; }

        public PinDrive Drive { get; set; }

        public bool Output { get; set; }

        public bool? Outside { get; set; }

        public int DebounceMs { get; set; }

        public bool Debouncing { get; set; }

        public bool Reported { get; set; }

        public Action<bool>? Edge { get; set; }

        public bool Drives => Drive >= PinDrive.Output;

        public bool Level => Drive switch
        {
            PinDrive.Output => Output,
            PinDrive.Input or PinDrive.InputPullDown => Outside ?? false,
            PinDrive.InputPullUp => Outside ?? true,
            PinDrive.OutputOpenDrainPullUp => Output && (Outside ?? true),
            _ => Output && (Outside ?? false),
        };

        public void Clear()
        {
            IsOpen = false;
            Drive = PinDrive.Input;
            Output = false;
            DebounceMs = 0;
            Debouncing = false;
            Edge = null;
        }
    }
}
