using System.Buffers.Binary;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.PassiveObserver.Capture;

/// <summary>
/// The HMAC of a relay that looks at what it carries: every frame that comes, duplicates included, has its message id
/// computed where it lies, and its counters lie right behind.
/// </summary>
/// <param name="frameSize">Bytes of a frame.</param>
internal sealed class TappedHmac(int frameSize) : IHmacSha256
{
    private readonly HmacSha256 _hmac = new();

    /// <summary>Called with the id and a copy of every frame.</summary>
    public Action<ulong, byte[]>? FrameSeen { get; set; }

    public void Compute(byte[] key, byte[] data, int offset, int count, byte[] mac, int macOffset)
    {
        _hmac.Compute(key, data, offset, count, mac, macOffset);
        if (FrameSeen != null && count == FrameLayout.ImmutableSize(frameSize)
            && key.AsSpan().SequenceEqual("WhispurrNet v1 message id"u8))
        {
            ulong id = BinaryPrimitives.ReadUInt64BigEndian(mac.AsSpan(macOffset));
            FrameSeen(id, data[offset..(offset + frameSize)]);
        }
    }
}
