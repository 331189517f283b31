using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using WhispurrNet.Desk.Crypto.Aead;
using WhispurrNet.Protocol.Tests.Crypto;
using DeviceCipher = WhispurrNet.Protocol.Crypto.ChaCha20;
using Xunit;

namespace WhispurrNet.Desk.Crypto.Tests.Aead;

/// <summary>
/// Vectors of every width make the key stream that a board makes; those that this processor has not are done in parts.
/// </summary>
public sealed class ChaCha20Tests
{
    private const int StreamSize = ChaCha20.StreamBlocks * ChaCha20.BlockSize;

    private delegate void StreamMaker(ReadOnlySpan<byte> key, Vector128<uint> last, Span<byte> stream, int blockCount);

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    [InlineData(0)]
    public void EveryWidthMakesTheSameStream(int width)
    {
        Assert.SkipWhen(width == 256 && !Avx2.IsSupported, "This processor has no AVX2.");
        StreamMaker make = width switch
        {
            128 => ChaCha20.MakeStream<Lanes128, Vector128<uint>>,
            256 => ChaCha20.MakeStream<Lanes256, Vector256<uint>>,
            512 => ChaCha20.MakeStream<Lanes512, Vector512<uint>>,
            _ => ChaCha20.MakeStream,
        };
        var sample = new Sample(1);
        foreach (uint counter in new uint[] { 0, 1, 1000, 0x7FFFFFFE, 0xFFFFFFF0 })
        {
            byte[] key = sample.Bytes(32), nonce = sample.Bytes(12), expected = new byte[StreamSize];
            var device = new DeviceCipher();
            device.SetKey(key, 0);
            device.Xor(nonce, 0, counter, new byte[StreamSize], 0, expected, 0, StreamSize);
            for (int blocks = 1; blocks <= ChaCha20.StreamBlocks; blocks++)
            {
                byte[] stream = new byte[StreamSize];
                make(key, ChaCha20.LastRow(counter, nonce), stream, blocks);
                int size = blocks * ChaCha20.BlockSize;
                Assert.Equal(expected[..size], stream[..size]);
            }
        }
    }

    [Fact]
    public void TooLittleRoomIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => ChaCha20.MakeStream(new byte[32], default, new byte[StreamSize - 1], 1));
}
