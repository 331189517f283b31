using System.Runtime.InteropServices;

namespace WhispurrNet.Cli.Bench;

/// <summary>libsodium, where it is installed. This project does not need it and does not bring it.</summary>
internal sealed class LibsodiumProvider : IProvider
{
    private static readonly string[] s_files =
        ["libsodium.so.23", "libsodium.so.26", "libsodium.so", "libsodium.dylib", "libsodium.dll", "libsodium"];

    private readonly nint _library;

    private LibsodiumProvider(nint library)
    {
        _library = library;
        Get<Init>("sodium_init")();
    }

    private delegate int Init();

    private delegate int Multiply(byte[] result, byte[] scalar, byte[] point);

    private delegate int MultiplyBase(byte[] result, byte[] scalar);

    private delegate int Encrypt(
        byte[] output, nint outputCount, byte[] plain, ulong count, byte[] associated, ulong associatedCount, nint none,
        byte[] nonce, byte[] key);

    private delegate int Decrypt(
        byte[] output, nint outputCount, nint none, byte[] sealedBytes, ulong count, byte[] associated, ulong associatedCount,
        byte[] nonce, byte[] key);

    private delegate int OneInput(byte[] output, byte[] input, ulong count, byte[] key);

    private delegate int Stream(byte[] output, byte[] input, ulong count, byte[] nonce, byte[] key);

    private delegate int HashInit(byte[] state);

    private delegate int HashUpdate(byte[] state, byte[] input, ulong count);

    private delegate int SeedKeyPair(byte[] publicKey, byte[] secretKey, byte[] seed);

    private delegate int SignDetached(byte[] signature, nint none, byte[] message, ulong count, byte[] secretKey);

    private delegate int VerifyDetached(byte[] signature, byte[] message, ulong count, byte[] publicKey);

    /// <inheritdoc/>
    public string Name => "libsodium";

    /// <summary>Loads it.</summary>
    /// <returns>Null where there is none.</returns>
    public static LibsodiumProvider? TryLoad()
    {
        foreach (string file in s_files)
        {
            if (NativeLibrary.TryLoad(file, out nint library))
            {
                return new LibsodiumProvider(library);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public Action? Create(string operation, BenchInput input)
    {
        return operation switch
        {
            "x25519" => Curve(input),
            "x25519-base" => CurveBase(input),
            "chacha20-block" => Block(input),
            "poly1305-1024" => Keyed("crypto_onetimeauth_poly1305", input, input.Message(1024)),
            "chacha20poly1305-seal-64" => Seal("chacha20poly1305_ietf", input, input.ShortNonce, 64),
            "chacha20poly1305-seal-256" => Seal("chacha20poly1305_ietf", input, input.ShortNonce, 256),
            "chacha20poly1305-seal-1024" => Seal("chacha20poly1305_ietf", input, input.ShortNonce, 1024),
            "chacha20poly1305-open-256" => Open("chacha20poly1305_ietf", input, input.ShortNonce, 256),
            "xchacha20poly1305-seal-256" => Seal("xchacha20poly1305_ietf", input, input.Nonce, 256),
            "xchacha20poly1305-open-256" => Open("xchacha20poly1305_ietf", input, input.Nonce, 256),
            "xchacha20poly1305-seal-512" => Seal("xchacha20poly1305_ietf", input, input.Nonce, 512),
            "xchacha20poly1305-open-512" => Open("xchacha20poly1305_ietf", input, input.Nonce, 512),
            "sha256-block" => Hash("crypto_hash_sha256", input.Message(64)),
            "sha512-block" => Hash("crypto_hash_sha512", input.Message(128)),
            "hmac-sha256-32" => Keyed("crypto_auth_hmacsha256", input, input.Message(32)),
            "siphash-6" => Keyed("crypto_shorthash_siphash24", input, input.Message(6)),
            "ed25519-sign" => Sign(input),
            "ed25519-verify" => Verify(input),
            _ => null,
        };
    }

    private T Get<T>(string function)
        where T : Delegate =>
        Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(_library, function));

    private Action Curve(BenchInput input)
    {
        Multiply multiply = Get<Multiply>("crypto_scalarmult");
        return () => multiply(input.Output, input.Key, input.Point);
    }

    private Action CurveBase(BenchInput input)
    {
        MultiplyBase multiply = Get<MultiplyBase>("crypto_scalarmult_base");
        return () => multiply(input.Output, input.Key);
    }

    private Action Block(BenchInput input)
    {
        Stream xor = Get<Stream>("crypto_stream_chacha20_ietf_xor");
        return () => xor(input.Output, input.Plain, 64, input.ShortNonce, input.Key);
    }

    private Action Keyed(string function, BenchInput input, byte[] message)
    {
        OneInput compute = Get<OneInput>(function);
        return () => compute(input.Output, message, (ulong)message.Length, input.Key);
    }

    private Action Seal(string cipher, BenchInput input, byte[] nonce, int count)
    {
        Encrypt encrypt = Get<Encrypt>($"crypto_aead_{cipher}_encrypt");
        return () => encrypt(
            input.Output, 0, input.Plain, (ulong)count, input.Associated, (ulong)input.Associated.Length, 0, nonce, input.Key);
    }

    private Action Open(string cipher, BenchInput input, byte[] nonce, int count)
    {
        Seal(cipher, input, nonce, count)();
        byte[] sealedBytes = input.Output[..(count + BenchInput.TagSize)];
        Decrypt decrypt = Get<Decrypt>($"crypto_aead_{cipher}_decrypt");
        return () => decrypt(
            input.Output, 0, 0, sealedBytes, (ulong)sealedBytes.Length, input.Associated, (ulong)input.Associated.Length, nonce,
            input.Key);
    }

    private Action Hash(string hash, byte[] block)
    {
        byte[] state = new byte[512];
        Get<HashInit>(hash + "_init")(state);
        HashUpdate update = Get<HashUpdate>(hash + "_update");
        return () => update(state, block, (ulong)block.Length);
    }

    private Action Sign(BenchInput input)
    {
        byte[] secretKey = new byte[64];
        Get<SeedKeyPair>("crypto_sign_seed_keypair")(new byte[32], secretKey, input.Key);
        SignDetached sign = Get<SignDetached>("crypto_sign_detached");
        byte[] message = input.Message(64);
        return () => sign(input.Output, 0, message, (ulong)message.Length, secretKey);
    }

    private Action Verify(BenchInput input)
    {
        byte[] publicKey = new byte[32];
        Get<SeedKeyPair>("crypto_sign_seed_keypair")(publicKey, new byte[64], input.Key);
        Sign(input)();
        byte[] signature = input.Output[..64];
        byte[] message = input.Message(64);
        VerifyDetached verify = Get<VerifyDetached>("crypto_sign_verify_detached");
        return () => verify(signature, message, (ulong)message.Length, publicKey);
    }
}
