namespace WhispurrNet.Virtual.Tests;

public sealed class ProgramTests
{
    [Fact]
    public void A_program_writes_text_and_waits_in_board_time()
    {
        using var bench = new Bench(speed: 10);
        VirtualBoard board = bench.Run("a", entry: null);

        bench.Expect(board, "hello");
        int waited = int.Parse(bench.Expect(board, "waited "));

        Assert.InRange(waited, 500, 700);
        Assert.Empty(bench.Deaths(board));
    }
}
