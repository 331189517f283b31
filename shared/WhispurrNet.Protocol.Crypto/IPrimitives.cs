namespace WhispurrNet.Protocol.Crypto
{
    /// <summary>
    /// The place where a desk plugs in curve and AEADs made for its processor. A board has none and uses the classes of
    /// this assembly; the bytes are the same.
    /// </summary>
    public interface IPrimitives
    {
        /// <summary>The curve; one operation at a time.</summary>
        IX25519 Curve { get; }

        /// <summary>Nonces of 12 bytes. One object for all, keyed anew for every call.</summary>
        IAead ChaCha20Poly1305 { get; }

        /// <summary>Nonces of 24 bytes. One object for all, keyed anew for every call.</summary>
        IAead XChaCha20Poly1305 { get; }
    }
}
