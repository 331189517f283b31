using Mono.Cecil;
using Mono.Cecil.Cil;
using WhispurrNet.Instrumentation;
using Xunit;

namespace WhispurrNet.IlCounter.Tests;

/// <summary>
/// No branch, index or loop bound depends on a secret: for many secrets each primitive runs through the same blocks in the
/// same order and uses the same indices, offsets and lengths.
/// </summary>
public class ConstantTimeTests
{
    private const int ManySecrets = 50;

    private static readonly DeviceCode s_code = new(traced: true);
    private static readonly SecretOperations s_operations = new(s_code);

    public static TheoryData<string> Operations => [.. s_operations.All.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public void EverySecretLeavesTheSameTrace(string operation)
    {
        Func<byte[], Action> make = s_operations.All[operation];

        // The first run fills caches of the language's run time binder, and static tables of the code.
        make(new byte[Secrets.Size])();
        Execution[] executions = [.. Secrets.Many(ManySecrets).Select(secret => DeviceCode.Measure(make(secret)))];

        Assert.True(executions[0].Instructions > 100);
        Assert.All(executions, execution => Assert.Equal(executions[0], execution));
    }

    /// <summary>A division's time depends on its operands, and no trace shows it: only public numbers are divided.</summary>
    [Fact]
    public void OnlyPublicNumbersAreDivided()
    {
        string[] expected =
        [
            "ChaCha20.WriteKeyToOwnBlock", // a position
            "ChaCha20.Xor", // the number of blocks
            "ChaChaRandom.NextBelow", // draws below a public bound: not keys
        ];
        string[] files =
            ["WhispurrNet.Protocol.Crypto.dll", "WhispurrNet.Protocol.dll", "WhispurrNet.Protocol.Extras.dll"];
        Code[] divisions = [Code.Div, Code.Div_Un, Code.Rem, Code.Rem_Un];
        string[] found =
        [
            .. files.Select(file => Path.Combine(AppContext.BaseDirectory, "device", file))
                .SelectMany(path => ModuleDefinition.ReadModule(path).GetTypes())
                .Where(type => type.Namespace.EndsWith(".Crypto") || type.Namespace.EndsWith(".Noise"))
                .SelectMany(type => type.Methods)
                .Where(method => method.HasBody
                    && method.Body.Instructions.Any(i => divisions.Contains(i.OpCode.Code)))
                .Select(method => $"{method.DeclaringType.Name}.{method.Name}"),
        ];

        Assert.Equal(expected, found.Distinct().Order(StringComparer.Ordinal));
    }
}
