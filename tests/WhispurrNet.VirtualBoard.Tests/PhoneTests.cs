namespace WhispurrNet.Virtual.Tests;

/// <summary>A phone or PC as the central of a board: what boards among themselves never do (facts 1.4, 1.5).</summary>
public sealed class PhoneTests : IDisposable
{
    private const ulong Address = 0xC0_00_00_00_00_01;
    private static readonly Guid s_service = new("6f1c0001-5a3e-4d7b-9c21-0e8f4b6a2d10");

    private readonly Bench _bench = new(double.PositiveInfinity);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_mtu_becomes_256_in_the_one_session_and_the_last_client_wins_facts_1_4()
    {
        VirtualBoard board = Serve(4);
        using PhoneCentral phone = await ConnectAsync(board, "phone", Address, PhoneCentral.UsualMtu);
        Assert.Equal(256, phone.Mtu);
        Assert.EndsWith("mtu 256 changes 1", Seen(board));
        phone.Disconnect();
        await _bench.Pass(1000);
        using PhoneCentral old = await ConnectAsync(board, "old phone", Address + 1, 100);

        Assert.Equal(100, old.Mtu);
        Assert.EndsWith("mtu 100 changes 2", Seen(board));
    }

    [Theory]
    [InlineData(253, 0)]
    [InlineData(512, 0)]
    [InlineData(513, 0x0D)]
    public async Task A_long_write_arrives_as_one_value_of_at_most_512_bytes_facts_1_5(int length, byte error)
    {
        VirtualBoard board = Serve(4);
        using PhoneCentral phone = await ConnectAsync(board, "phone", Address, PhoneCentral.UsualMtu);
        ushort value = (await phone.DiscoverAsync(s_service)).Single().Handle;

        Assert.Equal(error, await phone.WriteAsync(value, new byte[length]));
        Assert.StartsWith(error == 0 ? $"0 reads 1 writes {length} bytes" : "0 reads 0 writes 0 bytes", Seen(board));
    }

    [Theory]
    [InlineData(200, 1)]
    [InlineData(255, 2)]
    [InlineData(512, 3)]
    public async Task A_long_read_asks_the_handler_once_for_each_fragment_facts_1_5(int length, int requests)
    {
        VirtualBoard board = Serve(length);
        using PhoneCentral phone = await ConnectAsync(board, "phone", Address, PhoneCentral.UsualMtu);
        ushort value = (await phone.DiscoverAsync(s_service)).Single().Handle;

        (byte[] read, byte error) = await phone.ReadAsync(value);

        Assert.Equal(0, error);
        Assert.Equal(Enumerable.Range(0, length).Select(i => (byte)i), read);
        Assert.StartsWith($"{requests} reads", Seen(board));
    }

    [Fact]
    public async Task A_value_beyond_512_bytes_cannot_be_read_facts_1_5()
    {
        VirtualBoard board = Serve(513);
        using PhoneCentral phone = await ConnectAsync(board, "phone", Address, PhoneCentral.UsualMtu);
        ushort value = (await phone.DiscoverAsync(s_service)).Single().Handle;

        Assert.Equal(0x0D, (await phone.ReadAsync(value)).Error);
    }

    [Fact]
    public async Task Notifications_to_a_phone_carry_253_bytes_facts_1_4()
    {
        VirtualBoard board = _bench.Run("board", "Idle.Run");
        board.Serve();
        using PhoneCentral phone = await ConnectAsync(board, "phone", Address, PhoneCentral.UsualMtu);
        var lengths = new List<int>();
        phone.Notified += (_, bytes) => lengths.Add(bytes.Length);
        IReadOnlyList<DiscoveredAttribute> found = await phone.DiscoverAsync(s_service);
        Assert.Equal(0, await phone.SubscribeAsync(found[1].Handle));
        await _bench.Pass(500);
        board.Server("Notify", 253, 1);
        board.Server("Notify", 300, 1);
        await _bench.Pass(500);

        Assert.Equal([253, 253], lengths);
    }

    [Fact]
    public async Task Nobody_answers_a_phone_out_of_reach()
    {
        VirtualBoard board = Serve(4);
        using var phone = new PhoneCentral(_bench.Ether, "far phone", Address);

        Assert.False(await phone.ConnectAsync(board.BluetoothAddress));
        await Assert.ThrowsAsync<InvalidOperationException>(() => phone.WriteAsync(3, [1]));
    }

    private static string Seen(VirtualBoard board) =>
        (string)board.InvokeStatic($"{Bench.Namespace}.LimitSteps", "Seen")!;

    private VirtualBoard Serve(int length)
    {
        VirtualBoard board = _bench.Run("board", "Idle.Run");
        board.InvokeStatic($"{Bench.Namespace}.LimitSteps", "ServeValue", length, 0, false);
        return board;
    }

    private async Task<PhoneCentral> ConnectAsync(VirtualBoard board, string name, ulong address, int mtu)
    {
        var phone = new PhoneCentral(_bench.Ether, name, address, mtu);
        _bench.Ether.Link(board.Name, name);
        Assert.True(await phone.ConnectAsync(board.BluetoothAddress), _bench.Transcript());
        return phone;
    }
}
