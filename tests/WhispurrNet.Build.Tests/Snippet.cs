namespace WhispurrNet.Build.Tests;

/// <summary>A small device program, and why the default build has to refuse it.</summary>
/// <param name="Name">Name of its project.</param>
/// <param name="Errors">Codes of which at least one has to appear, and beside which no other may.</param>
/// <param name="Members">Members of its only class.</param>
/// <param name="SansIo">Whether it is built under the rules of the protocol core.</param>
internal sealed record Snippet(string Name, string[] Errors, string Members, bool SansIo = false)
{
    /// <summary>The project file. It lies four folders below the root.</summary>
    public string Project() => $"""
        <Project ToolsVersion="Current" DefaultTargets="Build" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
          <PropertyGroup>
            <NanoFrameworkProjectSystemPath>none/</NanoFrameworkProjectSystemPath>
          </PropertyGroup>
          <Import Project="../../../../../nfproj.props" />
          <PropertyGroup>
            <OutputType>Library</OutputType>
            <AssemblyName>{Name}</AssemblyName>
            <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
            <NanoSansIo>{SansIo}</NanoSansIo>
            <NoWarn>$(NoWarn);CS0169;CS0649;CS0414;CS0219;CS0168;CS1998</NoWarn>
          </PropertyGroup>
          <ItemGroup>
            <Compile Include="Program.cs" />
          </ItemGroup>
          <ItemGroup>
            <Reference Include="mscorlib">
              <HintPath>..\packages\nanoFramework.CoreLibrary.1.17.11\lib\mscorlib.dll</HintPath>
            </Reference>
          </ItemGroup>
          <Import Project="../../../../../tools/nfproj.targets" />
        </Project>
        """;

    /// <summary>The source file.</summary>
    public string Source() => $$"""
        using System;
        using System.Threading;

        [assembly: System.Reflection.AssemblyVersion("1.0.0.0")]

        public interface IThing
        {
            int Count();
        }

        public static class Elsewhere
        {
            public static byte[] Table = new byte[8];
        }

        public static class Program
        {
            {{Members}}
        }
        """;
}
