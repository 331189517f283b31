namespace WhispurrNet.Virtual;

/// <summary>
/// The UARTs of a board, numbered from 1 as their library names them. COM1 has pins from the start; the others get theirs
/// from the program.
/// </summary>
public sealed class BoardUarts
{
    private readonly object _lock = new();
    private readonly BoardUart[] _uarts = [new(), new(), new()];
    private readonly (int Transmit, int Receive)[] _pins = new (int, int)[3];

    /// <summary>
    /// Whether the debugger holds COM1, as on a chip whose USB is a bridge to UART0; false for one that debugs over its own
    /// USB.
    /// </summary>
    public bool DebuggerHoldsCom1 { get; set; }

    /// <summary>How many there are.</summary>
    public int Count => _uarts.Length;

    /// <summary>One of them.</summary>
    /// <param name="number">From 1.</param>
    public BoardUart this[int number] => _uarts[number - 1];

    /// <summary>Whether a program may open a port.</summary>
    public bool IsUsable(int number)
    {
        lock (_lock)
        {
            return number == 1
                ? !DebuggerHoldsCom1
                : number >= 1 && number <= Count && _pins[number - 1] is { Transmit: >= 0, Receive: >= 0 };
        }
    }

    /// <summary>The pin of a line (0 transmitter, 1 receiver), or -1 if none is assigned.</summary>
    public int PinOf(int number, int line)
    {
        lock (_lock)
        {
            return number < 1 || number > Count ? -1
                : line == 0 ? _pins[number - 1].Transmit
                : line == 1 ? _pins[number - 1].Receive : -1;
        }
    }

    /// <summary>Assigns a pin to a line (0 transmitter, 1 receiver); false if there is no such port or line.</summary>
    public bool Assign(int number, int line, int pin)
    {
        lock (_lock)
        {
            if (number < 1 || number > Count || line is < 0 or > 1)
            {
                return false;
            }

            ref (int Transmit, int Receive) pins = ref _pins[number - 1];
            pins = line == 0 ? (pin, pins.Receive) : (pins.Transmit, pin);
            return true;
        }
    }

    /// <summary>Starts a power cycle: no port is open, COM1 alone has pins, of which nobody has to know.</summary>
    public void PowerOn()
    {
        PowerOff();
        lock (_lock)
        {
            Array.Fill(_pins, (-1, -1));
        }
    }

    /// <summary>Ends it.</summary>
    public void PowerOff() => Array.ForEach(_uarts, uart => uart.Close());
}
