using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Sealing;

namespace WhispurrNet.Protocol.Node
{
    /// <content>How the application sends, and to whom it can.</content>
    public sealed partial class NodeCore
    {
        /// <summary>Sends a whisper to everyone in the network who listens to an intent.</summary>
        /// <param name="intent">1 to 64 printable ASCII characters without a blank.</param>
        /// <param name="payload">Holds the payload.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its bytes, at most <see cref="MaxPayload"/>.</param>
        /// <param name="nowMs">Now.</param>
        public SendResult Resonate(string intent, byte[] payload, int offset, int count, long nowMs)
        {
            if (!_keys.IsMember)
            {
                return SendResult.NoNetwork;
            }

            if (!Labels.IsIntent(intent))
            {
                return SendResult.InvalidIntent;
            }

            return Send(WhisperType.Resonance, intent, null, payload, offset, count, nowMs);
        }

        /// <summary>Sends a whisper to everyone in the network.</summary>
        /// <param name="payload">Holds the payload.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its bytes, at most <see cref="MaxPayload"/>.</param>
        /// <param name="nowMs">Now.</param>
        public SendResult Broadcast(byte[] payload, int offset, int count, long nowMs)
        {
            if (!_keys.IsMember)
            {
                return SendResult.NoNetwork;
            }

            return Send(WhisperType.Broadcast, null, null, payload, offset, count, nowMs);
        }

        /// <summary>
        /// Sends a whisper to everyone in the network that goes before all others, to every neighbour. Three at once, one
        /// more every minute.
        /// </summary>
        /// <param name="payload">Holds the payload.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its bytes, at most <see cref="MaxFramePayload"/>.</param>
        /// <param name="nowMs">Now.</param>
        public SendResult Emergency(byte[] payload, int offset, int count, long nowMs)
        {
            if (!_keys.IsMember)
            {
                return SendResult.NoNetwork;
            }

            return Send(WhisperType.Emergency, null, null, payload, offset, count, nowMs);
        }

        /// <summary>
        /// Sends a whisper to one identity. Three curve operations, each most of a second on a board: a pump waits for a
        /// moment in which <see cref="IsInContact"/> is false.
        /// </summary>
        /// <param name="recipient">The identity's hash, 16 bytes.</param>
        /// <param name="payload">Holds the payload.</param>
        /// <param name="offset">Where it starts.</param>
        /// <param name="count">Its bytes, at most <see cref="MaxPayload"/>.</param>
        /// <param name="nowMs">Now.</param>
        public SendResult Direct(byte[] recipient, byte[] payload, int offset, int count, long nowMs)
        {
            CryptoBytes.CheckSize(recipient, EphemeralIdentity.IdSize, "recipient");
            if (!_keys.IsMember)
            {
                CryptoBytes.CheckRange(payload, offset, count, "payload");
                return SendResult.NoNetwork;
            }

            return Send(WhisperType.Whisper, null, recipient, payload, offset, count, nowMs);
        }

        /// <summary>How far a whisper that was sent here has come.</summary>
        /// <param name="innerId">Its <see cref="LastSentInnerId"/>.</param>
        /// <returns><see cref="WhisperStatus.Unknown"/> when it is not among the last ones.</returns>
        public WhisperStatus StatusOf(ulong innerId)
        {
            return _outbox.StatusOf(innerId);
        }

        /// <summary>True when the contact card of an identity is known.</summary>
        /// <param name="id">The identity's hash, 16 bytes.</param>
        public bool HasContact(byte[] id)
        {
            return _direct.Contacts.Find(id) != ContactTable.None;
        }

        /// <summary>Copies the name of a contact.</summary>
        /// <param name="index">Below <see cref="KnownContacts"/>; the order changes with time.</param>
        /// <param name="id">Receives the identity's hash, 16 bytes.</param>
        /// <param name="timestamp">Receives the time when it was made.</param>
        /// <returns>False when there is no contact at this place.</returns>
        public bool CopyContact(int index, byte[] id, out uint timestamp)
        {
            timestamp = 0;
            if (index < 0 || index >= _direct.Contacts.Count)
            {
                return false;
            }

            _direct.Contacts.CopyId(index, id);
            timestamp = _direct.Contacts.TimestampAt(index);
            return true;
        }

        /// <summary>For how many seconds a contact's mailbox is still read.</summary>
        /// <param name="index">Below <see cref="KnownContacts"/>.</param>
        /// <param name="nowMs">Now.</param>
        /// <returns>0 when its time is over or there is no contact at this place.</returns>
        public uint ContactSecondsLeft(int index, long nowMs)
        {
            if (index < 0 || index >= _direct.Contacts.Count)
            {
                return 0;
            }

            uint endSeconds = _direct.Contacts.EndAt(index);
            uint nowSeconds = _identity.SecondsAt(nowMs);
            return endSeconds > nowSeconds ? endSeconds - nowSeconds : 0;
        }

        private SendResult Send(
            WhisperType type, string intent, byte[] recipient, byte[] payload, int offset, int count, long nowMs)
        {
            CryptoBytes.CheckRange(payload, offset, count, "payload");
            SendResult result = _outbox.Send(
                type, intent, recipient, payload, offset, count, UnixSeconds(nowMs), nowMs);
            if (result == SendResult.Queued)
            {
                _inbox.NoteOwn(_outbox.LastSentInnerId);
            }

            return result;
        }
    }
}
