namespace WhispurrNet.Virtual.Tests;

/// <summary>The steps of the client and server programs, by name.</summary>
internal static class Device
{
    public const int Right = 0;
    public const int Late = 1;
    public const int Twice = 2;
    public const int Never = 3;
    public const int Slow = 4;

    private static readonly Guid s_service = new("6f1c0001-5a3e-4d7b-9c21-0e8f4b6a2d10");

    public static int Serve(this VirtualBoard board, int manner = Right) => (int)board.Server("Serve", manner)!;

    public static string ServerLog(this VirtualBoard board) => (string)board.Server("Log")!;

    public static string Scan(this VirtualBoard board, int milliseconds = 1000) =>
        (string)board.Client("Scan", milliseconds)!;

    public static string Open(this VirtualBoard board, VirtualBoard peer) =>
        (string)board.Client("Open", peer.BluetoothAddress)!;

    public static string Connect(this VirtualBoard board, VirtualBoard peer, Guid? service = null) =>
        (string)board.Client("Connect", peer.BluetoothAddress, service ?? s_service)!;

    public static int Write(this VirtualBoard board, int length, bool withResponse = true) =>
        (int)board.Client("Write", new byte[length], withResponse)!;

    public static byte[]? TakeNotification(this VirtualBoard board, int timeoutMs = 2000) =>
        (byte[]?)board.Client("TakeNotification", timeoutMs);

    public static object? Client(this VirtualBoard board, string step, params object?[] arguments) =>
        board.InvokeStatic($"{Bench.Namespace}.ClientSteps", step, arguments);

    public static object? Server(this VirtualBoard board, string step, params object?[] arguments) =>
        board.InvokeStatic($"{Bench.Namespace}.ServerSteps", step, arguments);
}
