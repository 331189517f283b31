namespace WhispurrNet.Gateway.Configuration;

/// <summary>A setting that its user has to change. The message is one sentence, fit to be shown as it is.</summary>
public sealed class SettingException(string message) : Exception(message);
