using WhispurrNet.Desk.Crypto.Providers;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Extras.Crypto;
using WhispurrNet.Protocol.Extras.Identity;

namespace WhispurrNet.Desk.Crypto.Tests.Support;

/// <summary>What boards run, as a provider: it keeps the contract that the desk keeps.</summary>
internal sealed class DeviceProvider : ICryptoProvider
{
    public string Name => "device";

    public bool ScalarMultiply(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point, Span<byte> result)
    {
        var buffer = new byte[result.Length];
        bool secret = new X25519().ScalarMultiply(scalar.ToArray(), point.ToArray(), buffer);
        buffer.CopyTo(result);
        return secret;
    }

    public void ScalarMultiplyBase(ReadOnlySpan<byte> scalar, Span<byte> result)
    {
        var buffer = new byte[result.Length];
        new X25519().ScalarMultiplyBase(scalar.ToArray(), buffer);
        buffer.CopyTo(result);
    }

    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        new Ed25519().Verify(publicKey.ToArray(), message.ToArray(), 0, message.Length, signature.ToArray(), 0);

    public ISigner CreateSigner(ReadOnlySpan<byte> seed) => new Signer(new UserIdentity(seed.ToArray()));

    public IKeyedAead CreateChaCha20Poly1305() => new Aead(new ChaCha20Poly1305(), ChaCha20Poly1305.NonceSize);

    public IKeyedAead CreateXChaCha20Poly1305() => new Aead(new XChaCha20Poly1305(), XChaCha20Poly1305.NonceSize);

    private sealed class Signer(UserIdentity user) : ISigner
    {
        public ReadOnlySpan<byte> PublicKey => user.PublicKey;

        public void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
        {
            var buffer = new byte[signature.Length];
            user.Sign(message.ToArray(), 0, message.Length, buffer, 0);
            buffer.CopyTo(signature);
        }

        public void Dispose() => user.Wipe();
    }

    private sealed class Aead(IAead aead, int nonceSize) : IKeyedAead
    {
        public int NonceSize => nonceSize;

        public void SetKey(ReadOnlySpan<byte> key) => aead.SetKey(key.ToArray(), 0);

        public void Seal(
            ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, Span<byte> output)
        {
            var buffer = new byte[output.Length];
            aead.Seal(
                nonce.ToArray(), 0, associatedData.ToArray(), 0, associatedData.Length,
                plaintext.ToArray(), 0, plaintext.Length, buffer, 0);
            buffer.CopyTo(output);
        }

        public bool Open(
            ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> sealedBytes, Span<byte> output)
        {
            byte[] buffer = output.ToArray();
            bool verified = aead.Open(
                nonce.ToArray(), 0, associatedData.ToArray(), 0, associatedData.Length,
                sealedBytes.ToArray(), 0, sealedBytes.Length, buffer, 0);
            buffer.CopyTo(output);
            return verified;
        }

        public void Wipe() => aead.Wipe();

        public void Dispose() => aead.Wipe();
    }
}
