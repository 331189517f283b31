using NSec.Cryptography;
using WhispurrNet.Desk.Crypto.Curve25519;
using WhispurrNet.Desk.Crypto.Providers;
using SigningKey = NSec.Cryptography.Key;

namespace WhispurrNet.Desk.Crypto.Nsec;

/// <summary>libsodium through NSec.Cryptography; compiled only where the build has that package.</summary>
public sealed class NsecProvider : ICryptoProvider
{
    /// <inheritdoc/>
    public string Name => "NSec";

    /// <inheritdoc/>
    public bool ScalarMultiply(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point, Span<byte> result)
    {
        CheckSize(result, nameof(result));
        using Key key = ImportScalar(scalar);
        if (!PublicKey.TryImport(KeyAgreementAlgorithm.X25519, point, KeyBlobFormat.RawPublicKey, out PublicKey? other)
            || other is null)
        {
            throw new ArgumentException("A point has 32 bytes.", nameof(point));
        }

        var exportable = new SharedSecretCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        using SharedSecret? secret = KeyAgreementAlgorithm.X25519.Agree(key, other, exportable);
        if (secret is null)
        {
            result.Clear();
            return false;
        }

        return secret.TryExport(SharedSecretBlobFormat.RawSharedSecret, result, out _);
    }

    /// <inheritdoc/>
    public void ScalarMultiplyBase(ReadOnlySpan<byte> scalar, Span<byte> result)
    {
        CheckSize(result, nameof(result));
        using Key key = ImportScalar(scalar);
        key.PublicKey.TryExport(KeyBlobFormat.RawPublicKey, result, out _);
    }

    /// <inheritdoc/>
    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        CheckSize(publicKey, nameof(publicKey));
        if (signature.Length != DeskEd25519.SignatureSize)
        {
            throw new ArgumentException("A signature has 64 bytes.", nameof(signature));
        }

        return PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out PublicKey? key)
            && key is not null
            && SignatureAlgorithm.Ed25519.Verify(key, message, signature);
    }

    /// <inheritdoc/>
    public ISigner CreateSigner(ReadOnlySpan<byte> seed)
    {
        CheckSize(seed, nameof(seed));
        return new Signer(SigningKey.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey));
    }

    /// <inheritdoc/>
    public IKeyedAead CreateChaCha20Poly1305() => new NsecAead(AeadAlgorithm.ChaCha20Poly1305);

    /// <inheritdoc/>
    public IKeyedAead CreateXChaCha20Poly1305() => new NsecAead(AeadAlgorithm.XChaCha20Poly1305);

    private static Key ImportScalar(ReadOnlySpan<byte> scalar)
    {
        CheckSize(scalar, nameof(scalar));
        return Key.Import(KeyAgreementAlgorithm.X25519, scalar, KeyBlobFormat.RawPrivateKey);
    }

    private static void CheckSize(ReadOnlySpan<byte> buffer, string name)
    {
        if (buffer.Length != DeskX25519.KeySize)
        {
            throw new ArgumentException("This has 32 bytes.", name);
        }
    }

    private sealed class Signer(SigningKey key) : ISigner
    {
        private readonly byte[] _publicKey = key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        private bool _disposed;

        public ReadOnlySpan<byte> PublicKey => _publicKey;

        public void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Span<byte> made = stackalloc byte[DeskEd25519.SignatureSize];
            SignatureAlgorithm.Ed25519.Sign(key, message, made);
            if (signature.Length != made.Length)
            {
                throw new ArgumentException("A signature has 64 bytes.", nameof(signature));
            }

            made.CopyTo(signature);
        }

        public void Dispose()
        {
            _disposed = true;
            key.Dispose();
        }
    }
}
