using System.Text.Json;
using WhispurrNet.Virtual;

namespace WhispurrNet.Cli.SingleBoard;

/// <summary>Prints what a board says and does: as it says it, or one JSON object a line.</summary>
internal sealed class BoardConsole(bool json)
{
    /// <summary>Where its serial port is.</summary>
    public void SayPort(string name)
    {
        if (json)
        {
            Write(new { @event = "port", name });
        }
        else
        {
            Console.WriteLine($"port {name}");
        }
    }

    /// <summary>A line of its serial port.</summary>
    public void Say(SerialLineReport line)
    {
        if (json)
        {
            Write(new { @event = "line", atMs = line.BoardMs, text = line.Text });
        }
        else
        {
            // What came over the mesh must not steer the terminal.
            Console.WriteLine(string.Concat(line.Text.Select(c => char.IsControl(c) ? ' ' : c)));
        }
    }

    /// <summary>An exception that nobody caught ended a thread.</summary>
    public void Say(ThreadDiedReport death)
    {
        if (json)
        {
            Write(new { @event = "died", atMs = death.BoardMs, thread = death.Thread, exception = death.Exception });
        }
        else
        {
            Console.Error.WriteLine($"whispurr: thread {death.Thread} ended: {death.Exception}");
        }
    }

    /// <summary>The program drives a pin to another level.</summary>
    public void Say(PinReport pin)
    {
        if (json)
        {
            Write(new { @event = "pin", atMs = pin.BoardMs, pin = pin.Pin, high = pin.IsHigh });
        }
        else
        {
            Console.WriteLine($"pin {pin.Pin} {(pin.IsHigh ? "high" : "low")}");
        }
    }

    /// <summary>It was switched on or off, or rebooted.</summary>
    public void Say(PowerReport power)
    {
        if (json)
        {
            Write(new { @event = "power", atMs = power.BoardMs, on = power.IsOn, reason = power.Reason });
        }
    }

    /// <summary>One of its UARTs has a serial port on this machine.</summary>
    public void Say(int uart, string port)
    {
        if (json)
        {
            Write(new { @event = "uart", uart, port });
        }
        else
        {
            Console.WriteLine($"COM{uart} of the board is {port}");
        }
    }

    /// <summary>A line of its user that means nothing.</summary>
    public void Refuse(string line) =>
        Console.Error.WriteLine($"whispurr: '{line}' is none of: low PIN, high PIN, free PIN, restart.");

    private static void Write(object report) => Console.WriteLine(JsonSerializer.Serialize(report));
}
