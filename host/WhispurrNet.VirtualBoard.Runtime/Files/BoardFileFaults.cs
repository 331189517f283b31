namespace WhispurrNet.Virtual;

/// <summary>
/// What goes wrong on a board's drive, settable at any time: a power cut at any step or byte of a program's writing, a
/// flash that cannot be read or written any more. A step is one change that the drive makes as a whole: making,
/// cutting, storing (on close), renaming or deleting a file. All members may be called from any thread.
/// </summary>
public sealed class BoardFileFaults
{
    private const long Never = long.MaxValue;

    private readonly object _lock = new();
    private long _stepsLeft = Never;
    private long _bytesLeft = Never;

    /// <summary>Steps that programs made since the drive exists.</summary>
    public long Steps { get; private set; }

    /// <summary>Bytes that programs wrote since the drive exists, stored or not.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Whether every access of the program fails.</summary>
    public bool IsBroken { get; set; }

    /// <summary>
    /// Whether bytes reach the file as they are written, as on a file system that does not copy on write; a power cut
    /// then leaves the first part of a file. The board's littlefs does not do that: it is for programs that must
    /// survive everywhere.
    /// </summary>
    public bool WritesThrough { get; set; }

    /// <summary>
    /// Cuts the board's power when its program has made so many more steps; the one after that does not happen.
    /// </summary>
    public void CutPowerAfterSteps(int steps)
    {
        lock (_lock)
        {
            _stepsLeft = steps;
        }
    }

    /// <summary>Cuts the board's power when its program has written so many more bytes.</summary>
    public void CutPowerAfterBytes(int bytes)
    {
        lock (_lock)
        {
            _bytesLeft = bytes;
        }
    }

    /// <summary>Forgets about cuts that were ordered and did not happen.</summary>
    public void KeepPower()
    {
        lock (_lock)
        {
            _stepsLeft = Never;
            _bytesLeft = Never;
        }
    }

    /// <summary>To be called before a program's access.</summary>
    /// <exception cref="BoardFileException">The drive is broken.</exception>
    public void CheckAccess(string path)
    {
        if (IsBroken)
        {
            throw new BoardFileException(BoardFileError.Others, path);
        }
    }

    /// <summary>To be called before a step.</summary>
    /// <returns>False if the power fails instead; the order is done with then.</returns>
    public bool TryStep()
    {
        lock (_lock)
        {
            if (_stepsLeft == 0)
            {
                _stepsLeft = Never;
                return false;
            }

            _stepsLeft -= _stepsLeft == Never ? 0 : 1;
            Steps++;
            return true;
        }
    }

    /// <summary>To be called before bytes are written.</summary>
    /// <returns>How many of them are before the power fails.</returns>
    public int TakeBytes(int count)
    {
        lock (_lock)
        {
            int taken = (int)Math.Min(count, _bytesLeft);
            _bytesLeft -= _bytesLeft == Never ? 0 : taken;
            if (taken < count)
            {
                _bytesLeft = Never;
            }

            BytesWritten += taken;
            return taken;
        }
    }
}
