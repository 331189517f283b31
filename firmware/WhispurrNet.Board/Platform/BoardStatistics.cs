using System;

namespace WhispurrNet.Board.Platform
{
    /// <summary>
    /// What the pumps counted since the start; the protocol core has its own. Each field is written by one thread,
    /// except <see cref="ThreadRestarts"/>, where a lost count does not matter.
    /// </summary>
    internal sealed class BoardStatistics
    {
        /// <summary>Times a role of the radio was started: server or client, each a start of the whole stack.</summary>
        internal uint RadioStarts;

        /// <summary>Times a role could not be started.</summary>
        internal uint RadioFailures;

        /// <summary>Scans done.</summary>
        internal uint Scans;

        /// <summary>Contacts dialled.</summary>
        internal uint Dialled;

        /// <summary>Contacts dialled that ended before both sides were through.</summary>
        internal uint DialledCut;

        /// <summary>Contacts accepted.</summary>
        internal uint Answered;

        /// <summary>Contacts accepted that only a stack restart ended.</summary>
        internal uint AnsweredStuck;

        /// <summary>Notifications put off because the stack was out of buffers.</summary>
        internal uint NotifyRetries;

        /// <summary>Writes that arrived after their two seconds; they are not answered.</summary>
        internal uint LateWrites;

#if BLUETOOTH_ONLY
        // Whoever reads the statistics line finds the same names in it.
        internal const uint GatewayConnects = 0;
        internal const uint GatewayFailures = 0;
        internal const uint GatewayStalls = 0;
#else
        /// <summary>Connections made to the gateway.</summary>
        internal uint GatewayConnects;

        /// <summary>Connections to the gateway given up for its silence or for bytes that make no sense.</summary>
        internal uint GatewayFailures;

        /// <summary>Times the gateway had to be spared because it took nothing.</summary>
        internal uint GatewayStalls;
#endif

        /// <summary>Exceptions out of the application's handler.</summary>
        internal uint HandlerFailures;

        /// <summary>Threads that had to start again.</summary>
        internal uint ThreadRestarts;

        /// <summary>
        /// Events of a library that could not be taken. Their handlers only count, and leave what was thrown in
        /// <see cref="EventFailure"/>: reporting it needs heap, and may be what fails.
        /// </summary>
        internal uint EventFailures;

        /// <summary>The last of those exceptions, until the supervisor has reported it.</summary>
        internal Exception EventFailure;

        /// <summary>Set whenever something fails for want of memory; the supervisor takes it back.</summary>
        internal bool ShortOfMemory;

        /// <summary>Whispers that the application did not get because there was no memory for them.</summary>
        internal uint Undelivered;

        /// <summary>Minutes that began with hardly any heap.</summary>
        internal uint HeapLow;

        /// <summary>All counters as <c>name=value</c>, blanks between.</summary>
        internal string ToLine()
        {
            return "radioStarts=" + RadioStarts.ToString()
                + " radioFailures=" + RadioFailures.ToString()
                + " scans=" + Scans.ToString()
                + " dialled=" + Dialled.ToString()
                + " dialledCut=" + DialledCut.ToString()
                + " answered=" + Answered.ToString()
                + " answeredStuck=" + AnsweredStuck.ToString()
                + " notifyRetries=" + NotifyRetries.ToString()
                + " lateWrites=" + LateWrites.ToString()
                + " gatewayConnects=" + GatewayConnects.ToString()
                + " gatewayFailures=" + GatewayFailures.ToString()
                + " gatewayStalls=" + GatewayStalls.ToString()
                + " handlerFailures=" + HandlerFailures.ToString()
                + " threadRestarts=" + ThreadRestarts.ToString()
                + " eventFailures=" + EventFailures.ToString()
                + " undelivered=" + Undelivered.ToString()
                + " heapLow=" + HeapLow.ToString();
        }
    }
}
