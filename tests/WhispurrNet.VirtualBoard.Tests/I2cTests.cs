namespace WhispurrNet.Virtual.Tests;

/// <summary>A bus with a thermometer that the host models.</summary>
public sealed class I2cTests
{
    private const int Address = 0x48;

    [Fact]
    public void A_program_reads_the_device_that_the_host_put_on_the_bus()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Idle.Run");
        var sensor = new Thermometer { Centidegrees = 2345 };
        board.I2c.Connect(1, Address, sensor);

        Assert.Equal("1 3 2345", Call(board, "Read", 1, Address));
        sensor.Centidegrees = 1;
        Assert.Equal("1 3 1", Call(board, "Read", 1, Address));
        board.I2c.Disconnect(1, Address);
        Assert.Equal("4 0 0", Call(board, "Read", 1, Address));
    }

    [Fact]
    public void Nobody_there_is_a_status_and_not_an_exception()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Idle.Run");

        Assert.Equal("4 0 0", Call(board, "Read", 1, Address));

        // What it wrote itself, taken for an answer.
        Assert.Equal(7, Call(board, "ReadBlindly", 1, Address));
    }

    [Fact]
    public void A_bus_needs_a_number_the_chip_has_and_two_free_pins()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Idle.Run");

        Assert.Throws<ArgumentException>(() => Call(board, "Read", 0, Address));
        Assert.Throws<ArgumentException>(() => Call(board, "Read", 2, Address));
        Assert.Equal(typeof(Exception), Record.Exception(() => Call(board, "ShareItsPin", 19))!.GetType());

        VirtualBoard bare = bench.Start(bench.Make("b", "Idle.Run", profile: BoardProfile.S3Octal));
        Assert.Equal(typeof(Exception), Record.Exception(() => Call(bare, "Read", 1, Address))!.GetType());
        Assert.Equal("1 2", Call(bare, "Assign", 1, 2));
        Assert.Equal("4 0 0", Call(bare, "Read", 1, Address));
    }

    [Fact]
    public void The_host_cannot_put_two_devices_at_one_address()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Make("a", "Idle.Run");
        board.I2c.Connect(1, Address, new Thermometer());

        Assert.Throws<ArgumentException>(() => board.I2c.Connect(1, Address, new Thermometer()));
        Assert.Throws<ArgumentOutOfRangeException>(() => board.I2c.Connect(2, Address, new Thermometer()));
        Assert.Throws<ArgumentOutOfRangeException>(() => board.I2c.Connect(1, 0x80, new Thermometer()));
    }

    private static object? Call(VirtualBoard board, string method, params object?[] arguments) =>
        board.InvokeStatic($"{Bench.Namespace}.Sensor", method, arguments);

    /// <summary>One register of two bytes, most significant first.</summary>
    private sealed class Thermometer : IVirtualI2cDevice
    {
        private int _register = -1;

        public int Centidegrees { get; set; }

        public void Written(ReadOnlySpan<byte> data) => _register = data[0];

        public void Read(Span<byte> buffer)
        {
            buffer.Clear();
            if (_register == 0)
            {
                buffer[0] = (byte)(Centidegrees >> 8);
                buffer[1] = (byte)Centidegrees;
            }
        }
    }
}
