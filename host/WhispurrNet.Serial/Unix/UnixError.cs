namespace WhispurrNet.Serial.Unix;

/// <summary>The numbers of errors that mean the same on Linux and macOS (their <c>errno.h</c>).</summary>
internal static class UnixError
{
    public const int NoPermission = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int InputOutput = 5;
    public const int NoDeviceOrAddress = 6;
    public const int BadDescriptor = 9;
    public const int AccessDenied = 13;
    public const int Busy = 16;
    public const int NoDevice = 19;
    public const int NotDirectory = 20;
    public const int IsDirectory = 21;
    public const int Invalid = 22;
    public const int NotTerminal = 25;
}
