namespace WhispurrNet.ReconcileStudy;

/// <summary>The records of one turn: what each side said before it heard the other's.</summary>
/// <param name="Forth">Bytes of each record of the side that begins, without protection.</param>
/// <param name="Back">Those of the other side.</param>
internal sealed record Turn(IReadOnlyList<int> Forth, IReadOnlyList<int> Back);

/// <summary>How long records take. Both directions go at the same time.</summary>
internal static class LinkTime
{
    /// <summary>Bytes by which protection makes a record longer.</summary>
    public const int Protection = 16;

    /// <summary>A GATT write with its response at MTU 23, and how many fragments go by then: three without response, and it.</summary>
    private const double WriteMs = 80;
    private const int FragmentsInWrite = 4;

    /// <summary>A connection event, in which a server sends four notifications.</summary>
    private const double EventMs = 40;

    private const int NotificationsInEvent = 4;
    private const int UnitSize = 20;
    private const int FragmentHeader = 2;
    private const int LengthSize = 2;

    /// <summary>Fragments that wait for an acknowledgement.</summary>
    private const int Window = 16;

    /// <summary>An ESP32's interpreter; a gateway's code is compiled.</summary>
    private const double IlMs = 0.3e-3;

    /// <summary>Half of a round trip between two gateways, and what their line carries in a millisecond.</summary>
    private const double HalfTripMs = 25;
    private const double BytesInMs = 1000;

    /// <summary>
    /// A turn over Bluetooth. The side that begins is the server: what it notifies is faster than what a client writes.
    /// </summary>
    public static double BluetoothMs(Turn turn)
    {
        int forth = turn.Back.Sum(FragmentsOf);
        int back = turn.Forth.Sum(FragmentsOf);

        // The client acknowledges by a write, the server by a notification.
        double client = WriteMs * (((forth + FragmentsInWrite - 1) / FragmentsInWrite) + (back / Window));
        double server = EventMs * (((back + NotificationsInEvent - 1) / NotificationsInEvent) + (forth / Window));
        return Math.Max(EventMs, Math.Max(client, server));
    }

    /// <summary>A turn between two gateways.</summary>
    public static double WebSocketMs(Turn turn)
    {
        return HalfTripMs + (Math.Max(BytesOf(turn.Forth), BytesOf(turn.Back)) / BytesInMs);
    }

    /// <summary>What a board computes meanwhile, while the other waits.</summary>
    public static double BoardMs(double il) => il * IlMs;

    /// <summary>Bytes of records with their protection.</summary>
    public static int BytesOf(IReadOnlyList<int> records) => records.Sum(r => r + Protection);

    private static int FragmentsOf(int record)
    {
        int bytes = LengthSize + record + Protection;
        int body = UnitSize - FragmentHeader;
        return (bytes + body - 1) / body;
    }
}
