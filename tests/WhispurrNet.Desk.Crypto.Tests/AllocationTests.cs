using WhispurrNet.Desk.Crypto.Aead;
using WhispurrNet.Desk.Crypto.Curve25519;
using WhispurrNet.Protocol.Tests.Crypto;
using Xunit;

namespace WhispurrNet.Desk.Crypto.Tests;

/// <summary>Nothing here makes garbage.</summary>
public sealed class AllocationTests
{
    private readonly byte[] _key = new Sample(1).Bytes(32);
    private readonly byte[] _nonce = new Sample(2).Bytes(24);
    private readonly byte[] _message = new Sample(3).Bytes(512);
    private readonly byte[] _output = new byte[528];
    private readonly byte[] _result = new byte[64];

    [Fact]
    public void AeadsAllocateNothing() => AssertNothing(() =>
    {
        DeskXChaCha20Poly1305.Seal(_key, _nonce, default, _message, _output);
        Assert.True(DeskXChaCha20Poly1305.Open(_key, _nonce, default, _output, _message));
        DeskChaCha20Poly1305.Seal(_key, _nonce.AsSpan(0, 12), default, _message, _output);
        Assert.True(DeskChaCha20Poly1305.Open(_key, _nonce.AsSpan(0, 12), default, _output, _message));
    });

    [Fact]
    public void CurvesAllocateNothing() => AssertNothing(() =>
    {
        DeskX25519.ScalarMultiplyBase(_key, _result.AsSpan(0, 32));
        DeskX25519.ScalarMultiply(_key, _result.AsSpan(0, 32), _result.AsSpan(32));
        DeskEd25519.Sign(_key, _message, _result);
        DeskEd25519.DerivePublicKey(_key, _output.AsSpan(0, 32));
        Assert.True(DeskEd25519.Verify(_output.AsSpan(0, 32), _message, _result));
    });

    private static void AssertNothing(Action action)
    {
        // Tables are made the first time.
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            action();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
