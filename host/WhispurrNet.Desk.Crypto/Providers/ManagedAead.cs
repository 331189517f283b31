using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using WhispurrNet.Desk.Crypto.Aead;
using PlatformAead = System.Security.Cryptography.ChaCha20Poly1305;

namespace WhispurrNet.Desk.Crypto.Providers;

/// <summary>
/// Either AEAD in vectors. Long messages under nonces of 12 bytes go to .NET's class, which is an object for every key:
/// it costs more than it saves below a size that was measured.
/// </summary>
internal sealed class ManagedAead : IKeyedAead
{
    private const int KeySize = DeskChaCha20Poly1305.KeySize;
    private const int TagSize = DeskChaCha20Poly1305.TagSize;

    // Pinned: the collector leaves no copies behind.
    private readonly byte[] _key = GC.AllocateArray<byte>(KeySize, pinned: true);
    private readonly bool _isExtended;
    private PlatformAead? _platform;
    private bool _hasKey;

    internal ManagedAead(bool isExtended)
    {
        _isExtended = isExtended;
    }

    /// <inheritdoc/>
    public int NonceSize => _isExtended ? DeskXChaCha20Poly1305.NonceSize : DeskChaCha20Poly1305.NonceSize;

    /// <summary>Plaintexts of so many bytes and more are .NET's: README.md, "Which takes over where".</summary>
    internal static int PlatformSize => Avx2.IsSupported ? 8192 : 1024;

    /// <inheritdoc/>
    public void SetKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeySize)
        {
            throw new ArgumentException("A key has 32 bytes.", nameof(key));
        }

        // .NET's object stays while the key does.
        if (_platform is not null && !CryptographicOperations.FixedTimeEquals(key, _key))
        {
            DropPlatform();
        }

        key.CopyTo(_key);
        _hasKey = true;
    }

    /// <inheritdoc/>
    public void Seal(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, Span<byte> output)
    {
        CheckKey();
        if (_isExtended)
        {
            DeskXChaCha20Poly1305.Seal(_key, nonce, associatedData, plaintext, output);
        }
        else if (IsPlatforms(plaintext.Length))
        {
            DeskChaCha20Poly1305.CheckOutput(plaintext, output, plaintext.Length + (long)TagSize);
            Platform().Encrypt(
                nonce, plaintext, output[..plaintext.Length], output.Slice(plaintext.Length, TagSize), associatedData);
        }
        else
        {
            DeskChaCha20Poly1305.Seal(_key, nonce, associatedData, plaintext, output);
        }
    }

    /// <inheritdoc/>
    public bool Open(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> sealedBytes, Span<byte> output)
    {
        CheckKey();

        // Not .NET's: that wipes what was to be opened in place when the tag does not fit.
        return _isExtended
            ? DeskXChaCha20Poly1305.Open(_key, nonce, associatedData, sealedBytes, output)
            : DeskChaCha20Poly1305.Open(_key, nonce, associatedData, sealedBytes, output);
    }

    /// <inheritdoc/>
    public void Wipe()
    {
        CryptographicOperations.ZeroMemory(_key);
        _hasKey = false;
        DropPlatform();
    }

    /// <inheritdoc/>
    public void Dispose() => Wipe();

    private static bool IsPlatforms(int count) => count >= PlatformSize && PlatformAead.IsSupported;

    private PlatformAead Platform() => _platform ??= new PlatformAead(_key);

    private void DropPlatform()
    {
        _platform?.Dispose();
        _platform = null;
    }

    private void CheckKey()
    {
        if (!_hasKey)
        {
            throw new InvalidOperationException("No key is set.");
        }
    }
}
