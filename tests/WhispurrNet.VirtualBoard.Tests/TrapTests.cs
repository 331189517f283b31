using Mono.Cecil;
using Mono.Cecil.Cil;

namespace WhispurrNet.Virtual.Tests;

/// <summary>Where a board does something else than .NET: each program here goes wrong for the fact it is named by.</summary>
public sealed class TrapTests
{
    [Fact]
    public void Checked_arithmetic_wraps_facts_7_1()
    {
        // The build refuses such code (DEV010); a binary that got past it wraps, as on the interpreter.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("checked-");
        string path = Path.Combine(folder.FullName, "Checked.exe");
        try
        {
            WriteChecked(path);
            using var bench = new Bench();
            using var board = new VirtualBoard(new VirtualBoardOptions
            {
                Name = "a",
                BluetoothAddress = 1,
                EntryAssembly = path,
                EntryMethod = $"{Bench.Namespace}.Idle.Run",
                Clock = bench.Clock,
                Ether = bench.Ether,
            });
            board.Start();

            Assert.Equal("-2 2147483649 9223372034707292161", Call(board, "Overflow", int.MaxValue));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_division_by_zero_is_a_plain_exception_facts_7_1()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Idle.Run");

        Assert.Equal("5", Call(board, "Divide", 2));
        Assert.Equal("System.Exception", Call(board, "Divide", 0));
        Call(board, "DivideUncaught");
        bench.Until(() => bench.Deaths(board).Any(), "death", board);
        string death = Assert.Single(bench.Deaths(board)).Exception;
        Assert.StartsWith("System.Exception: ", death, StringComparison.Ordinal);
        Assert.Contains("Traps.cs:line", death, StringComparison.Ordinal);
    }

    [Fact]
    public void An_enum_prints_its_number_facts_7_1() => Assert.Equal("3 3 3 3 5", Run("Enums"));

    [Fact]
    public void The_calendar_begins_in_1601_facts_7_1() => Assert.Equal(1601, Run("EarliestYear"));

    [Fact]
    public void A_draw_below_a_limit_is_biased_facts_5()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Idle.Run", seed: 5);

        // A third would be fair; the remainder of 2^31 by 3 * 2^29 makes it a half.
        Assert.InRange((int)Call(board, "Bias", 4000)!, 1900, 2100);
    }

    [Fact]
    public void A_key_made_before_a_radio_is_on_is_the_same_after_every_start_facts_5()
    {
        using var bench = new Bench();
        VirtualBoard board = bench.Run("a", "Idle.Run");
        board.Wifi.Provision(null);
        board.Restart();
        object? first = Call(board, "EarlyKey");
        board.Restart();
        object? second = Call(board, "EarlyKey");

        Assert.Equal(first, second);
        Assert.Equal(16, board.Random.EarlyBytes);
        board.Serve();
        Assert.NotEqual(Call(board, "EarlyKey"), Call(board, "EarlyKey"));
        Assert.Equal(16, board.Random.EarlyBytes);
    }

    [Fact]
    public void An_identifier_comes_from_the_same_generator_facts_5()
    {
        using var bench = new Bench();
        VirtualBoard a = bench.Run("a", "Idle.Run", seed: 9);
        VirtualBoard b = bench.Run("b", "Idle.Run", seed: 9);

        string identifier = (string)Call(a, "Identifier")!;

        Assert.Equal(identifier, Call(b, "Identifier"));
        Assert.Equal('4', identifier[14]);
        Assert.NotEqual(identifier, Call(a, "Identifier"));
    }

    [Fact]
    public async Task A_board_without_threads_stays_on_does_nothing_and_does_not_reboot_facts_7()
    {
        using var bench = new Bench(speed: 100);
        VirtualBoard board = bench.Make("a", "Traps.Die");
        var power = new List<PowerReport>();
        board.PowerChanged += (_, report) => power.Add(report);
        board.Start();
        bench.Until(() => bench.Deaths(board).Any(), "death", board);
        await bench.Pass(60_000);

        Assert.True(board.IsOn);
        Assert.Equal(0, board.LiveThreads);
        Assert.Equal(["switched on"], power.Select(report => report.Reason));
    }

    private static object? Run(string method)
    {
        using var bench = new Bench();
        return Call(bench.Run("a", "Idle.Run"), method);
    }

    private static object? Call(VirtualBoard board, string method, params object?[] arguments) =>
        board.InvokeStatic($"{Bench.Namespace}.Traps", method, arguments);

    // The programs, with the arithmetic of one method checked.
    private static void WriteChecked(string path)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Bench.ProgramPath);
        MethodDefinition method = module.GetType($"{Bench.Namespace}.Traps").Methods.Single(m => m.Name == "Overflow");
        int changed = 0;
        foreach (Instruction instruction in method.Body.Instructions)
        {
            OpCode? replacement = instruction.OpCode.Code switch
            {
                Code.Add => OpCodes.Add_Ovf,
                Code.Sub => OpCodes.Sub_Ovf_Un,
                Code.Mul => OpCodes.Mul_Ovf,
                _ => null,
            };
            if (replacement is { } opCode)
            {
                instruction.OpCode = opCode;
                changed++;
            }
        }

        Assert.Equal(3, changed);
        module.Write(path);
    }
}
