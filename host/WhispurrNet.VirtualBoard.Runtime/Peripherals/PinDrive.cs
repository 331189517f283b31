namespace WhispurrNet.Virtual;

/// <summary>What a pin is set up for; the numbers of the device's <c>PinMode</c>.</summary>
public enum PinDrive
{
    /// <summary>Input without a resistor; reads low when nothing is connected.</summary>
    Input = 0,

    /// <summary>Input, low when nothing is connected.</summary>
    InputPullDown = 1,

    /// <summary>Input, high when nothing is connected.</summary>
    InputPullUp = 2,

    /// <summary>Drives both levels.</summary>
    Output = 3,

    /// <summary>Drives low only.</summary>
    OutputOpenDrain = 4,

    /// <summary>Drives low only, high by its own resistor.</summary>
    OutputOpenDrainPullUp = 5,

    /// <summary>The firmware makes an open drain of it.</summary>
    OutputOpenSource = 6,

    /// <summary>The firmware makes an open drain with a resistor to ground of it.</summary>
    OutputOpenSourcePullDown = 7,
}
