using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace WhispurrNet.Virtual.Tests;

/// <summary>
/// The firmware's start: primitives tested before there is a key, randomness only from a healthy generator with the
/// radio on, and a board that goes on with what it has when something is missing.
/// </summary>
public sealed class StartUpTests
{
    private const string SettingsPath = @"I:\whispurr.cfg";
    private const string SeedPath = @"I:\whispurr.rnd";
    private const int Led = 8;

    [Fact]
    public void The_self_test_passes_before_the_radio_is_on_and_reports_every_primitive()
    {
        using var bench = new Bench(speed: 10);
        VirtualBoard board = bench.Start(Make(bench, "name=one\nevery=0\n"));
        bench.Expect(board, "wn boot name=one");

        string passed = Assert.Single(bench.Lines(board), line => line.StartsWith("wn selftest"));
        Assert.StartsWith("wn selftest passed count=8 ms=", passed);
        string[] report = (string[])board.InvokeStatic("WhispurrNet.Board.BoardInspector", "SelfTest")!;
        Assert.Equal(
            ["SHA-256", "HMAC-SHA256", "HKDF-SHA256", "ChaCha20", "Poly1305", "XChaCha20-Poly1305", "X25519",
                "SipHash-2-4", "Noise X"],
            report.Select(line => line.Split(';')[0]));
        Assert.All(report, line => Assert.Matches("^[^;]+;passed;[0-9]+$", line));
    }

    [Theory]
    [InlineData("Sha256", "Finish", "SHA-256")]
    [InlineData("HmacSha256", "Compute", "HMAC-SHA256")]
    [InlineData("Hkdf", "Expand", "HKDF-SHA256")]
    [InlineData("ChaCha20", "Block", "ChaCha20")]
    [InlineData("Poly1305", "Finish", "Poly1305")]
    [InlineData("XChaCha20Poly1305", "Seal", "XChaCha20-Poly1305")]
    [InlineData("X25519", "ScalarMultiply", "X25519")]
    [InlineData("SipHash", "Compute", "SipHash-2-4")]
    public void A_board_with_a_broken_primitive_names_it_and_does_nothing_else(
        string type, string method, string name)
    {
        using var bench = new Bench(speed: 50);
        VirtualBoard board = bench.Start(Make(
            bench, $"name=one\njoin=public\nled={Led}\nevery=1\n", program: BreakPrimitive(type, method)));

        string sentence = bench.Expect(board, $"wn error the self-test of {name} failed: ");
        Assert.EndsWith("this board does not run", sentence);

        // It keeps saying so, slowly, and does not reboot.
        bench.Until(() => bench.Lines(board).Count(line => line.StartsWith("wn error")) == 3, "repetition", board);
        Assert.DoesNotContain(bench.Lines(board), line => line.StartsWith("wn boot") || line.StartsWith("wn sent"));
        Assert.DoesNotContain(bench.Air, air => air.Kind == EtherEventKind.AdvertisingStarted);
        Assert.False(board.Files.FileExists(SeedPath));
        Assert.Empty(bench.Deaths(board));
    }

    [Theory]
    [InlineData(RandomFault.Stuck)]
    [InlineData(RandomFault.Lopsided)]
    public void A_board_with_a_broken_random_generator_makes_no_keys(RandomFault fault)
    {
        using var bench = new Bench(speed: 50);
        VirtualBoard board = Make(bench, "name=one\njoin=public\nevery=1\n");
        board.Random.Fault = fault;
        board.Start();

        bench.Expect(board, "wn error the random generator is unhealthy, so no keys are made: it ");
        bench.Until(
            () => bench.Lines(board).Count(line => line.EndsWith("this board does not run")) == 2, "refusal", board);
        Assert.DoesNotContain(bench.Lines(board), line => line.StartsWith("wn boot") || line.StartsWith("wn sent"));
        Assert.DoesNotContain(bench.Air, air => air.Kind == EtherEventKind.AdvertisingStarted);
        Assert.False(board.Files.FileExists(SeedPath));
    }

    [Fact]
    public void A_generator_that_recovers_in_time_is_enough()
    {
        using var bench = new Bench(speed: 20);
        VirtualBoard board = Make(bench, "name=one\nevery=0\n");
        board.Random.Fault = RandomFault.Stuck;
        board.Start();
        bench.Expect(board, "wn error the random generator is unhealthy");
        board.Random.Fault = RandomFault.None;

        bench.Expect(board, "wn boot name=one");
    }

