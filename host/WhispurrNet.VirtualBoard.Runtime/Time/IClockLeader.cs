namespace WhispurrNet.Virtual;

/// <summary>The clock of another process, which a clock of this one follows.</summary>
internal interface IClockLeader
{
    /// <summary>
    /// Nothing is left to do before this board time. Called under the follower's lock: must not call back.
    /// </summary>
    /// <param name="nextDueMicros">When the follower wants to be told the time again.</param>
    void Sleep(long nextDueMicros);

    /// <summary>Something came up: keeps the leader's time from passing and returns it.</summary>
    long Wake();
}
