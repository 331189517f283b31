using WhispurrNet.Desk.Crypto.Curve25519;
using WhispurrNet.Desk.Crypto.Providers;
using WhispurrNet.Protocol.Identity;

namespace WhispurrNet.Desk.Crypto.Nodes;

/// <summary>Checks signatures of user identities on the desk, by the rules that boards have.</summary>
public sealed class DeskUserVerifier : IUserVerifier
{
    /// <inheritdoc/>
    public bool Verify(
        byte[] publicKey, byte[] message, int offset, int count, byte[] signature, int signatureOffset) =>
        CryptoProvider.Default.Verify(
            publicKey, message.AsSpan(offset, count), signature.AsSpan(signatureOffset, DeskEd25519.SignatureSize));
}
