using System;
using System.Text;
using System.Threading;
using WhispurrNet.Board.Node;
using WhispurrNet.Board.Platform;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Board
{
    /// <content>How the application sends.</content>
    public sealed partial class WhispurrBoard
    {
        /// <summary>Longest wait for a moment without a contact: a contact is over after 15 s at the latest.</summary>
        private const int QuietWaitMs = 15 * 1000;

        private const int QuietPollMs = 100;

        /// <summary>Sends a whisper to everybody of the network who listens to an intent.</summary>
        /// <param name="intent">
        /// Such as <c>emotion_data</c>; 1 to 64 printable ASCII characters without a blank.
        /// </param>
        /// <param name="payload">At most <see cref="MaxPayload"/> bytes.</param>
        /// <returns>Whether it was queued, or why not; also written to the serial port.</returns>
        /// <exception cref="InvalidOperationException">The board was not started.</exception>
        public SendResult Whisper(string intent, byte[] payload)
        {
            NodeHost host = Running();
            SendResult result;
            string line;
            lock (host.Gate)
            {
                result = host.Core.Resonate(intent, payload, 0, payload.Length, BoardClock.NowMs);
                line = LineOf(host, "resonance", intent);
            }

            AfterSend(host, result, line, "resonance");
            return result;
        }

        /// <summary>Sends a text to everybody of the network who listens to an intent.</summary>
        /// <param name="intent">
        /// Such as <c>emotion_data</c>; 1 to 64 printable ASCII characters without a blank.
        /// </param>
        /// <param name="text">At most <see cref="MaxPayload"/> bytes as UTF-8.</param>
        /// <returns>Whether it was queued, or why not; also written to the serial port.</returns>
        /// <exception cref="InvalidOperationException">The board was not started.</exception>
        public SendResult Whisper(string intent, string text)
        {
            return Whisper(intent, Encoding.UTF8.GetBytes(text));
        }

        /// <summary>Sends a whisper to everybody of the network.</summary>
        /// <param name="payload">At most <see cref="MaxPayload"/> bytes.</param>
        /// <returns>Whether it was queued, or why not; also written to the serial port.</returns>
        /// <exception cref="InvalidOperationException">The board was not started.</exception>
        public SendResult Broadcast(byte[] payload)
        {
            NodeHost host = Running();
            SendResult result;
            string line;
            lock (host.Gate)
            {
                result = host.Core.Broadcast(payload, 0, payload.Length, BoardClock.NowMs);
                line = LineOf(host, "broadcast", null);
            }

            AfterSend(host, result, line, "broadcast");
            return result;
        }

        /// <summary>Sends a text to everybody of the network.</summary>
        /// <param name="text">At most <see cref="MaxPayload"/> bytes as UTF-8.</param>
        /// <returns>Whether it was queued, or why not; also written to the serial port.</returns>
        /// <exception cref="InvalidOperationException">The board was not started.</exception>
        public SendResult Broadcast(string text)
        {
            return Broadcast(Encoding.UTF8.GetBytes(text));
        }

        /// <summary>
        /// Sends a whisper to everybody of the network that goes before all others: three at once, one more every minute.
        /// </summary>
        /// <param name="payload">At most <see cref="MaxEmergencyPayload"/> bytes.</param>
        /// <returns>Whether it was queued, or why not; also written to the serial port.</returns>
        /// <exception cref="InvalidOperationException">The board was not started.</exception>
        public SendResult Emergency(byte[] payload)
        {
            NodeHost host = Running();
            SendResult result;
            string line;
            lock (host.Gate)
            {
                result = host.Core.Emergency(payload, 0, payload.Length, BoardClock.NowMs);
                line = LineOf(host, "emergency", null);
            }

            AfterSend(host, result, line, "emergency");
            return result;
        }

        /// <summary>Sends a text to everybody of the network that goes before all others.</summary>
        /// <param name="text">At most <see cref="MaxEmergencyPayload"/> bytes as UTF-8.</param>
        /// <returns>Whether it was queued, or why not; also written to the serial port.</returns>
        /// <exception cref="InvalidOperationException">The board was not started.</exception>
        public SendResult Emergency(string text)
        {
            return Emergency(Encoding.UTF8.GetBytes(text));
        }

        /// <summary>
        /// Sends a whisper to one identity, which nobody else can read. Takes two or three seconds of computing, for which
        /// it waits up to 15 s until no Bluetooth contact is going on; call it from a thread that may wait.
        /// </summary>
        /// <param name="identity">
        /// Such as <see cref="ReceivedWhisper.From"/> or one of <see cref="Contacts"/>: 32 hexadecimal digits, a colon, 8
        /// more.
        /// </param>
        /// <param name="payload">At most <see cref="MaxPayload"/> bytes.</param>
        /// <returns>Whether it was queued, or why not; also written to the serial port.</returns>
        /// <exception cref="ArgumentException">The text is not an identity.</exception>
        /// <exception cref="InvalidOperationException">The board was not started.</exception>
        public SendResult WhisperTo(string identity, byte[] payload)
        {
            NodeHost host = Running();
            byte[] recipient = new byte[EphemeralIdentity.IdSize];
            if (!EphemeralIdentity.TryParse(identity, recipient))
            {
                throw new ArgumentException("An identity is 32 hexadecimal digits, a colon and 8 more.");
            }

            long latestMs = BoardClock.NowMs + QuietWaitMs;
            SendResult result;
            string line;
            while (!TryWhisperTo(host, recipient, payload, latestMs, out result, out line))
            {
                Thread.Sleep(QuietPollMs);
            }

            AfterSend(host, result, line, "direct");
            return result;
        }

        /// <summary>Sends a text to one identity; see <see cref="WhisperTo(string, byte[])"/>.</summary>
        /// <param name="identity">32 hexadecimal digits, a colon, 8 more.</param>
        /// <param name="text">At most <see cref="MaxPayload"/> bytes as UTF-8.</param>
        /// <returns>Whether it was queued, or why not; also written to the serial port.</returns>
        /// <exception cref="ArgumentException">The text is not an identity.</exception>
        /// <exception cref="InvalidOperationException">The board was not started.</exception>
        public SendResult WhisperTo(string identity, string text)
        {
            return WhisperTo(identity, Encoding.UTF8.GetBytes(text));
        }

        /// <summary>The whisper that was queued last; what <see cref="StatusOf"/> and the serial lines know it by.</summary>
        public ulong LastSentId
        {
            get
            {
                NodeHost host = Running();
                lock (host.Gate)
                {
                    return host.Core.LastSentInnerId;
                }
            }
        }

        /// <summary>
        /// How far a whisper has come: queued, taken by a neighbour, delivered if it was direct, or too late.
        /// </summary>
        /// <param name="id">Its <see cref="LastSentId"/>.</param>
        /// <returns><see cref="WhisperStatus.Unknown"/> when it is not among the last ones.</returns>
        public WhisperStatus StatusOf(ulong id)
        {
            NodeHost host = Running();
            lock (host.Gate)
            {
                return host.Core.StatusOf(id);
            }
        }

        /// <summary>The identities that <see cref="WhisperTo(string, byte[])"/> can send to now.</summary>
        public string[] Contacts
        {
            get
            {
                NodeHost host = Running();
                lock (host.Gate)
                {
                    string[] contacts = new string[host.Core.KnownContacts];
                    byte[] id = new byte[EphemeralIdentity.IdSize];
                    for (int i = 0; i < contacts.Length; i++)
                    {
                        uint timestamp;
                        host.Core.CopyContact(i, id, out timestamp);
                        contacts[i] = EphemeralIdentity.Format(id, timestamp);
                    }

                    return contacts;
                }
            }
        }

        /// <summary>
        /// Sends while no contact is going on, or when it has become too late to wait for that.
        /// </summary>
        private static bool TryWhisperTo(
            NodeHost host, byte[] recipient, byte[] payload, long latestMs, out SendResult result, out string line)
        {
            lock (host.Gate)
            {
                long nowMs = BoardClock.NowMs;
                result = SendResult.Queued;
                line = null;
                if (host.Core.IsInContact && nowMs < latestMs)
                {
                    return false;
                }

                result = host.Core.Direct(recipient, payload, 0, payload.Length, nowMs);
                line = LineOf(host, "direct", null);
                return true;
            }
        }

        /// <summary>What the serial line says of the whisper that was queued last.</summary>
        private static string LineOf(NodeHost host, string kind, string intent)
        {
            return "sent " + Hex.ToText(host.Core.LastSentId) + " " + kind + " intent=" + SerialLog.Word(intent)
                + " id=" + Hex.ToText(host.Core.LastSentInnerId);
        }

        private static void AfterSend(NodeHost host, SendResult result, string line, string kind)
        {
            if (result != SendResult.Queued)
            {
                SerialLog.Error("the " + kind + " whisper was not sent: " + ReasonOf(result));
                return;
            }

            SerialLog.Line(line);
            host.WakeAll();
        }

        private static string ReasonOf(SendResult result)
        {
            // Enumeration values print as numbers on the board.
            switch (result)
            {
                case SendResult.PayloadTooLarge:
                    return "it is too large: 1024 bytes, or what one frame carries of an emergency, is the most";
                case SendResult.InvalidIntent:
                    return "its intent is not 1 to 64 plain characters";
                case SendResult.NoNetwork:
                    return "this board is in no network";
                case SendResult.Congested:
                    return "this board has sent too much lately";
                case SendResult.TooManyPending:
                    return "too many whispers before it are still under way";
                case SendResult.UnknownContact:
                    return "no contact card of its recipient is known";
                default:
                    return "there is no room for it";
            }
        }
    }
}
