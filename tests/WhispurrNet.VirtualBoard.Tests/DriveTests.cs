using System.Text;

namespace WhispurrNet.Virtual.Tests;

/// <summary>The board's drive: what it keeps, what a power cut leaves, how it is full and how it breaks.</summary>
public sealed class DriveTests
{
    private const string Settings = @"I:\app.cfg";

    [Fact]
    public void Files_survive_a_restart()
    {
        using var bench = new Bench();
        VirtualBoard counter = bench.Run("a", "Storage.CountStarts");
        bench.Expect(counter, "start 1");
        counter.Restart();
        bench.Expect(counter, "start 2");

        Assert.Equal("2", Encoding.UTF8.GetString(counter.Files.Read(@"I:\starts.txt")));
    }

    [Fact]
    public void A_program_that_trusts_a_flush_loses_its_file_facts_5()
    {
        using var bench = new Bench();
        VirtualBoard writer = bench.Run("b", "Storage.TrustFlush");
        bench.Expect(writer, "written");
        writer.PowerOff();

        Assert.Equal([1, 2, 3], writer.Files.Read(@"I:\closed.bin"));
        Assert.Empty(writer.Files.Read(@"I:\flushed.bin"));
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(null, 0)]
    [InlineData(null, 7)]
    public void A_program_that_overwrites_in_place_loses_its_settings_facts_5(int? steps, int? bytes)
    {
        using var bench = new Bench();
        VirtualBoard board = MakeWithSettings(bench, "Storage.OverwriteInPlace");
        if (steps is { } afterSteps)
        {
            board.Files.Faults.CutPowerAfterSteps(afterSteps);
        }

        if (bytes is { } afterBytes)
        {
            board.Files.Faults.CutPowerAfterBytes(afterBytes);
        }

        RunUntilCut(bench, board);

        Assert.Empty(board.Files.Read(Settings));
        Assert.DoesNotContain("overwritten", bench.Lines(board));
    }

    [Fact]
    public void Bytes_that_reach_the_file_at_once_leave_half_a_file_after_a_cut_facts_5()
    {
        using var bench = new Bench();
        VirtualBoard board = MakeWithSettings(bench, "Storage.OverwriteInPlace");
        board.Files.Faults.WritesThrough = true;
        board.Files.Faults.CutPowerAfterBytes(6);
        RunUntilCut(bench, board);

        Assert.Equal("name=n", Encoding.UTF8.GetString(board.Files.Read(Settings)));
    }

    [Theory]
    [InlineData("Storage.RenameOver", "PathAlreadyExists")]
    [InlineData("Storage.DeleteOpen", "UnauthorizedAccess")]
    public void A_name_that_is_taken_or_open_is_refused_facts_5(string program, string error)
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Start(MakeWithSettings(bench, program));
        bench.Until(() => bench.Deaths(board).Any(), "report of the thread", board);

        Assert.Contains(error, Assert.Single(bench.Deaths(board)).Exception);
        Assert.Equal("name=old", Encoding.UTF8.GetString(board.Files.Read(Settings)));
    }

    [Fact]
    public void The_drive_reads_moves_lists_and_fills_up()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run(
            "a", "Storage.Use", files: new Dictionary<string, byte[]> { [@"I:\seed.txt"] = "abc"u8.ToArray() });

        Assert.Equal("abc", bench.Expect(board, "seeded "));
        Assert.Equal("False True", bench.Expect(board, "moved "));
        Assert.Equal("True", bench.Expect(board, "missing "));
        Assert.Equal("True", bench.Expect(board, "taken "));
        Assert.Equal("1 1", bench.Expect(board, "listed "));

        // 256 KB less two files of one block each.
        Assert.Equal("15", bench.Expect(board, "full after "));
    }

    [Fact]
    public void A_drive_too_small_or_broken_fails_as_the_chip_reports_it()
    {
        using var bench = new Bench();
        VirtualBoard full = MakeWithSettings(bench, "Storage.OverwriteInPlace");
        full.Files.Capacity = 4000;
        VirtualBoard broken = MakeWithSettings(bench, "Storage.OverwriteInPlace");
        broken.Files.Faults.IsBroken = true;

        foreach (VirtualBoard board in new[] { full, broken })
        {
            board.Start();
            bench.Until(() => bench.Deaths(board).Any(), "report of the thread", board);
            Assert.Contains("IOException: Others", Assert.Single(bench.Deaths(board)).Exception);
        }
    }

    private static VirtualBoard MakeWithSettings(Bench bench, string program)
    {
        // Names of boards must differ on one ether.
        return bench.Make($"{program}{Guid.NewGuid():N}", program, files: new Dictionary<string, byte[]>
        {
            [Settings] = "name=old"u8.ToArray(),
        });
    }

    private static void RunUntilCut(Bench bench, VirtualBoard board)
    {
        board.Start();
        bench.Until(() => !board.IsOn, "power cut", board);
    }
}
