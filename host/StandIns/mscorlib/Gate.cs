using System;
using System.Runtime.CompilerServices;

namespace WhispurrNet.Virtual
{
    /// <summary>
    /// Where a board's code meets its board. There is one copy of this assembly per board, so these statics are the
    /// board's own. Instrumented binaries call <see cref="Check"/> at every method entry and backward branch.
    /// </summary>
    public static class Gate
    {
        private static BoardContext s_board;

        /// <summary>The board this copy belongs to.</summary>
        public static BoardContext Board => s_board;

        /// <summary>Ties this copy to a board; called once, before any device code runs.</summary>
        public static void Attach(BoardContext board)
        {
            s_board = board;
            board.Exceptions = new DeviceExceptions(typeof(Gate).Assembly);
        }

        /// <summary>Stands still or ends the thread if the board says so.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Check()
        {
            if (s_board.Signal != 0)
            {
                s_board.Pass();
            }
        }

        /// <summary>Called in handlers of System.Exception: what the device would have thrown.</summary>
        public static Exception Translate(Exception exception) => s_board.Exceptions.Translate(exception);

        /// <summary>Called first in catch-all handlers: nothing is handled once the power is off.</summary>
        public static void CheckHandler(object exception)
        {
            if (exception is PowerOffException || s_board.Signal != 0)
            {
                s_board.LeaveHandler();
            }
        }
    }
}
