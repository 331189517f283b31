namespace WhispurrNet.DeviceImages.Deploying;

/// <summary>What is being done.</summary>
public enum DeployStep
{
    /// <summary>The flash is erased.</summary>
    Erase,

    /// <summary>All but the header of the core library is written.</summary>
    Write,

    /// <summary>The board computes the checksum of what was written.</summary>
    Verify,

    /// <summary>The header is written, which makes it a program.</summary>
    Seal,

    /// <summary>The board restarts.</summary>
    Reboot,
}

/// <summary>How far a deployment is.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Done">Bytes done of the step.</param>
/// <param name="Total">Bytes of the step.</param>
public readonly record struct DeployProgress(DeployStep Step, long Done, long Total);
