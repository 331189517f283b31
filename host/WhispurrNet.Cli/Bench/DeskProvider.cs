using WhispurrNet.Desk.Crypto.Aead;
using WhispurrNet.Desk.Crypto.Curve25519;

namespace WhispurrNet.Cli.Bench;

/// <summary>This project's cryptography for the desk.</summary>
internal sealed class DeskProvider : IProvider
{
    /// <inheritdoc/>
    public string Name => "desk";

    /// <inheritdoc/>
    public Action? Create(string operation, BenchInput input)
    {
        return operation switch
        {
            "x25519" => () => DeskX25519.ScalarMultiply(input.Key, input.Point, input.Output.AsSpan(0, 32)),
            "x25519-base" => () => DeskX25519.ScalarMultiplyBase(input.Key, input.Output.AsSpan(0, 32)),
            "chacha20poly1305-seal-64" => Seal(input, 64),
            "chacha20poly1305-seal-256" => Seal(input, 256),
            "chacha20poly1305-seal-1024" => Seal(input, 1024),
            "chacha20poly1305-open-256" => Open(input, 256),
            "xchacha20poly1305-seal-256" => SealExtended(input, 256),
            "xchacha20poly1305-open-256" => OpenExtended(input, 256),
            "xchacha20poly1305-seal-512" => SealExtended(input, 512),
            "xchacha20poly1305-open-512" => OpenExtended(input, 512),
            "ed25519-sign" => Sign(input),
            "ed25519-verify" => Verify(input),
            _ => null,
        };
    }

    private static Action Seal(BenchInput input, int count) => () => DeskChaCha20Poly1305.Seal(
        input.Key, input.ShortNonce, input.Associated, input.Plain.AsSpan(0, count),
        input.Output.AsSpan(0, count + BenchInput.TagSize));

    private static Action SealExtended(BenchInput input, int count) => () => DeskXChaCha20Poly1305.Seal(
        input.Key, input.Nonce, input.Associated, input.Plain.AsSpan(0, count),
        input.Output.AsSpan(0, count + BenchInput.TagSize));

    private static Action Open(BenchInput input, int count)
    {
        byte[] sealedBytes = new byte[count + BenchInput.TagSize];
        DeskChaCha20Poly1305.Seal(
            input.Key, input.ShortNonce, input.Associated, input.Plain.AsSpan(0, count), sealedBytes);
        return () => DeskChaCha20Poly1305.Open(
            input.Key, input.ShortNonce, input.Associated, sealedBytes, input.Output.AsSpan(0, count));
    }

    private static Action OpenExtended(BenchInput input, int count)
    {
        byte[] sealedBytes = new byte[count + BenchInput.TagSize];
        DeskXChaCha20Poly1305.Seal(
            input.Key, input.Nonce, input.Associated, input.Plain.AsSpan(0, count), sealedBytes);
        return () => DeskXChaCha20Poly1305.Open(
            input.Key, input.Nonce, input.Associated, sealedBytes, input.Output.AsSpan(0, count));
    }

    private static Action Sign(BenchInput input)
    {
        byte[] message = input.Message(64);
        return () => DeskEd25519.Sign(input.Key, message, input.Output.AsSpan(0, DeskEd25519.SignatureSize));
    }

    private static Action Verify(BenchInput input)
    {
        byte[] message = input.Message(64);
        byte[] signature = new byte[DeskEd25519.SignatureSize];
        byte[] publicKey = new byte[DeskEd25519.PublicKeySize];
        DeskEd25519.DerivePublicKey(input.Key, publicKey);
        DeskEd25519.Sign(input.Key, message, signature);
        return () => DeskEd25519.Verify(publicKey, message, signature);
    }
}
