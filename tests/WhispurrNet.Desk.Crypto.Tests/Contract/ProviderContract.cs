using WhispurrNet.Desk.Crypto.Providers;
using WhispurrNet.Desk.Crypto.Tests.Support;
using Xunit;

namespace WhispurrNet.Desk.Crypto.Tests.Contract;

/// <summary>What every provider has to do; the other parts of this class hold the tests of each primitive.</summary>
public abstract partial class ProviderContract(ICryptoProvider provider)
{
    [Fact]
    public void TheProviderHasAName() => Assert.NotEmpty(provider.Name);
}

/// <summary>What is written for the desk.</summary>
public sealed class ManagedProviderTests() : ProviderContract(new ManagedProvider());

/// <summary>What boards run.</summary>
public sealed class DeviceProviderTests() : ProviderContract(new DeviceProvider());

#if NSEC
/// <summary>libsodium through NSec.</summary>
public sealed class NsecProviderTests() : ProviderContract(new Nsec.NsecProvider());

/// <summary>What nodes on the desk use where there is NSec.</summary>
public sealed class PreferringProviderTests() : ProviderContract(new Nsec.PreferringProvider());
#endif
