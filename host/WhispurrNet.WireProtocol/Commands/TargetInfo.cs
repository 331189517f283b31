namespace WhispurrNet.WireProtocol;

/// <summary>The answer to <see cref="Command.TargetInfo"/>: 336 bytes.</summary>
/// <remarks>
/// <code>
/// 0        8     16     144      176        208        336
/// | booter | CLR | info | target | platform | platform |
/// |        |     |      | name   | name     | info     |
/// </code>
/// </remarks>
/// <param name="Booter">Version of the booter.</param>
/// <param name="Clr">Version of the CLR.</param>
/// <param name="Info">What the maker says, up to 127 bytes.</param>
/// <param name="Target">Name of the image, such as <c>ESP32_C3</c>, up to 31 bytes.</param>
/// <param name="Platform">Name of the platform, such as <c>ESP32</c>, up to 31 bytes.</param>
/// <param name="PlatformInfo">What the platform says, up to 127 bytes.</param>
public sealed record TargetInfo(
    ReleaseVersion Booter, ReleaseVersion Clr, string Info, string Target, string Platform, string PlatformInfo)
{
    /// <summary>Bytes of it.</summary>
    public const int Bytes = 336;

    private const int ClrAt = 8;
    private const int InfoAt = 16;
    private const int TargetAt = 144;
    private const int PlatformAt = 176;
    private const int PlatformInfoAt = 208;

    /// <summary>Reads it.</summary>
    /// <returns>Null when it is too short.</returns>
    public static TargetInfo? TryRead(ReadOnlySpan<byte> payload) => payload.Length < Bytes
        ? null
        : new(
            ReleaseVersion.Read(payload),
            ReleaseVersion.Read(payload[ClrAt..]),
            FixedText.Read(payload[InfoAt..TargetAt]),
            FixedText.Read(payload[TargetAt..PlatformAt]),
            FixedText.Read(payload[PlatformAt..PlatformInfoAt]),
            FixedText.Read(payload[PlatformInfoAt..Bytes]));

    /// <summary>The payload.</summary>
    public byte[] ToPayload()
    {
        byte[] payload = new byte[Bytes];
        Booter.Write(payload);
        Clr.Write(payload.AsSpan(ClrAt));
        FixedText.Write(payload.AsSpan(InfoAt..TargetAt), Info);
        FixedText.Write(payload.AsSpan(TargetAt..PlatformAt), Target);
        FixedText.Write(payload.AsSpan(PlatformAt..PlatformInfoAt), Platform);
        FixedText.Write(payload.AsSpan(PlatformInfoAt..Bytes), PlatformInfo);
        return payload;
    }
}
