using System.Text.Json.Serialization;

namespace WhispurrNet.Cli.Bench;

/// <summary>What one operation costs.</summary>
/// <param name="Name">Its name; the same in every kind of run.</param>
/// <param name="Il">
/// IL instructions of the device build: with the managed HMAC, and in the steps of the relaying core with a native one, each call
/// of it one.
/// </param>
/// <param name="Ns">Median nanoseconds of a run where it was measured: on the desk by the fastest that there is.</param>
/// <param name="BytesAllocated">Bytes of .NET's heap that one run of the device build allocates.</param>
/// <param name="PeBytes">Bytes of PE files that a board carries for it.</param>
internal sealed record BenchRow(
    [property: JsonPropertyOrder(-5)] string Name,
    [property: JsonPropertyOrder(-4)] long Il,
    [property: JsonPropertyOrder(-3)] double Ns,
    [property: JsonPropertyOrder(-2)] long BytesAllocated,
    [property: JsonPropertyOrder(-1)] long PeBytes)
{
    /// <summary>Microseconds of one IL instruction on an ESP32 at 240 MHz, at its fastest.</summary>
    private const double UsPerIlMin = 0.2;

    /// <summary>... as a rule.</summary>
    private const double UsPerIl = 0.3;

    /// <summary>... and at its slowest.</summary>
    private const double UsPerIlMax = 0.5;

    private const double UsPerMs = 1000;

    /// <summary>Where <see cref="Ns"/> was measured, or who was the fastest on the desk.</summary>
    public required string Provider { get; init; }

    /// <summary>IL instructions with the managed HMAC.</summary>
    public required long IlManagedHmac { get; init; }

    /// <summary>IL instructions with a native HMAC, each call of it one.</summary>
    public required long IlNativeHmac { get; init; }

    /// <summary>Nanoseconds of the device build on .NET.</summary>
    public double? DeviceBuildNs { get; init; }

    /// <summary>Nanoseconds of libsodium, where that is installed and has it.</summary>
    public double? LibsodiumNs { get; init; }

    /// <summary>Nanoseconds of BouncyCastle, where that was found and has it.</summary>
    public double? BouncyCastleNs { get; init; }

    /// <summary>Estimated milliseconds on a board.</summary>
    public double BoardMs => Il * UsPerIl / UsPerMs;

    /// <summary>... at its fastest.</summary>
    public double BoardMsMin => Il * UsPerIlMin / UsPerMs;

    /// <summary>... and at its slowest.</summary>
    public double BoardMsMax => Il * UsPerIlMax / UsPerMs;
}
