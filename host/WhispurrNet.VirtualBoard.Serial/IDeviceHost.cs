using WhispurrNet.DeviceImages;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Virtual.Serial;

/// <summary>How a program began.</summary>
public enum ProgramStart
{
    /// <summary>It runs.</summary>
    Running,

    /// <summary>It has no entry point, or is at its end already.</summary>
    Ended,

    /// <summary>The board cannot run it and says why.</summary>
    Refused,
}

/// <summary>What is around a <see cref="DeviceEngine"/>: a line and something that runs programs.</summary>
public interface IDeviceHost
{
    /// <summary>The assemblies of the program that the board came with, which is not in its flash.</summary>
    IReadOnlyList<LoadedAssembly> ResidentAssemblies => [];

    /// <summary>Bytes for the line.</summary>
    void Send(ReadOnlySpan<byte> bytes);

    /// <summary>Runs what is deployed.</summary>
    /// <param name="parts">The assemblies that the firmware loads, all resolved; none for the resident program.</param>
    /// <param name="refusal">Why it cannot, one sentence.</param>
    ProgramStart StartProgram(IReadOnlyList<ImagePart> parts, out string? refusal);

    /// <summary>Ends it, if it runs.</summary>
    void StopProgram();

    /// <summary>The chip starts: before the firmware says anything, its ROM does, at 115,200 bits a second.</summary>
    void ChipReset();

    /// <summary>The power has gone.</summary>
    void PowerLost();
}
