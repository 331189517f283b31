using Xunit;

namespace WhispurrNet.Build.Tests;

/// <summary>The default build refuses what a board lacks, each for its own reason, and nothing else.</summary>
public sealed class DefaultBuildTests(SnippetBuild build) : IClassFixture<SnippetBuild>
{
    public static TheoryData<string> AcceptedNames => [.. Snippets.Accepted.Select(s => s.Name)];

    public static TheoryData<string> RefusedNames => [.. Snippets.Refused.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(AcceptedNames))]
    public void WhatABoardRunsBuilds(string name)
    {
        Assert.Empty(build.ErrorsOf(name));
        Assert.True(build.HasOutput(name), string.Join('\n', build.Output));
    }

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void WhatABoardLacksFailsTheBuild(string name)
    {
        Snippet snippet = Snippets.Refused.Single(s => s.Name == name);

        IReadOnlySet<string> errors = build.ErrorsOf(name);

        Assert.NotEmpty(errors);
        Assert.Subset(snippet.Errors.ToHashSet(), errors.ToHashSet());
        Assert.False(build.HasOutput(name));
    }

    [Fact]
    public async Task ARefusedAssemblyDoesNotPassAsUpToDate()
    {
        IReadOnlyList<string> lines =
            await build.BuildAgain("MultidimensionalArray", TestContext.Current.CancellationToken);

        Assert.Contains(lines, l => l.Contains("error DEV003", StringComparison.Ordinal));
    }

    [Fact]
    public void AFindingNamesFileLineAndMember()
    {
        string place = Path.Combine("Checked", "Program.cs(18): error DEV010: Program.F: ");

        Assert.Contains(build.Output, l => l.Contains(place, StringComparison.Ordinal));
    }
}
