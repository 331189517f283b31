using WhispurrNet.DeviceImages;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Virtual.Serial.Tests.Support;

/// <summary>Images to deploy.</summary>
internal static class Images
{
    private static readonly ReleaseVersion s_core = new(1, 17, 11, 0);

    /// <summary>An application over the core library and a library of its own, some 2 to 20 KB, all from a seed.</summary>
    public static DeploymentImage Random(int seed)
    {
        var random = new Random(seed);
        byte[] library = new byte[random.Next(400, 8_000)];
        byte[] application = new byte[random.Next(400, 12_000)];
        random.NextBytes(library);
        random.NextBytes(application);
        return Of(
            PeBuilder.CoreLibrary,
            new PeBuilder("Some.Library", new(1, 0, 0, 0)) { Content = library, References = [("mscorlib", s_core)] },
            new PeBuilder("Some.Application", new(1, 0, 0, 0))
            {
                Content = application,
                References = [("mscorlib", s_core), ("Some.Library", new(1, 0, 0, 0))],
            });
    }

    /// <summary>An image of these.</summary>
    public static DeploymentImage Of(params PeBuilder[] builders)
    {
        byte[] bytes = [.. builders.SelectMany(b => b.Build())];
        return DeploymentImage.TryRead(bytes, out string? problem)
            ?? throw new InvalidOperationException(problem);
    }

    /// <summary>What a host notes when all of an image was started.</summary>
    public static string Started(this DeploymentImage image) =>
        string.Join(' ', image.Parts.Select(p => p.Assembly.Sha256));
}