    [Fact]
    public void The_stored_seed_is_renewed_at_every_start_and_says_nothing_about_the_identity()
    {
        using var bench = new Bench(speed: 10);
        VirtualBoard board = bench.Start(Make(bench, "name=one\nevery=0\n"));
        string first = bench.Expect(board, "wn boot name=one identity=");
        string seed = Encoding.UTF8.GetString(board.Files.Read(SeedPath));
        board.PowerOff();

        // The same seed and another identity: the draws decide.
        var drive = new BoardFileSystem();
        drive.Write(SettingsPath, board.Files.Read(SettingsPath));
        drive.Write(SeedPath, board.Files.Read(SeedPath));
        VirtualBoard twin = bench.Start(Make(bench, "", "two", drive: drive));
        string second = bench.Expect(twin, "wn boot name=one identity=");

        Assert.NotEqual(first[..32], second[..32]);
        Assert.NotEqual(seed, Encoding.UTF8.GetString(twin.Files.Read(SeedPath)));
        Assert.DoesNotContain(first[..32], seed);
    }

    [Fact]
    public void A_full_drive_costs_the_seed_and_nothing_else()
    {
        using var bench = new Bench(speed: 10);
        VirtualBoard board = Make(bench, "name=one\nevery=0\n");
        board.Files.Capacity = 4096;
        board.Start();

        bench.Expect(board, "wn error no seed can be stored");
        bench.Expect(board, "wn boot name=one");
    }

    [Fact]
    public void Without_bluetooth_wifi_is_enough_and_nothing_is_drawn_before_it_is_there()
    {
        using var bench = new Bench(speed: 20);
        VirtualBoard board = Make(bench, "name=one\nevery=0\ngateway=ws://127.0.0.1:9/mesh\n");
        board.RadioFault = RadioFault.RefusesToStart;
        board.Start();

        bench.Expect(board, "wn boot name=one");
        string[] lines = [.. bench.Lines(board)];
        int ready = Array.FindIndex(lines, line => line.StartsWith("wn wifi ready"));
        Assert.InRange(ready, 0, Array.FindIndex(lines, line => line.StartsWith("wn boot")) - 1);
        Assert.Single(lines, line => line.StartsWith("wn error Bluetooth did not start"));
    }

    [Fact]
    public void Without_any_radio_there_are_no_keys_until_there_is_one()
    {
        using var bench = new Bench(speed: 100);
        VirtualBoard board = Make(bench, "name=one\nevery=0\n");
        board.RadioFault = RadioFault.RefusesToStart;
        board.Start();
        bench.Expect(board, "wn error Bluetooth did not start, trying on");
        bench.Expect(board, "wn error no radio starts, so there is neither randomness nor a way out, rebooting");
        Assert.Equal(0, board.Random.EarlyBytes);
        Assert.False(board.Files.FileExists(SeedPath));
        Assert.DoesNotContain(bench.Lines(board), line => line.StartsWith("wn boot"));

        board.RadioFault = RadioFault.None;
        bench.Expect(board, "wn boot name=one");
        Assert.Equal(0, board.Random.EarlyBytes);
    }

    [Fact]
    public void A_full_size_that_does_not_fit_becomes_a_small_one()
    {
        using var bench = new Bench(speed: 10);
        VirtualBoard board = bench.MakeFirmware(
            "one", "name=one\nevery=0\nsize=full\n"u8.ToArray(), BoardProfile.C3 with { HeapBytes = 75_000 });
        board.Start();

        bench.Expect(board, "wn error there is no memory for the full size, the board goes on with the small one");
        Assert.Contains(" size=small ", bench.Expect(board, "wn boot name=one"));
    }

