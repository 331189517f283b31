using System.Security.Cryptography;

namespace WhispurrNet.Cli.Bench;

/// <summary>What .NET has itself.</summary>
internal sealed class DotNetProvider : IProvider
{
    /// <inheritdoc/>
    public string Name => ".NET";

    /// <inheritdoc/>
    public Action? Create(string operation, BenchInput input)
    {
        return operation switch
        {
            "chacha20poly1305-seal-64" => Seal(input, 64),
            "chacha20poly1305-seal-256" => Seal(input, 256),
            "chacha20poly1305-seal-1024" => Seal(input, 1024),
            "chacha20poly1305-open-256" => Open(input, 256),
            "sha256-block" => Hash(HashAlgorithmName.SHA256, input.Message(64)),
            "sha512-block" => Hash(HashAlgorithmName.SHA512, input.Message(128)),
            "hmac-sha256-32" => Mac(input, input.Message(32)),
            "hkdf-sha256-64" => Derive(input),
            _ => null,
        };
    }

    private static Action? Seal(BenchInput input, int count)
    {
        if (!ChaCha20Poly1305.IsSupported)
        {
            return null;
        }

        ChaCha20Poly1305 cipher = new(input.Key);
        return () => cipher.Encrypt(
            input.ShortNonce, input.Plain.AsSpan(0, count), input.Output.AsSpan(0, count),
            input.Output.AsSpan(count, BenchInput.TagSize), input.Associated);
    }

    private static Action? Open(BenchInput input, int count)
    {
        if (!ChaCha20Poly1305.IsSupported)
        {
            return null;
        }

        ChaCha20Poly1305 cipher = new(input.Key);
        byte[] sealedBytes = new byte[count];
        byte[] tag = new byte[BenchInput.TagSize];
        cipher.Encrypt(input.ShortNonce, input.Plain.AsSpan(0, count), sealedBytes, tag, input.Associated);
        return () => cipher.Decrypt(input.ShortNonce, sealedBytes, tag, input.Output.AsSpan(0, count), input.Associated);
    }

    private static Action Hash(HashAlgorithmName name, byte[] block)
    {
        IncrementalHash hash = IncrementalHash.CreateHash(name);
        return () => hash.AppendData(block);
    }

    private static Action Mac(BenchInput input, byte[] message) =>
        () => HMACSHA256.HashData(input.Key, message, input.Output.AsSpan(0, HMACSHA256.HashSizeInBytes));

    private static Action Derive(BenchInput input)
    {
        byte[] info = input.Message(20);
        return () => HKDF.DeriveKey(HashAlgorithmName.SHA256, input.Point, input.Output.AsSpan(0, 64), input.Key, info);
    }
}
