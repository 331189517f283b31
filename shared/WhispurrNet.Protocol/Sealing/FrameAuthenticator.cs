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
        private readonly IHmacSha256 _hmac;
        private readonly byte[] _messageIdKey = Labels.MessageId();
        private readonly byte[] _admissionKey;
        private readonly byte[] _immutable;
        private readonly byte[] _mac = new byte[Sha256.HashSize];

        /// <summary>For one network.</summary>
        /// <param name="hmac">The HMAC to use.</param>
        /// <param name="admissionKey">32 bytes, or null on a keyless relay. Not copied.</param>
        /// <param name="frameSize">Bytes of a frame.</param>
        public FrameAuthenticator(IHmacSha256 hmac, byte[] admissionKey, int frameSize)
        {
            _hmac = hmac;
            _admissionKey = admissionKey;
            _immutable = new byte[FrameLayout.ImmutableSize(frameSize)];
        }

        /// <summary>
        /// First eight bytes of the message id, big-endian: HMAC-SHA256 under a published constant over the whole
        /// immutable part. The admission MAC is inside, so that a copy with a spoilt one is another message and
        /// cannot take the place of the good one among the seen.
        /// </summary>
        public ulong MessageId(byte[] frame, int offset)
        {
            _hmac.Compute(_messageIdKey, frame, offset, _immutable.Length, _mac, 0);
            return ByteOrder.ReadUInt64BigEndian(_mac, 0);
        }

        /// <summary>True when the frame carries this network's admission MAC. Always false on a keyless relay.</summary>
        public bool IsAdmitted(byte[] frame, int offset)
        {
            if (_admissionKey == null)
            {
                return false;
            }

            ComputeAdmission(frame, offset);
            return CryptoBytes.ConstantTimeEquals(
                _mac, 0, frame, offset + FrameLayout.AdmissionOffset, FrameLayout.AdmissionSize);
        }

        /// <summary>Writes the admission MAC into a finished frame; only on a member.</summary>
        public void Admit(byte[] frame, int offset)
        {
            ComputeAdmission(frame, offset);
            System.Array.Copy(_mac, 0, frame, offset + FrameLayout.AdmissionOffset, FrameLayout.AdmissionSize);
        }

        /// <summary>HMAC over the immutable part with the MAC's own field as zeros.</summary>
        private void ComputeAdmission(byte[] frame, int offset)
        {
            System.Array.Copy(frame, offset, _immutable, 0, _immutable.Length);
            System.Array.Clear(_immutable, FrameLayout.AdmissionOffset, FrameLayout.AdmissionSize);
            _hmac.Compute(_admissionKey, _immutable, 0, _immutable.Length, _mac, 0);
        }
    }
}
