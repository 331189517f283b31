using Xunit;

namespace WhispurrNet.Build.Tests;

/// <summary>What a maker has to write: a sample is the nanoFramework hello world and less than ten lines.</summary>
public sealed class SampleSizeTests
{
    // The program of a new nanoFramework application, its comments left out.
    private const string HelloWorld = """
        using System;
        using System.Diagnostics;
        using System.Threading;

        namespace Hello
        {
            public class Program
            {
                public static void Main()
                {
                    Debug.WriteLine("Hello from nanoFramework!");
                    Thread.Sleep(Timeout.Infinite);
                }
            }
        }
        """;

    [Theory]
    [InlineData("firmware/ButtonSample", 9)]
    [InlineData("firmware/SensorSample", 8)]
    [InlineData("firmware/BoardTemplate", 5)]
    public void ASampleIsTheHelloWorldAndLessThanTenLines(string folder, int lines)
    {
        string[] files = Directory.GetFiles(Repository.At(folder), "*.cs", SearchOption.AllDirectories);
        string program = Assert.Single(files, file => !file.Contains($"{Path.DirectorySeparatorChar}obj")
            && Path.GetFileName(file) != "AssemblyInfo.cs");

        int more = CountLines(File.ReadAllText(program)) - CountLines(HelloWorld);

        Assert.Equal(lines, more);
        Assert.InRange(more, 1, 9);
    }

    /// <summary>Lines that say something: neither empty, nor comments, nor braces.</summary>
    private static int CountLines(string source) =>
        source.Split('\n', StringSplitOptions.TrimEntries).Count(
            line => line.Any(char.IsLetterOrDigit) && !line.StartsWith("//", StringComparison.Ordinal));
}
