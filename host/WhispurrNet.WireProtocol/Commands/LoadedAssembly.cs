namespace WhispurrNet.WireProtocol;

/// <summary>
/// An assembly that the CLR has loaded, the answer to <see cref="Command.ResolveAssembly"/>: 524 bytes (nf-interpreter,
/// <c>nanoCLR_Debugging.h</c>, <c>Debugging_Resolve_Assembly</c>). Its request is one word, an entry of the answer to
/// <see cref="Command.Assemblies"/>, which is an array of words and whose request is empty.
/// </summary>
/// <remarks>
/// <code>
/// 0       4         12            524
/// | flags | version | name, zeros |
/// </code>
/// Firmware without a debugger, or with a program that could not be resolved, may refuse both.
/// </remarks>
/// <param name="Name">Its name, up to 511 bytes.</param>
/// <param name="Version">Its version.</param>
public sealed record LoadedAssembly(string Name, ReleaseVersion Version)
{
    /// <summary>Bytes of it.</summary>
    public const int Bytes = 524;

    private const int VersionAt = 4;
    private const int NameAt = 12;

    /// <summary>Reads it.</summary>
    /// <returns>Null when it is too short.</returns>
    public static LoadedAssembly? TryRead(ReadOnlySpan<byte> payload) => payload.Length < Bytes
        ? null
        : new(FixedText.Read(payload[NameAt..Bytes]), ReleaseVersion.Read(payload[VersionAt..]));

    /// <summary>The payload, with flags 0.</summary>
    public byte[] ToPayload()
    {
        byte[] payload = new byte[Bytes];
        Version.Write(payload.AsSpan(VersionAt));
        FixedText.Write(payload.AsSpan(NameAt..Bytes), Name);
        return payload;
    }
}
