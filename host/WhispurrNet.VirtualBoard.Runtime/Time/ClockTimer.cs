namespace WhispurrNet.Virtual;

/// <summary>One callback that a <see cref="BoardClock"/> will run, unless it is canceled first.</summary>
public sealed class ClockTimer
{
    private Action? _callback;

    internal ClockTimer(Action callback) => _callback = callback;

    internal bool IsCanceled => Volatile.Read(ref _callback) is null;

    /// <summary>Takes the callback back; without effect once it has started.</summary>
    public void Cancel() => Volatile.Write(ref _callback, null);

    internal void Run() => Interlocked.Exchange(ref _callback, null)?.Invoke();
}
