using WhispurrNet.Instrumentation;
using WhispurrNet.NanoClr;
using Xunit;

namespace WhispurrNet.IlCounter.Tests;

/// <summary>Bytes of PE files, by a rule: in the order that the code suggests, and near what the real processor makes.</summary>
public sealed class PeSizesTests : IDisposable
{
    private static readonly string[] s_assemblies =
        ["WhispurrNet.Protocol.Crypto", "WhispurrNet.Protocol", "WhispurrNet.Protocol.Extras"];

    private readonly PeSizes _sizes = new(DeviceCode.DefaultFolder);

    public void Dispose() => _sizes.Dispose();

    [Fact]
    public void WhatNeedsMoreIsLarger()
    {
        long stream = Of("StreamOperation");
        long seal = Of("SealOperation");
        long curve = Of("CurveOperation");
        long handshake = Of("HandshakeOperation");

        Assert.InRange(stream, 1_000, seal);
        Assert.InRange(curve, 4_000, handshake);
        Assert.InRange(handshake, seal, _sizes.OfAssembly(s_assemblies[0]) + _sizes.OfAssembly(s_assemblies[1]));
    }

    /// <summary>Behind the interface of an HMAC stands the managed one.</summary>
    [Fact]
    public void WhoImplementsAnInterfaceIsNeededToo()
    {
        Assert.True(Of("MacOperation") > Of("Sha256Operation"));
    }

    [Fact]
    public void TheRuleIsNearWhatTheProcessorMakes()
    {
        Toolset? tools = Toolset.TryLocate(Environment.GetEnvironmentVariable, out string? missing);
        Assert.SkipWhen(tools is null, $"No metadata processor here: {missing}");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sizes-");
        try
        {
            string[] files = [.. s_assemblies.Select(name => Path.Combine(DeviceCode.DefaultFolder, name + ".dll"))];
            foreach (PeFile file in PeConverter.Convert(files, tools!, folder.FullName).Where(file => !file.IsLibrary))
            {
                long computed = _sizes.OfAssembly(file.Name);
                TestContext.Current.TestOutputHelper?.WriteLine($"{file.Name}: {computed:N0} computed, {file.SizeBytes:N0} made");
                Assert.InRange(computed, file.SizeBytes * 0.85, file.SizeBytes * 1.15);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private long Of(string operation) => _sizes.Of($"{DeviceCode.Program}.{operation}");
}
