using System.Reflection;
using WhispurrNet.Cli.Output;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Bench;

/// <summary>
/// BouncyCastle from a file of the user's own: the library that people would otherwise take. By reflection, since this project
/// does not bring it.
/// </summary>
internal sealed class BouncyCastleProvider : IProvider
{
    /// <summary>Names the file.</summary>
    public const string Variable = "WHISPURR_BOUNCYCASTLE";

    private const string Root = "Org.BouncyCastle.";
    private const int MacBits = 128;

    private readonly Assembly _assembly;

    private BouncyCastleProvider(Assembly assembly)
    {
        _assembly = assembly;
    }

    private delegate void Multiply(byte[] k, int kOff, byte[] u, int uOff, byte[] r, int rOff);

    private delegate void MultiplyBase(byte[] k, int kOff, byte[] r, int rOff);

    private delegate void SignMessage(byte[] sk, int skOff, byte[] m, int mOff, int mLen, byte[] sig, int sigOff);

    private delegate bool VerifyMessage(byte[] sig, int sigOff, byte[] pk, int pkOff, byte[] m, int mOff, int mLen);

    private delegate void BlockUpdate(byte[] input, int inOff, int length);

    /// <inheritdoc/>
    public string Name => "BouncyCastle";

    /// <summary>Loads it from a file, or from beside this program.</summary>
    /// <param name="file">What the user named; null for nothing.</param>
    /// <returns>Null where nothing was named and there is none.</returns>
    /// <exception cref="SettingException">The file that was named is not BouncyCastle.</exception>
    public static BouncyCastleProvider? TryLoad(string? file)
    {
        string? named = file ?? Environment.GetEnvironmentVariable(Variable);
        string path = Path.GetFullPath(named ?? Path.Combine(AppContext.BaseDirectory, "BouncyCastle.Crypto.dll"));
        if (named is null && !File.Exists(path))
        {
            return null;
        }

        try
        {
            BouncyCastleProvider provider = new(Assembly.LoadFrom(path));
            return provider._assembly.GetType(Root + "Math.EC.Rfc7748.X25519") is not null
                ? provider
                : throw new SettingException($"'{path}' is not BouncyCastle, or one that has no X25519.");
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            throw new SettingException($"'{path}' is not BouncyCastle: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public Action? Create(string operation, BenchInput input)
    {
        return operation switch
        {
            "x25519" => Curve(input),
            "x25519-base" => CurveBase(input),
            "chacha20poly1305-seal-64" => Seal(input, 64),
            "chacha20poly1305-seal-256" => Seal(input, 256),
            "chacha20poly1305-seal-1024" => Seal(input, 1024),
            "chacha20poly1305-open-256" => Open(input, 256),
            "sha256-block" => Hash("Sha256Digest", input.Message(64)),
            "sha512-block" => Hash("Sha512Digest", input.Message(128)),
            "blake2s-block" => Hash("Blake2sDigest", input.Message(64)),
            "ed25519-sign" => Sign(input),
            "ed25519-verify" => Verify(input),
            _ => null,
        };
    }

    private Action Curve(BenchInput input)
    {
        Multiply multiply = Static<Multiply>("Math.EC.Rfc7748.X25519", "ScalarMult");
        return () => multiply(input.Key, 0, input.Point, 0, input.Output, 0);
    }

    private Action CurveBase(BenchInput input)
    {
        MultiplyBase multiply = Static<MultiplyBase>("Math.EC.Rfc7748.X25519", "ScalarMultBase");
        return () => multiply(input.Key, 0, input.Output, 0);
    }

    private Action Hash(string digest, byte[] block)
    {
        object hash = New("Crypto.Digests." + digest);
        BlockUpdate update = hash.GetType().GetMethod("BlockUpdate", [typeof(byte[]), typeof(int), typeof(int)])!
            .CreateDelegate<BlockUpdate>(hash);
        return () => update(block, 0, block.Length);
    }

    private Action Sign(BenchInput input)
    {
        SignMessage sign = Static<SignMessage>("Math.EC.Rfc8032.Ed25519", "Sign");
        byte[] message = input.Message(64);
        return () => sign(input.Key, 0, message, 0, message.Length, input.Output, 0);
    }

    private Action Verify(BenchInput input)
    {
        byte[] publicKey = new byte[32];
        Static<MultiplyBase>("Math.EC.Rfc8032.Ed25519", "GeneratePublicKey")(input.Key, 0, publicKey, 0);
        Sign(input)();
        byte[] signature = input.Output[..64];
        byte[] message = input.Message(64);
        VerifyMessage verify = Static<VerifyMessage>("Math.EC.Rfc8032.Ed25519", "Verify");
        return () => verify(signature, 0, publicKey, 0, message, 0, message.Length);
    }

    /// <summary>It refuses a nonce twice in a row, so that two take turns.</summary>
    private Action Seal(BenchInput input, int count)
    {
        dynamic cipher = New("Crypto.Modes.ChaCha20Poly1305");
        dynamic[] parameters = [Parameters(input, 0), Parameters(input, 1)];
        int turn = 0;
        return () =>
        {
            cipher.Init(true, parameters[turn ^= 1]);
            int written = cipher.ProcessBytes(input.Plain, 0, count, input.Output, 0);
            cipher.DoFinal(input.Output, written);
        };
    }

    private Action Open(BenchInput input, int count)
    {
        dynamic cipher = New("Crypto.Modes.ChaCha20Poly1305");
        dynamic parameters = Parameters(input, 0);
        byte[] sealedBytes = new byte[count + BenchInput.TagSize];
        cipher.Init(true, parameters);
        int done = cipher.ProcessBytes(input.Plain, 0, count, sealedBytes, 0);
        cipher.DoFinal(sealedBytes, done);
        return () =>
        {
            cipher.Init(false, parameters);
            int written = cipher.ProcessBytes(sealedBytes, 0, sealedBytes.Length, input.Output, 0);
            cipher.DoFinal(input.Output, written);
        };
    }

    private dynamic Parameters(BenchInput input, byte use)
    {
        byte[] nonce = [.. input.ShortNonce];
        nonce[0] = use;
        object key = New("Crypto.Parameters.KeyParameter", input.Key);
        return New("Crypto.Parameters.AeadParameters", key, MacBits, nonce, input.Associated);
    }

    private object New(string type, params object[] arguments) =>
        Activator.CreateInstance(_assembly.GetType(Root + type, throwOnError: true)!, arguments)!;

    private T Static<T>(string type, string method)
        where T : Delegate
    {
        Type[] parameters = [.. typeof(T).GetMethod("Invoke")!.GetParameters().Select(p => p.ParameterType)];
        return _assembly.GetType(Root + type, throwOnError: true)!.GetMethod(method, parameters)!.CreateDelegate<T>();
    }
}
