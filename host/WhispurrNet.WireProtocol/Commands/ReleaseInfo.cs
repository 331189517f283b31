namespace WhispurrNet.WireProtocol;

/// <summary>
/// The begin of the answer to <see cref="Command.OemInfo"/>, and of several that tell what the CLR can do: 200 bytes.
/// </summary>
/// <param name="Version">Version of the firmware.</param>
/// <param name="Info">What the maker says, up to 127 bytes.</param>
/// <param name="Target">Name of the image, up to 31 bytes.</param>
/// <param name="Platform">Name of the platform, up to 31 bytes.</param>
public sealed record ReleaseInfo(ReleaseVersion Version, string Info, string Target, string Platform)
{
    /// <summary>Bytes of it.</summary>
    public const int Bytes = 200;

    private const int InfoAt = 8;
    private const int TargetAt = 136;
    private const int PlatformAt = 168;

    /// <summary>Reads it.</summary>
    /// <returns>Null when it is too short.</returns>
    public static ReleaseInfo? TryRead(ReadOnlySpan<byte> payload) => payload.Length < Bytes
        ? null
        : new(
            ReleaseVersion.Read(payload),
            FixedText.Read(payload[InfoAt..TargetAt]),
            FixedText.Read(payload[TargetAt..PlatformAt]),
            FixedText.Read(payload[PlatformAt..Bytes]));

    /// <summary>The payload.</summary>
    public byte[] ToPayload()
    {
        byte[] payload = new byte[Bytes];
        Version.Write(payload);
        FixedText.Write(payload.AsSpan(InfoAt..TargetAt), Info);
        FixedText.Write(payload.AsSpan(TargetAt..PlatformAt), Target);
        FixedText.Write(payload.AsSpan(PlatformAt..Bytes), Platform);
        return payload;
    }
}
