namespace WhispurrNet.Desk.Crypto.Providers;

/// <summary>The provider that nodes on the desk use.</summary>
public static class CryptoProvider
{
    /// <summary>
    /// libsodium through NSec where the build has that package (README.md, "NSec"), and otherwise what is written here.
    /// </summary>
    public static ICryptoProvider Default { get; } =
#if NSEC
        new Nsec.NsecProvider();
#else
        new ManagedProvider();
#endif
}
