namespace WhispurrNet.Virtual;

/// <summary>Native memory that a program has lost to defects of the firmware since power on.</summary>
/// <param name="Contexts">Client contexts of connects that were refused (facts 1.4).</param>
/// <param name="Bytes">Advertising data of starts that were refused (facts 1.2).</param>
public sealed record RadioLeaks(int Contexts, int Bytes);
