using System.Security.Cryptography;
using WhispurrNet.Desk.Crypto.Aead;
using WhispurrNet.Desk.Crypto.Curve25519;

namespace WhispurrNet.Desk.Crypto.Providers;

/// <summary>The curves and AEADs that are written here, and .NET's AEAD where that takes less time.</summary>
public class ManagedProvider : ICryptoProvider
{
    /// <inheritdoc/>
    public virtual string Name => "managed";

    /// <inheritdoc/>
    public bool ScalarMultiply(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point, Span<byte> result) =>
        DeskX25519.ScalarMultiply(scalar, point, result);

    /// <inheritdoc/>
    public void ScalarMultiplyBase(ReadOnlySpan<byte> scalar, Span<byte> result) =>
        DeskX25519.ScalarMultiplyBase(scalar, result);

    /// <inheritdoc/>
    public virtual bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        DeskEd25519.Verify(publicKey, message, signature);

    /// <inheritdoc/>
    public virtual ISigner CreateSigner(ReadOnlySpan<byte> seed) => new Signer(seed);

    /// <inheritdoc/>
    public IKeyedAead CreateChaCha20Poly1305() => new ManagedAead(isExtended: false);

    /// <inheritdoc/>
    public IKeyedAead CreateXChaCha20Poly1305() => new ManagedAead(isExtended: true);

    private sealed class Signer : ISigner
    {
        // Pinned: the collector leaves no copies behind.
        private readonly byte[] _seed = GC.AllocateArray<byte>(DeskEd25519.SeedSize, pinned: true);
        private readonly byte[] _publicKey = new byte[DeskEd25519.PublicKeySize];
        private bool _disposed;

        internal Signer(ReadOnlySpan<byte> seed)
        {
            DeskEd25519.DerivePublicKey(seed, _publicKey);
            seed.CopyTo(_seed);
        }

        public ReadOnlySpan<byte> PublicKey => _publicKey;

        public void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            DeskEd25519.Sign(_seed, _publicKey, message, signature);
        }

        public void Dispose()
        {
            _disposed = true;
            CryptographicOperations.ZeroMemory(_seed);
        }
    }
}