    [Fact]
    public void A_board_without_its_access_point_runs_and_dials_once_it_is_there()
    {
        using var bench = new Bench(speed: 100);
        VirtualBoard board = Make(bench, "name=one\nevery=0\nssid=desk\npassword=correct horse\n"
            + "gateway=ws://127.0.0.1:9/mesh\n");
        board.Start();
        bench.Expect(board, "wn boot name=one");
        bench.Expect(board, "wn wifi connecting ssid=desk");
        bench.Expect(board, "wn error Wi-Fi gives no address");
        Assert.DoesNotContain(bench.Lines(board), line => line.Contains("gateway at"));

        board.Wifi.SetAccessPoint("desk", "correct horse");
        bench.Expect(board, "wn wifi ready address=");
        bench.Expect(board, "wn error no connection to the gateway at ");
        board.Wifi.RemoveAccessPoint("desk");
        bench.Expect(board, "wn wifi lost");

        Assert.Single(bench.Lines(board), line => line.Contains("Wi-Fi gives no address"));
        Assert.DoesNotContain("correct horse", bench.Transcript());
        Assert.Equal("desk", board.Wifi.StoredSsid);
        Assert.Empty(bench.Deaths(board));
    }

    [Fact]
    public void The_time_comes_with_the_network_and_a_gateway_with_certificates_waits_for_it()
    {
        using var bench = new Bench(speed: 50);
        VirtualBoard board = Make(bench, "name=one\nevery=0\ngateway=wss://127.0.0.1:9/mesh\n");
        board.Wifi.TimeServer = new DateTime(2026, 6, 1, 0, 0, 0, DateTimeKind.Utc);
        board.Wifi.TimeMs = 60_000;
        board.Start();

        bench.Expect(board, "wn wifi ready address=");
        bench.Expect(board, "wn wifi time");
        bench.Expect(board, "wn error no connection to the gateway");
        string[] lines = [.. bench.Lines(board)];
        Assert.True(Array.IndexOf(lines, "wn wifi time") < Array.FindIndex(lines, line => line.Contains("gateway at")));
    }

    [Fact]
    public void A_chip_without_wifi_says_so_and_goes_on()
    {
        using var bench = new Bench(speed: 50);
        VirtualBoard board = Make(bench, "name=one\nevery=0\nssid=desk\npassword=correct horse\n");
        board.Wifi.HasAdapter = false;
        board.Start();

        bench.Expect(board, "wn boot name=one");
        bench.Expect(board, "wn error Wi-Fi does not connect, trying on: IndexOutOfRangeException");
    }

    [Theory]
    [InlineData(150_000, "small")]
    [InlineData(1_000_000, "full")]
    public void The_size_follows_from_the_free_heap(int freeHeap, string size)
    {
        using var bench = new Bench(speed: 10);
        VirtualBoard board = bench.Start(Make(bench, "name=one\nevery=0\n", freeHeap: freeHeap));

        Assert.Contains($" size={size} ", bench.Expect(board, "wn boot name=one"));
    }

