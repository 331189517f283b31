using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Protocol.Sealing
{
    /// <summary>How a later part of a direct whisper is sealed: part 0's key inside, the recipient's mailbox outside.</summary>
    internal sealed class OutgoingPartSeal : OutgoingSeal
    {
        private readonly byte[] _key;
        private readonly MacWorkspace _mac;

        /// <param name="key">32 bytes from part 0; not copied, not wiped.</param>
        /// <param name="mac">Derives the id of the part.</param>
        internal OutgoingPartSeal(byte[] key, MacWorkspace mac)
        {
            _key = key;
            _mac = mac;
        }

        /// <inheritdoc/>
        internal override bool Write(
            WhisperHeader header,
            byte[] payload,
            int offset,
            byte[] frame,
            int at,
            byte[] whisper,
            ChaChaRandom random)
        {
            int size = whisper.Length;
            int first = WhisperHeader.PayloadMax(size - DirectSeal.Overhead);
            int later = size - PartSeal.HeadSize - XChaCha20Poly1305.TagSize;
            PartSeal.Seal(
                header, payload, offset + WhisperParts.Start(header.Part, first, later),
                WhisperParts.Size(header.PayloadCount, header.Part, first, later),
                _key, _mac, frame, at, whisper);
            return true;
        }
    }
}
