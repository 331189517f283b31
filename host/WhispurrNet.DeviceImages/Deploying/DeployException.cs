namespace WhispurrNet.DeviceImages.Deploying;

/// <summary>A deployment cannot be done or was not; the message is a sentence for its user.</summary>
public sealed class DeployException(string message, Exception? inner = null) : Exception(message, inner);
