using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using WhispurrNet.ReferenceAssemblies;
using Xunit;

namespace WhispurrNet.Build.Tests;

public sealed class ReferenceAssemblyTests
{
    private static readonly string Folder = Repository.At("tools/ReferenceAssemblies");

    private static readonly ReferenceSet Set = ReferenceSet.Read(Path.Combine(Folder, "Listings"));

    public static TheoryData<string> ListingNames => [.. Set.Listings.Select(l => l.Name)];

    [Fact]
    public void RegeneratingGivesTheSourcesThatAreKept()
    {
        var generated = Set.Generate().ToDictionary(f => f.Path, f => f.Content);
        string[] kept = [.. Directory.GetFiles(Path.Combine(Folder, "Sources")).Select(f => Path.GetFileName(f))];

        Assert.Equal(generated.Keys.Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
        Assert.All(generated, file =>
            Assert.True(
                file.Value.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Folder, "Sources", file.Key))),
                $"{file.Key} is not what the generator writes"));
    }

    [Theory]
    [MemberData(nameof(ListingNames))]
    public void TheAssemblyBearsTheListedIdentity(string name)
    {
        Listing listing = Set.Listings.Single(l => l.Name == name);

        AssemblyName identity = AssemblyName.GetAssemblyName(PathOf(listing));

        Assert.Equal(listing.Assembly, identity.Name);
        Assert.Equal(listing.AssemblyVersion, identity.Version!.ToString());
        Assert.Equal("c07d481e9758c731", Convert.ToHexStringLower(identity.GetPublicKeyToken()!));
    }

    [Theory]
    [MemberData(nameof(ListingNames))]
    public void TheAssemblyDeclaresTheListedTypesAndNoGenericOnes(string name)
    {
        Listing listing = Set.Listings.Single(l => l.Name == name);
        using var image = new PEReader(File.OpenRead(PathOf(listing)));
        MetadataReader reader = image.GetMetadataReader();
        var declared = new List<string>();
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            TypeDefinition type = reader.GetTypeDefinition(handle);
            string full = FullName(reader, type);
            Assert.True(type.GetGenericParameters().Count == 0, full);
            declared.Add(full);
        }

        Assert.Superset(listing.Types.Select(t => t.FullName).ToHashSet(), declared.ToHashSet());
    }

    [Fact]
    public void WhatAMakerUsesIsThere()
    {
        string[] expected =
        [
            "System.Device.Gpio", "System.Device.I2c", "System.Device.Spi", "System.Device.Pwm", "System.Device.Adc",
            "System.IO.Ports", "System.Threading", "System.Device.Wifi", "nanoFramework.Device.Bluetooth",
            "nanoFramework.Hardware.Esp32", "nanoFramework.Json", "nanoFramework.TestFramework",
        ];

        Assert.Subset(Set.Listings.Select(l => l.Name).ToHashSet(), expected.ToHashSet());
    }

    private static string PathOf(Listing listing) =>
        Path.Combine(Folder, "bin/ref", listing.Package, listing.Assembly + ".dll");

    private static string FullName(MetadataReader reader, TypeDefinition type)
    {
        string name = reader.GetString(type.Name);
        if (!type.GetDeclaringType().IsNil)
        {
            return $"{FullName(reader, reader.GetTypeDefinition(type.GetDeclaringType()))}.{name}";
        }

        string space = reader.GetString(type.Namespace);
        return space.Length == 0 ? name : $"{space}.{name}";
    }
}
