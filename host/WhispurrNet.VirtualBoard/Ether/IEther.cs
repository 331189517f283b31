namespace WhispurrNet.Virtual;

/// <summary>
/// A radio medium that boards can be put on: an <see cref="Ether"/> of this process, or an <see cref="EtherClient"/>
/// to one of another.
/// </summary>
public interface IEther
{
    /// <summary>The clock of its boards.</summary>
    BoardClock Clock { get; }

    /// <summary>Puts a board's radio on the medium.</summary>
    /// <exception cref="ArgumentException">Name or address is taken.</exception>
    internal IBoardRadio Open(string name, ulong address);
}

/// <summary>A board's radio as its virtual board sees it.</summary>
internal interface IBoardRadio : IBluetoothRadio
{
    /// <summary>What is wrong with the stack; read whenever it starts.</summary>
    RadioFault Fault { get; set; }

    /// <summary>The role the stack was started in.</summary>
    BluetoothMode Stack { get; }

    /// <summary>What defects of the firmware cost so far.</summary>
    RadioLeaks Leaks { get; }

    /// <summary>Ties the radio to a new power cycle of its board.</summary>
    void PowerOn(BoardContext board);

    /// <summary>Falls silent at once; peers notice by supervision timeout.</summary>
    void PowerOff();

    /// <summary>Leaves the medium for good.</summary>
    void Remove();
}
