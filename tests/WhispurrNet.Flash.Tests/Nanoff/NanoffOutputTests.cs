using WhispurrNet.Cli.Flash.Choice;
using WhispurrNet.Cli.Flash.Nanoff;

namespace WhispurrNet.Flash.Tests.Nanoff;

/// <summary>What nanoff's lines mean.</summary>
public sealed class NanoffOutputTests
{
    [Fact]
    public void A_step_begins_and_ends_in_one_line()
    {
        Assert.Equal(
            [new NanoffEvent.Began("Erasing flash"), new NanoffEvent.Ended("Erasing flash", true)],
            Read("Erasing flash...OK"));
        Assert.Equal(
            [
                new NanoffEvent.Began("Deploying managed application"),
                new NanoffEvent.Ended("Deploying managed application", false),
            ],
            Read("Deploying managed application...FAILED!"));
    }

    [Fact]
    public void A_step_goes_on_over_several_lines()
    {
        Assert.Equal(
            [
                new NanoffEvent.Began("Backup configuration"),
                new NanoffEvent.Progress("Backup configuration", 0, null),
                new NanoffEvent.Progress("Backup configuration", 0.5, null),
                new NanoffEvent.Ended("Backup configuration", true),
                new NanoffEvent.Began("Flashing firmware"),
                new NanoffEvent.Progress("Flashing firmware", 0.123, "0x00010000"),
                new NanoffEvent.Progress("Flashing firmware", 1, "0x001A0000"),
                new NanoffEvent.Ended("Flashing firmware", true),
            ],
            Read(
                "Backup configuration...",
                "Backing up config partition... 0%",
                "Backing up config partition... 50%",
                "Backup configuration...OK",
                "Flashing firmware...",
                "Compressed 1000 bytes to 500...",
                "Writing at 0x00010000 [===>         ]  12.3% 61/500 bytes...",
                "Writing at 0x001A0000 [=============] 100.0% 500/500 bytes...",
                "Flash write complete.",
                "Flashing firmware...OK"));
    }

    [Fact]
    public void An_OK_of_its_own_ends_the_step_that_is_open()
    {
        Assert.Equal(
            [
                new NanoffEvent.Began("Flashing deployment partition"),
                new NanoffEvent.Progress("Flashing deployment partition", 0.5, "0x001E0000"),
                new NanoffEvent.Ended("Flashing deployment partition", true),
            ],
            Read(
                "Flashing deployment partition...Compressed 5000 bytes to 2500...",
                "Writing at 0x001E0000 [=====>    ]  50.0% 1/2 bytes...",
                "OK"));
        Assert.Empty(Read("OK"));
    }

    [Fact]
    public void A_step_is_told_while_its_line_is_being_written_and_once()
    {
        List<NanoffEvent> events = [];
        var output = new NanoffOutput(events.Add);

        output.Pending("Erasing fl");
        output.Pending("Erasing flash...");
        output.Pending("Erasing flash...O");
        output.Line("Erasing flash...OK");

        Assert.Equal([new NanoffEvent.Began("Erasing flash"), new NanoffEvent.Ended("Erasing flash", true)], events);
    }

    [Fact]
    public void What_follows_a_step_in_its_line_is_not_lost() => Assert.Equal(
        [
            new NanoffEvent.Began("Getting details from nano device"), new NanoffEvent.Failed("E2000", "x"),
        ],
        Read("Getting details from nano device...Error E2000: x"));

    [Theory]
    [InlineData("Error E4003: something (more)", "E4003", "something (more)")]
    [InlineData("Error E9007", "E9007", "")]
    [InlineData("E6002", "E6002", "")]
    [InlineData("Unhandled exception. System.IO.IOException: x", "", "Unhandled exception. System.IO.IOException: x")]
    public void Failures_are_told_with_their_code(string line, string code, string text) =>
        Assert.Equal([new NanoffEvent.Failed(code, text)], Read(line));

    [Fact]
    public void A_chip_is_read_from_its_lines()
    {
        Assert.Equal(
            [
                new NanoffEvent.Connected(new ChipDetails(
                    "ESP32", "ESP32-D0WD-V3 (revision v3.1)", "Wi-Fi, BT, Dual Core + LP Core", "4MB", null, "40MHz",
                    "A4:CF:12:00:00:01")),
            ],
            Read(
                "Connected to:",
                "ESP32 (ESP32-D0WD-V3 (revision v3.1))",
                "Features Wi-Fi, BT, Dual Core + LP Core",
                "Flash size 4MB unknown from  (manufacturer 0x5E device 0x4016)",
                "PSRAM: undetermined",
                "Crystal 40MHz",
                "MAC A4:CF:12:00:00:01"));
    }

    [Theory]
    [InlineData("PSRAM: 8MB", 8)]
    [InlineData("PSRAM: not available", 0)]
    [InlineData("PSRAM: undetermined", null)]
    public void Psram_is_a_size_or_none_or_unknown(string line, int? size)
    {
        NanoffEvent.Connected connected = Assert.IsType<NanoffEvent.Connected>(Assert.Single(
            Read("Connected to:", "ESP32-S3", "Features x", "Flash size 8MB x", line, "Crystal 40MHz", "MAC 00")));

        Assert.Equal(size, connected.Chip.PsramMegabytes);
    }

    [Theory]
    [InlineData("Connected to:", "Error E4000: x")]
    [InlineData("Connected to:", "ESP32 (x)", "something else", "Error E4000: x")]
    public void A_chip_that_breaks_off_hides_no_failure(params string[] lines) =>
        Assert.Equal([new NanoffEvent.Failed("E4000", "x")], Read(lines));

    [Fact]
    public void What_the_user_has_to_do_is_told()
    {
        Assert.IsType<NanoffEvent.Ask>(Assert.Single(Read("*** Hold down the BOOT/FLASH button in ESP32 board ***")));
        Assert.IsType<NanoffEvent.Ask>(Assert.Single(Read(
            "**********", "The device is in 'download mode'.", "Reset it.", "**********")));
    }

    [Fact]
    public void Warnings_between_asterisks_are_one_note()
    {
        Assert.Equal(
            [new NanoffEvent.Note("First half, second half")],
            Read("****** WARNING ******", "** First half,        **", "second half", "*********************"));
    }

    [Fact]
    public void A_box_that_never_ends_hides_no_failure()
    {
        string[] lines = ["*****", .. Enumerable.Repeat("x", 30), "Error E4003: y"];

        Assert.Equal(new NanoffEvent.Failed("E4003", "y"), Assert.Single(Read(lines)));
    }

    [Fact]
    public void The_rest_is_passed_over()
    {
        Assert.Empty(Read(
            ".NET nanoFramework Firmware Flasher v2.5.0", "Hash of data verified.", "Verifying written data...",
            "Some other thing...OK", "Writing at nowhere", ""));
    }

    private static List<NanoffEvent> Read(params string[] lines)
    {
        List<NanoffEvent> events = [];
        var output = new NanoffOutput(events.Add);
        foreach (string line in lines)
        {
            output.Line(line);
        }

        return events;
    }
}
