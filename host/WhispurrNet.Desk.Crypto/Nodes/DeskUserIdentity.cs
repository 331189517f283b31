using WhispurrNet.Desk.Crypto.Curve25519;
using WhispurrNet.Desk.Crypto.Providers;
using WhispurrNet.Protocol.Identity;

namespace WhispurrNet.Desk.Crypto.Nodes;

/// <summary>A user identity on the desk: its seed lies in memory until it is wiped.</summary>
public sealed class DeskUserIdentity : IUserIdentity
{
    private readonly ISigner _signer;

    /// <summary>Takes a seed and computes its public key.</summary>
    /// <param name="seed">32 random bytes; copied.</param>
    /// <exception cref="ArgumentException">The seed is not 32 bytes.</exception>
    public DeskUserIdentity(ReadOnlySpan<byte> seed)
    {
        _signer = CryptoProvider.Default.CreateSigner(seed);
        PublicKey = _signer.PublicKey.ToArray();
    }

    /// <inheritdoc/>
    public byte[] PublicKey { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A range is outside its buffer.</exception>
    /// <exception cref="ObjectDisposedException">The seed has been wiped.</exception>
    public void Sign(byte[] message, int offset, int count, byte[] signature, int signatureOffset) => _signer.Sign(
        message.AsSpan(offset, count), signature.AsSpan(signatureOffset, DeskEd25519.SignatureSize));

    /// <summary>Overwrites the seed; from then on nothing can be signed.</summary>
    public void Wipe() => _signer.Dispose();
}
