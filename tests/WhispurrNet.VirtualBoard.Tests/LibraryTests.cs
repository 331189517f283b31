using System.Security.Cryptography;

namespace WhispurrNet.Virtual.Tests;

/// <summary>The smaller stand-ins, each used once by a device program.</summary>
public sealed class LibraryTests
{
    [Fact]
    public void A_cancellation_token_cancels_after_board_time()
    {
        string[] result = ((string)Call("Cancellation")!).Split(' ');

        Assert.InRange(int.Parse(result[0]), 250, 255);
        Assert.Equal(["True", "True"], result[1..]);
    }

    [Fact]
    public void Streams_carry_text() => Assert.Equal("one,2,True,6", Call("Streams"));

    [Fact]
    public void Text_ends_at_a_zero_byte_facts_7_1() => Assert.Equal("ab2", Call("Text"));

    [Fact]
    public void Hmac_is_the_native_one()
    {
        byte[] key = [1, 2, 3];
        byte[] data = [4, 5];

        Assert.Equal(HMACSHA256.HashData(key, data), Call("Hmac", key, data));
    }

    [Fact]
    public void The_adapter_of_the_native_hmac_keeps_the_contract() => Assert.Equal("", Call("HmacAdapter"));

    [Fact]
    public void Managed_events_go_through_the_event_thread() => Assert.Equal(74711u, Call("Events"));

    [Fact]
    public void The_chip_tells_its_address_and_heap() => Assert.Equal("9F-FF-FF-FF-FF-FF 54472 True True", Call("Chip"));

    private static object? Call(string method, params object?[] arguments)
    {
        using var bench = new Bench();
        return bench.Run("a", "Idle.Run").InvokeStatic($"{Bench.Namespace}.Libraries", method, arguments);
    }
}
