namespace WhispurrNet.Desk.Crypto.Providers;

/// <summary>The provider that nodes on the desk use.</summary>
public static class CryptoProvider
{
    /// <summary>
    /// What is written here; where the build has NSec, libsodium through it for what that makes faster (README.md, "NSec").
    /// </summary>
    public static ICryptoProvider Default { get; } =
#if NSEC
        new Nsec.PreferringProvider();
#else
        new ManagedProvider();
#endif
}
