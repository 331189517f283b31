using System;
using WhispurrNet.Board.Platform;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Board.Node
{
    /// <summary>
    /// Hands whispers to the application on a thread of its own: an application that takes its time delays its own
    /// whispers, which wait in the core's bounded list, and nothing else.
    /// </summary>
    internal sealed class DeliveryLoop : LoopThread
    {
        /// <summary>
        /// A whisper for which there is no memory is tried so often, with the pauses of a thread that starts again.
        /// </summary>
        private const int AttemptsMax = 4;

        private readonly NodeHost _host;
        private readonly WhispurrBoard _board;
        private readonly BoardStatistics _statistics;
        private readonly WhisperMessage _message;
        private int _attempts;

        internal DeliveryLoop(NodeHost host, WhispurrBoard board, BoardStatistics statistics)
            : base("delivery", statistics)
        {
            _host = host;
            _board = board;
            _statistics = statistics;
            _message = new WhisperMessage(host.Core.MaxFramePayload);
        }

        /// <inheritdoc/>
        protected override void Run()
        {
            while (true)
            {
                while (_attempts > 0 || TakeOne())
                {
                    Deliver();
                }

                _board.GuardSupervisor(BoardClock.NowMs);
                _host.DeliveryWake.WaitOne(NodeHost.LongestWaitMs, false);
            }
        }

        private bool TakeOne()
        {
            lock (_host.Gate)
            {
                _attempts = _host.Core.PollWhisper(_message) ? AttemptsMax : 0;
            }

            return _attempts > 0;
        }

        private void Deliver()
        {
            _attempts--;
            if (_attempts == 0)
            {
                _statistics.Undelivered++;
                SerialLog.Error("a whisper was dropped for want of memory");
                return;
            }

            ReceivedWhisper whisper = new ReceivedWhisper(_message);
            SerialLog.Line("whisper " + Hex.ToText(whisper.FrameId)
                + " " + whisper.KindName
                + " intent=" + SerialLog.Word(whisper.Intent)
                + " from=" + whisper.From
                + " bytes=" + whisper.Payload.Length.ToString()
                + (whisper.IsSenderProven ? " proven" : ""));
            _attempts = 0;
            _message.Forget();
            try
            {
                _board.Raise(whisper);
            }
            catch (Exception exception)
            {
                _statistics.HandlerFailures++;
                SerialLog.Error("the application's OnWhisper handler failed", exception);
            }
        }
    }
}
