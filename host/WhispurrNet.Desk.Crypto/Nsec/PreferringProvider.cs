using WhispurrNet.Desk.Crypto.Providers;

namespace WhispurrNet.Desk.Crypto.Nsec;

/// <summary>
/// Signatures from NSec, the rest from here: NSec puts every key into guarded memory first, which takes longer than the
/// operation where keys come and go as they do in a node (README.md, "NSec").
/// </summary>
public sealed class PreferringProvider : ManagedProvider
{
    private readonly NsecProvider _nsec = new();

    /// <inheritdoc/>
    public override string Name => "managed, signatures by NSec";

    /// <inheritdoc/>
    public override bool Verify(
        ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        _nsec.Verify(publicKey, message, signature);

    /// <inheritdoc/>
    public override ISigner CreateSigner(ReadOnlySpan<byte> seed) => _nsec.CreateSigner(seed);
}
