namespace WhispurrNet.Cli.Flash.Choice;

/// <summary>A chip as nanoff describes it after "Connected to:".</summary>
/// <param name="Type">The family, such as <c>ESP32</c> or <c>ESP32-C3</c>.</param>
/// <param name="Name">The chip with its revision, such as <c>ESP32-D0WD-V3 (revision v3.1)</c>.</param>
/// <param name="Features">As listed, such as <c>Wi-Fi, BT, Dual Core + LP Core</c>.</param>
/// <param name="FlashSize">Such as <c>4MB</c>.</param>
/// <param name="PsramMegabytes">0: there is none; null: nanoff could not tell.</param>
/// <param name="Crystal">Such as <c>40MHz</c>.</param>
/// <param name="Mac">The address that the chip was given, such as <c>AA:BB:CC:DD:EE:FF</c>.</param>
internal sealed record ChipDetails(
    string Type, string Name, string Features, string FlashSize, int? PsramMegabytes, string Crystal, string Mac);
