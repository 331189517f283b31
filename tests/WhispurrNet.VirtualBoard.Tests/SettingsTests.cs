using System.Text;

namespace WhispurrNet.Virtual.Tests;

/// <summary>The board's settings file: nothing that happens to power or drive costs the settings.</summary>
public sealed class SettingsTests
{
    private const string Path = @"I:\whispurr.cfg";
    private const string NewPath = @"I:\whispurr.cfg.new";
    private const string Password = "correct horse";

    private const string OldText = "# by hand\nname=old\njoin=public\nssid=old network\npassword=" + Password
        + "\ngateway=ws://desk:8765/mesh\nled=2\nstealth=on\nevery=30\n";

    private const string Old = "old|old network|ws://desk:8765/mesh|2|512|30|member";
    private const string New = "new|new network|ws://desk:8765/mesh|2|512|30|member";
    private const string Fresh = "board|||-1|256|-|relay";
    private const string Made = "new|new network||-1|256|-|relay";

    [Fact]
    public void Settings_are_saved_and_read_again_with_all_that_was_there()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "StoredSettings.Change", files: OldFile());
        bench.Expect(board, "saved");
        Assert.Equal(New, bench.Expect(board, "settings "));

        Assert.Equal(New, Read(bench, board.Files));
        Assert.False(board.Files.FileExists(NewPath));
        Assert.Contains(Password, Encoding.UTF8.GetString(board.Files.Read(Path)));
        Assert.DoesNotContain(Password, bench.Transcript());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void A_power_cut_anywhere_leaves_the_old_or_the_new_settings_facts_5(bool overOld, bool writesThrough)
    {
        using var bench = new Bench();
        (long steps, long bytes) = MeasureSave(bench, overOld);
        string before = overOld ? Old : Fresh;
        string after = overOld ? New : Made;
        var seen = new List<string>();
        for (int i = 0; i < steps; i++)
        {
            int cut = i;
            seen.Add(CutWhileSaving(bench, overOld, writesThrough, faults => faults.CutPowerAfterSteps(cut)));
        }

        // Before the bytes are stored as one step, every one of them counts alike.
        for (int i = 0; writesThrough && i < bytes; i++)
        {
            int cut = i;
            seen.Add(CutWhileSaving(bench, overOld, writesThrough, faults => faults.CutPowerAfterBytes(cut)));
        }

        Assert.All(seen, found => Assert.Contains(found, new[] { before, after }));
        Assert.Equal(before, seen[0]);
        Assert.Equal(after, seen[(int)steps - 1]);
    }

    [Fact]
    public void A_second_cut_while_the_first_is_cleaned_up_costs_nothing_either()
    {
        using var bench = new Bench();
        (long steps, _) = MeasureSave(bench, overOld: true);
        for (int first = 1; first < steps; first++)
        {
            for (int second = 0; second < 3; second++)
            {
                BoardFileSystem files = NewDrive(overOld: true);
                RunUntilCut(bench, files, "StoredSettings.Change", f => f.CutPowerAfterSteps(first));
                files.Faults.CutPowerAfterSteps(second);
                VirtualBoard reader = Boot(bench, files, "StoredSettings.Print");
                bench.Until(() => !reader.IsOn || bench.Lines(reader).Any(line => line.StartsWith("settings")), "end");
                reader.PowerOff();
                files.Faults.KeepPower();

                Assert.Contains(Read(bench, files), new[] { Old, New });
            }
        }
    }

    [Fact]
    public void A_full_drive_keeps_the_old_settings_and_says_so()
    {
        using var bench = new Bench();
        BoardFileSystem files = NewDrive(overOld: true);
        files.Capacity = 4096;
        VirtualBoard board = Boot(bench, files, "StoredSettings.Change");

        Assert.Contains("Others", bench.Expect(board, "not saved: "));
        Assert.Equal(Old, Read(bench, files));
        Assert.False(files.FileExists(NewPath));
    }

    [Fact]
    public void A_broken_drive_leaves_the_defaults_and_is_named_once()
    {
        using var bench = new Bench();
        BoardFileSystem files = NewDrive(overOld: true);
        files.Faults.IsBroken = true;
        VirtualBoard board = Boot(bench, files, "StoredSettings.Print");

        Assert.Equal(Fresh, bench.Expect(board, "settings "));
        Assert.Single(bench.Lines(board), line => line.StartsWith("wn error"));
    }

    [Fact]
    public void A_file_changed_by_hand_after_the_board_wrote_it_still_counts_with_a_sentence()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "StoredSettings.Change", files: OldFile());
        bench.Expect(board, "saved");
        board.PowerOff();
        string text = Encoding.UTF8.GetString(board.Files.Read(Path));
        board.Files.Write(Path, Encoding.UTF8.GetBytes(text.Replace("name=new", "name=changed")));
        VirtualBoard reader = Boot(bench, board.Files, "StoredSettings.Print");

        Assert.StartsWith("changed|new network", bench.Expect(reader, "settings "));
        Assert.Contains("changed by hand", bench.Expect(reader, "wn error "));
    }

    [Fact]
    public void Every_bad_line_is_one_sentence_and_the_rest_counts()
    {
        using var bench = new Bench();
        VirtualBoard board = Boot(bench, Drive("name=kitchen\nled=99\npassword=short\nstealth=maybe\nevery=5\nwat=1\n"),
            "StoredSettings.Print");

        Assert.Equal("kitchen|||-1|256|5|relay", bench.Expect(board, "settings "));
        string[] errors = [.. bench.Lines(board).Where(line => line.StartsWith("wn error"))];
        Assert.Equal(4, errors.Length);
        Assert.All(errors, error => Assert.DoesNotContain("short", error));
    }

    private static Dictionary<string, byte[]> OldFile() => new() { [Path] = Encoding.UTF8.GetBytes(OldText) };

    private static BoardFileSystem NewDrive(bool overOld) => overOld ? Drive(OldText) : new BoardFileSystem();

    private static BoardFileSystem Drive(string text)
    {
        var files = new BoardFileSystem();
        files.Write(Path, Encoding.UTF8.GetBytes(text));
        return files;
    }

    private static (long Steps, long Bytes) MeasureSave(Bench bench, bool overOld)
    {
        BoardFileSystem files = NewDrive(overOld);
        bench.Expect(Boot(bench, files, "StoredSettings.Change"), "saved");
        return (files.Faults.Steps, files.Faults.BytesWritten);
    }

    private static string CutWhileSaving(
        Bench bench, bool overOld, bool writesThrough, Action<BoardFileFaults> order)
    {
        BoardFileSystem files = NewDrive(overOld);
        files.Faults.WritesThrough = writesThrough;
        RunUntilCut(bench, files, "StoredSettings.Change", order);
        return Read(bench, files);
    }

    private static void RunUntilCut(
        Bench bench, BoardFileSystem files, string program, Action<BoardFileFaults> order)
    {
        order(files.Faults);
        VirtualBoard board = Boot(bench, files, program);
        bench.Until(() => !board.IsOn, "power cut", board);
        Assert.DoesNotContain("saved", bench.Lines(board));
    }

    private static string Read(Bench bench, BoardFileSystem files)
    {
        VirtualBoard board = Boot(bench, files, "StoredSettings.Print");
        string settings = bench.Expect(board, "settings ");
        board.PowerOff();
        return settings;
    }

    private static VirtualBoard Boot(Bench bench, BoardFileSystem files, string program) =>
        bench.Start(bench.Make($"board{Guid.NewGuid():N}", program, drive: files));
}