    [Fact]
    public void Statistics_come_every_minute_in_the_documented_order()
    {
        using var bench = new Bench(speed: 200);
        VirtualBoard board = bench.Start(Make(bench, "name=one\nevery=0\n"));
        string line = bench.Expect(board, "wn stats ");

        Assert.StartsWith("v=1 uptime=", line);
        string[] names = [.. line.Split(' ').Select(word => word.Split('=')[0])];
        string document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "firmware", "README.md"));
        string table = document[document.IndexOf("### Statistics", StringComparison.Ordinal)..];
        string[] documented = [.. table.Split('\n')
            .Where(row => row.StartsWith("| `"))
            .Select(row => row.Split('`')[1])];
        Assert.Equal(documented, names);
    }

    [Fact]
    public void The_led_shows_how_the_board_is()
    {
        using var bench = new Bench(speed: 20);
        VirtualBoard alone = Make(bench, $"name=one\nevery=0\nled={Led}\n");
        List<(long Ms, bool High)> seen = Watch(alone);
        alone.Start();
        bench.Expect(alone, "wn boot name=one");

        // One flash of a tenth of a second in 3.2: nobody was met yet.
        bench.Until(() => Flashes(seen, 100, 3100), "flash of a board alone", alone);
        Assert.Equal(PinDrive.Output, alone.Pins.Mode(Led));
    }

    [Fact]
    public void The_led_of_a_board_that_refuses_to_run_blinks_fast()
    {
        using var bench = new Bench(speed: 20);
        VirtualBoard board = Make(bench, $"name=one\nevery=0\nled={Led}\n", program: BreakPrimitive("SipHash", "Compute"));
        List<(long Ms, bool High)> seen = Watch(board);
        board.Start();

        bench.Until(() => Flashes(seen, 200, 200), "fast blinking", board);
    }

    [Theory]
    [InlineData(22)]
    [InlineData(48)]
    public void A_led_at_a_pin_that_the_chip_lacks_is_named_and_the_board_goes_on(int pin)
    {
        using var bench = new Bench(speed: 10);
        VirtualBoard board = bench.Start(Make(bench, $"name=one\nevery=0\nled={pin}\n"));

        bench.Expect(board, $"wn error no LED at GPIO {pin}, the board goes on without");
        bench.Expect(board, "wn boot name=one");
        Assert.Empty(bench.Deaths(board));
    }

    [Fact]
    public void Without_the_setting_no_pin_is_touched()
    {
        using var bench = new Bench(speed: 10);
        VirtualBoard board = bench.Start(Make(bench, "name=one\nevery=0\n"));
        bench.Expect(board, "wn boot name=one");

        Assert.Null(board.Pins.Mode(Led));
    }

    private static List<(long Ms, bool High)> Watch(VirtualBoard board)
    {
        var seen = new List<(long, bool)>();
        board.PinChanged += (_, report) =>
        {
            lock (seen)
            {
                seen.Add((report.BoardMs, report.IsHigh));
            }
        };
        return seen;
    }

    private static bool Flashes(List<(long Ms, bool High)> seen, int litMs, int darkMs)
    {
        lock (seen)
        {
            return Enumerable.Range(0, Math.Max(0, seen.Count - 2)).Any(i => seen[i].High
                && Near(seen[i + 1].Ms - seen[i].Ms, litMs) && Near(seen[i + 2].Ms - seen[i + 1].Ms, darkMs));
        }
    }

    private static bool Near(long actual, int expected) => Math.Abs(actual - expected) <= 60;

    private static VirtualBoard Make(
        Bench bench, string settings, string name = "one", string? program = null, BoardFileSystem? drive = null,
        int freeHeap = 54_472) => bench.MakeFirmware(
            name, Encoding.UTF8.GetBytes(settings), null, program, drive, freeHeap);

    /// <summary>
    /// A copy of the firmware in which one method of one primitive flips a bit of the first array it is given, or of
    /// its result, as a bad flash or a bad build would.
    /// </summary>
    private static string BreakPrimitive(string type, string method)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "firmware");
        string target = Directory.CreateTempSubdirectory("firmware").FullName;
        foreach (string file in Directory.GetFiles(source).Where(file => !file.EndsWith(".pdb")))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        string library = Path.Combine(target, "WhispurrNet.Protocol.Crypto.dll");
        using (ModuleDefinition module = ModuleDefinition.ReadModule(
            library, new ReaderParameters { ReadWrite = true, InMemory = true }))
        {
            MethodDefinition broken = module.GetType($"WhispurrNet.Protocol.Crypto.{type}").Methods
                .First(candidate => candidate.Name == method && !candidate.IsStatic);
            foreach (Instruction end in broken.Body.Instructions.Where(i => i.OpCode == OpCodes.Ret).ToArray())
            {
                Spoil(broken, end);
            }

            module.Write(library);
        }

        return Path.Combine(target, "EmotionSample.exe");
    }

    private static void Spoil(MethodDefinition method, Instruction end)
    {
        ILProcessor il = method.Body.GetILProcessor();
        if (method.ReturnType.MetadataType == MetadataType.UInt64)
        {
            il.InsertBefore(end, il.Create(OpCodes.Ldc_I4_1));
            il.InsertBefore(end, il.Create(OpCodes.Conv_U8));
            il.InsertBefore(end, il.Create(OpCodes.Xor));
            return;
        }

        // Outputs are the last array among the parameters.
        ParameterDefinition output = method.Parameters.Last(parameter => parameter.ParameterType.IsArray);
        il.InsertBefore(end, il.Create(OpCodes.Ldarg, output));
        il.InsertBefore(end, il.Create(OpCodes.Ldc_I4, 0));
        il.InsertBefore(end, il.Create(OpCodes.Ldc_I4, 0x55));
        il.InsertBefore(end, il.Create(OpCodes.Stelem_I1));
    }
}
