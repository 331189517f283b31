using WhispurrNet.Board.Node;
using WhispurrNet.Board.Platform;
using WhispurrNet.Board.SelfTest;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Board
{
    /// <summary>
    /// A look into the running board for tests and virtual boards, which call these by name from outside. Only
    /// primitive types, so that no type of the board's has to be known there. What a member could do with the board's
    /// keys anyway, this can do; it never gives a key away.
    /// </summary>
    public static class BoardInspector
    {
        private static WhispurrBoard s_board;

        /// <summary>Whether a board was started in this program.</summary>
        public static bool IsRunning()
        {
            return s_board != null;
        }

        /// <summary>The identity of the board at this moment.</summary>
        public static string Identity()
        {
            return s_board.Identity;
        }

        /// <summary>Tries every key of the board on a frame, whatever its tag says.</summary>
        /// <param name="frame">A whole frame.</param>
        /// <returns>How many open it.</returns>
        public static int CountKeysThatOpen(byte[] frame)
        {
            NodeHost host = s_board.Running();
            lock (host.Gate)
            {
                return host.Core.CountKeysThatOpen(frame);
            }
        }

        /// <summary>Frames that the board holds.</summary>
        public static int HeldFrames()
        {
            NodeHost host = s_board.Running();
            lock (host.Gate)
            {
                return host.Core.HeldFrames;
            }
        }

        /// <summary>Neighbours that the board remembers.</summary>
        public static int Neighbours()
        {
            NodeHost host = s_board.Running();
            lock (host.Gate)
            {
                return host.Core.Neighbours.Count;
            }
        }

        /// <summary>Copies a held frame.</summary>
        /// <param name="frameId">First eight bytes of its message id.</param>
        /// <param name="frame">Receives it; of the network's frame size.</param>
        /// <returns>False if the board does not hold it.</returns>
        public static bool CopyFrame(ulong frameId, byte[] frame)
        {
            NodeHost host = s_board.Running();
            lock (host.Gate)
            {
                return host.Core.CopyFrame(frameId, frame);
            }
        }

        /// <summary>The counters, as in the statistics line.</summary>
        public static string Statistics()
        {
            return s_board.StatisticsLine();
        }

        /// <summary>Sends a whisper as the application would.</summary>
        /// <returns>The number of the <see cref="SendResult"/>; 0 is queued.</returns>
        public static int Whisper(string intent, byte[] payload)
        {
            return (int)s_board.Whisper(intent, payload);
        }

        /// <summary>Sends a broadcast as the application would.</summary>
        /// <returns>The number of the <see cref="SendResult"/>; 0 is queued.</returns>
        public static int Broadcast(byte[] payload)
        {
            return (int)s_board.Broadcast(payload);
        }

        /// <summary>Sends an emergency as the application would.</summary>
        /// <returns>The number of the <see cref="SendResult"/>; 0 is queued.</returns>
        public static int Emergency(byte[] payload)
        {
            return (int)s_board.Emergency(payload);
        }

        /// <summary>Sends a whisper to one identity as the application would.</summary>
        /// <param name="identity">32 hexadecimal digits, a colon, 8 more.</param>
        /// <param name="payload">The payload.</param>
        /// <returns>The number of the <see cref="SendResult"/>; 0 is queued, 6 an unknown contact.</returns>
        public static int WhisperTo(string identity, byte[] payload)
        {
            return (int)s_board.WhisperTo(identity, payload);
        }

        /// <summary>The identities that the board can send direct whispers to now.</summary>
        public static string[] Contacts()
        {
            return s_board.Contacts;
        }

        /// <summary>The id of the whisper sent last: the first eight bytes of its message id.</summary>
        public static ulong LastSentId()
        {
            NodeHost host = s_board.Running();
            lock (host.Gate)
            {
                return host.Core.LastSentId;
            }
        }

        /// <summary>The board's clock in milliseconds.</summary>
        public static long NowMs()
        {
            return BoardClock.NowMs;
        }

        /// <summary>
        /// Compares every primitive with a published answer; needs no running board, and on a chip takes seconds.
        /// </summary>
        /// <returns>A line for each: <c>name;passed;ms</c> or <c>name;failed: why;ms</c>.</returns>
        public static string[] SelfTest()
        {
            return PowerOnTest.Report();
        }

        internal static void Attach(WhispurrBoard board)
        {
            s_board = board;
        }
    }
}
