using WhispurrNet.Desk.Crypto.Providers;
using WhispurrNet.Protocol.Crypto;

namespace WhispurrNet.Desk.Crypto.Nodes;

/// <summary>
/// A provider's curve and AEADs as a node takes them. One for each node, since a node's keys pass through it.
/// </summary>
public sealed class NodePrimitives : IPrimitives
{
    /// <summary>From the provider that the build has.</summary>
    public NodePrimitives()
        : this(CryptoProvider.Default)
    {
    }

    /// <summary>From one provider.</summary>
    public NodePrimitives(ICryptoProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        Curve = new NodeCurve(provider);
        ChaCha20Poly1305 = new NodeAead(provider.CreateChaCha20Poly1305());
        XChaCha20Poly1305 = new NodeAead(provider.CreateXChaCha20Poly1305());
    }

    /// <inheritdoc/>
    public IX25519 Curve { get; }

    /// <inheritdoc/>
    public IAead ChaCha20Poly1305 { get; }

    /// <inheritdoc/>
    public IAead XChaCha20Poly1305 { get; }

    private sealed class NodeCurve(ICryptoProvider provider) : IX25519
    {
        public bool ScalarMultiply(byte[] scalar, byte[] point, byte[] result) =>
            provider.ScalarMultiply(scalar, point, result);

        public void ScalarMultiplyBase(byte[] scalar, byte[] result) => provider.ScalarMultiplyBase(scalar, result);
    }

    private sealed class NodeAead(IKeyedAead aead) : IAead
    {
        private const int KeySize = 32;
        private const int TagSize = 16;

        public void SetKey(byte[] key, int keyOffset) => aead.SetKey(key.AsSpan(keyOffset, KeySize));

        public void Seal(
            byte[] nonce, int nonceOffset, byte[]? ad, int adOffset, int adCount,
            byte[] plaintext, int plaintextOffset, int count, byte[] output, int outputOffset) => aead.Seal(
                nonce.AsSpan(nonceOffset, aead.NonceSize),
                ad.AsSpan(adOffset, adCount),
                plaintext.AsSpan(plaintextOffset, count),
                output.AsSpan(outputOffset, count + TagSize));

        public bool Open(
            byte[] nonce, int nonceOffset, byte[]? ad, int adOffset, int adCount,
            byte[] sealedBytes, int sealedOffset, int sealedCount, byte[] output, int outputOffset) =>
            sealedCount >= TagSize && aead.Open(
                nonce.AsSpan(nonceOffset, aead.NonceSize),
                ad.AsSpan(adOffset, adCount),
                sealedBytes.AsSpan(sealedOffset, sealedCount),
                output.AsSpan(outputOffset, sealedCount - TagSize));

        public void Wipe() => aead.Wipe();
    }
}
