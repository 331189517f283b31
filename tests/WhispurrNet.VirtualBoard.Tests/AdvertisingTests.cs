namespace WhispurrNet.Virtual.Tests;

/// <summary>What fits into an advertisement and what a scan hears (facts 1.2, 1.3).</summary>
public sealed class AdvertisingTests
{
    private const int Started = 2;
    private const int StartedWithoutAll = 4;

    [Fact]
    public void Flags_and_24_bytes_of_manufacturer_data_fit_facts_1_2()
    {
        (string heard, int status) = Advertise(board => board.Serve());

        Assert.Equal(Started, status);
        Assert.EndsWith(" FF:26;", heard);
    }

    [Fact]
    public void A_section_that_fits_nowhere_is_dropped_facts_1_2()
    {
        const int serviceData16 = 0x16;
        Assert.EndsWith(
            " 16:29;", Advertise(board => (int)board.Server("AdvertiseSection", (byte)serviceData16, 29)!).Heard);
        (string heard, int status) = Advertise(
            board => (int)board.Server("AdvertiseSection", (byte)serviceData16, 30)!);

        Assert.Equal(StartedWithoutAll, status);
        Assert.EndsWith(" 0;", heard);
    }

    [Fact]
    public void A_manufacturer_section_of_ones_own_is_thrown_away_facts_1_2()
    {
        // The library rebuilds all manufacturer sections from ManufacturerData, the right place for them.
        (string heard, int status) = Advertise(board => (int)board.Server("AdvertiseSection", (byte)0xFF, 8)!);

        Assert.Equal(Started, status);
        Assert.EndsWith(" 0;", heard);
    }

    [Fact]
    public void With_defaults_the_uuid_lands_in_the_scan_response_and_service_data_nowhere_facts_1_2()
    {
        (string heard, int status) = Advertise(
            board => (int)board.Server("AdvertiseDefaults", "nanoFramework", 4)!, active: true);

        Assert.Equal(StartedWithoutAll, status);
        Assert.Contains(" 0 9:13;", heard);
        Assert.Contains(" 4 7:16;", heard);
        Assert.DoesNotContain("21:", heard);
    }

    [Fact]
    public void A_short_name_keeps_the_uuid_in_the_advertisement_facts_1_2()
    {
        (string heard, int status) = Advertise(board => (int)board.Server("AdvertiseDefaults", "whispurr", 0)!);

        Assert.Equal(Started, status);
        Assert.EndsWith(" 0 9:8 7:16;", heard);
    }

    [Fact]
    public void A_passive_scan_gets_no_scan_response_and_no_duplicate_facts_1_3()
    {
        using var bench = new Bench();
        bench.Ether.Link("a", "b");
        VirtualBoard a = bench.Run("a", "Idle.Run");
        VirtualBoard b = bench.Run("b", "Idle.Run");
        a.Server("AdvertiseDefaults", "nanoFramework", 0);

        Assert.Equal(1, b.Scan(3000).Count(c => c == ';'));
        Assert.Equal(1, b.Scan(3000).Count(c => c == ';'));
    }

    [Fact]
    public async Task A_report_picked_up_after_two_seconds_is_empty_facts_1_3()
    {
        using var bench = new Bench();
        bench.Ether.LinkAll("a", "b", "c");
        VirtualBoard a = bench.Run("a", "Idle.Run");
        VirtualBoard b = bench.Run("b", "Idle.Run");
        VirtualBoard scanner = bench.Run("c", "Idle.Run");
        a.Serve();
        b.Serve();

        scanner.Client("StartScan", false, 2500);
        await bench.Pass(6000);
        string slow = (string)scanner.Client("Reports")!;
        scanner.Client("StopScan");

        string[] reports = slow.Split(';', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, reports.Length);
        Assert.EndsWith(" 0 FF:26", reports[0]);
        Assert.Equal("0 1", reports[1]);
        Assert.Equal(2, scanner.Scan().Count(c => c == ';'));
    }

    [Fact]
    public void Boards_out_of_reach_are_not_heard_until_they_are_linked()
    {
        using var bench = new Bench();
        bench.Ether.LinkLine("a", "b", "c");
        VirtualBoard a = bench.Run("a", "Idle.Run");
        VirtualBoard c = bench.Run("c", "Idle.Run");
        a.Serve();

        Assert.Equal("", c.Scan());
        c.Client("StartScan", false, 0);
        bench.Ether.Link("c", "a");
        bench.Until(() => (string)c.Client("Reports")! != "", "report", c);
        c.Client("StopScan");
        bench.Ether.Unlink("a", "c");
        Assert.Equal("", c.Scan());
    }

    private static (string Heard, int Status) Advertise(Func<VirtualBoard, int> advertise, bool active = false)
    {
        using var bench = new Bench();
        bench.Ether.Link("a", "b");
        VirtualBoard a = bench.Run("a", "Idle.Run");
        VirtualBoard b = bench.Run("b", "Idle.Run");
        int status = advertise(a);
        b.Client("StartScan", active, 0);
        bench.Until(() => ((string)b.Client("Reports")!).Count(c => c == ';') == (active ? 2 : 1), "report", b);
        return ((string)b.Client("Reports")!, status);
    }
}
