namespace WhispurrNet.Virtual.Serial.Flash;

/// <summary>The power went in the middle of something; never leaves this assembly.</summary>
internal sealed class PowerCutException : Exception;
