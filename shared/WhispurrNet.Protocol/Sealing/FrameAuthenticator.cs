using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Network;

namespace WhispurrNet.Protocol.Sealing
{
    /// <summary>
    /// Computes what identifies a frame: its message id, which anybody can, and its admission MAC, which members can
    /// (PROTOCOL.md, "Message id" and "Admission").
    /// </summary>
    public sealed class FrameAuthenticator
    {
        private readonly MacWorkspace _mac;
        private readonly byte[] _messageIdKey = Labels.MessageId();
        private readonly byte[] _admissionKey;
        private readonly int _immutableSize;

        /// <summary>For one network.</summary>
        /// <param name="mac">Computes the MACs.</param>
        /// <param name="admissionKey">32 bytes, or null on a keyless relay. Not copied.</param>
        /// <param name="frameSize">Bytes of a frame.</param>
        public FrameAuthenticator(MacWorkspace mac, byte[] admissionKey, int frameSize)
        {
            _mac = mac;
            _admissionKey = admissionKey;
            _immutableSize = FrameLayout.ImmutableSize(frameSize);
        }

        /// <summary>
        /// First eight bytes of the message id, big-endian: HMAC-SHA256 under a published constant over the whole
        /// immutable part. The admission MAC is inside, so that a copy with a spoilt one is another message and
        /// cannot take the place of the good one among the seen.
        /// </summary>
        public ulong MessageId(byte[] frame, int offset)
        {
            _mac.Compute(_messageIdKey, frame, offset, _immutableSize);
            return ByteOrder.ReadUInt64BigEndian(_mac.Mac, 0);
        }

        /// <summary>
        /// True when the frame carries this network's admission MAC. Always false on a keyless relay.
        /// </summary>
        /// <param name="frame">Holds the frame; written to, and left as it was.</param>
        /// <param name="offset">Where it starts.</param>
        public bool IsAdmitted(byte[] frame, int offset)
        {
            if (_admissionKey == null)
            {
                return false;
            }

            // The MAC is over its own field as zeros; a copy of the frame would cost a board another 253 bytes.
            int at = offset + FrameLayout.AdmissionOffset;
            ulong carried = ByteOrder.ReadUInt64(frame, at);
            ComputeAdmission(frame, offset);
            ByteOrder.WriteUInt64(frame, at, carried);
            return _mac.StartsWith(frame, at, FrameLayout.AdmissionSize);
        }

        /// <summary>Writes the admission MAC into a finished frame; only on a member.</summary>
        public void Admit(byte[] frame, int offset)
        {
            ComputeAdmission(frame, offset);
            System.Array.Copy(_mac.Mac, 0, frame, offset + FrameLayout.AdmissionOffset, FrameLayout.AdmissionSize);
        }

        /// <summary>HMAC over the immutable part, with the MAC's own field set to zeros.</summary>
        private void ComputeAdmission(byte[] frame, int offset)
        {
            System.Array.Clear(frame, offset + FrameLayout.AdmissionOffset, FrameLayout.AdmissionSize);
            _mac.Compute(_admissionKey, frame, offset, _immutableSize);
        }
    }
}
