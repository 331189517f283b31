using System.Globalization;

namespace WhispurrNet.NanoffStandIn;

/// <summary>
/// Takes nanoff's arguments, writes what nanoff writes, and touches no port. Descriptions after error codes are its
/// own: only the codes are fixed.
/// </summary>
internal static class Program
{
    private const int FlashSize = 4 * 1024 * 1024;

    // What is written where: boot loader, runtime, partition table, configuration.
    private static readonly (uint Address, int Size)[] s_parts =
        [(0x1000, 26_800), (0x10000, 1_689_600), (0x8000, 3_072), (0x3C0000, 262_144)];

    private static int Main(string[] arguments)
    {
        if (Settings.Log is { } log)
        {
            File.AppendAllText(log, $"{Environment.ProcessId} {string.Join(' ', arguments)}\n");
        }

        Screen.Start();
        Screen.WriteLine(".NET nanoFramework Firmware Flasher v0.0.0 (stand-in)");
        Screen.WriteLine();
        int code = Has(arguments, "--nanodevice") ? Deploy() : OnBootLoader(arguments);
        if (code != 0)
        {
            // Connecting is told by its words, as the code alone does not tell it.
            string text = code == 4000 && Settings.Fail == "E4000" ? "Failed to connect to the boot loader" : "in the stand-in";
            Screen.WriteLine($"Error E{code}: stand-in. ({text})", ConsoleColor.Red);
        }

        // The pieces there were, for tests that interrupt at each.
        if (Settings.Log is { } counted)
        {
            File.AppendAllText(counted, $"pieces {Screen.Pieces}\n");
        }

        return code;
    }

    private static int OnBootLoader(string[] arguments)
    {
        // Before a chip is there.
        if (Code() is >= 4000 and < 4001 or >= 4005 and < 7000 or 9000 or 9013 or 9010)
        {
            if (Code() == 4000)
            {
                Screen.Write("Reading details from chip...");
                Screen.WriteLine("*** Hold down the BOOT/FLASH button in ESP32 board ***", ConsoleColor.Magenta);
                Screen.WriteLine();
            }

            return Code();
        }

        Screen.Write("Reading details from chip...");
        Thread.Sleep(Settings.PaceMs * 4);
        Screen.WriteLine("OK", ConsoleColor.Green);
        Screen.WriteLine();
        Screen.WriteLine("Connected to:", ConsoleColor.Cyan);
        foreach (string line in Chips.Describe(Settings.Chip))
        {
            Screen.WriteLine(line, ConsoleColor.Cyan);
        }

        if (Value(arguments, "--backupfile") is { } file && ReadFlash(arguments, file) is var read and not 0)
        {
            return read;
        }

        if (Has(arguments, "--devicedetails"))
        {
            return Code() is 0 or (> 9000 and < 9100) or >= 4001 ? 0 : Code();
        }

        return Has(arguments, "--update") ? Update(arguments) : WriteAt(arguments);
    }

    private static int ReadFlash(string[] arguments, string file)
    {
        if (Code() is 4004 or 9002)
        {
            return Code();
        }

        for (int percent = 0; percent <= 100; percent += 10)
        {
            Screen.Percent("Reading flash", percent);
        }

        Screen.ClearLine();
        Screen.WriteLine($"Read {FlashSize} bytes from flash.");
        string path = Path.Combine(Value(arguments, "--backuppath")!, file);
        File.WriteAllBytes(path, Settings.Flash is { } flash ? File.ReadAllBytes(flash) : new byte[FlashSize]);
        Screen.WriteLine($"Flash backup saved to {file}");
        return 0;
    }

    private static int Update(string[] arguments)
    {
        if (Code() is 4001 or >= 9000)
        {
            return Code();
        }

        Screen.Write("Downloading firmware package...");
        Screen.WriteLine("OK", ConsoleColor.Green);
        Screen.WriteLine();
        Screen.WriteLine("Updating to 1.17.0.42");
        Screen.WriteLine();
        if (Has(arguments, "--masserase"))
        {
            Screen.Write("Erasing flash...");
            if (Code() == 4002)
            {
                Screen.WriteLine();
                return Code();
            }

            Screen.WriteLine("OK", ConsoleColor.Green);
        }
        else if (!Has(arguments, "--nobackupconfig"))
        {
            Screen.WriteLine("Backup configuration...");
            for (int percent = 0; percent <= 100; percent += 25)
            {
                Screen.Percent("Backing up config partition", percent);
            }

            Screen.BackToTitle();
            Screen.Write("Backup configuration...");
            Screen.WriteLine("OK", ConsoleColor.Green);
        }

        Screen.WriteLine("Flashing firmware...");
        if (!WriteParts(s_parts))
        {
            return Code();
        }

        Screen.BackToTitle();
        Screen.Write("Flashing firmware...");
        Screen.WriteLine("OK", ConsoleColor.Green);
        return 0;
    }

    private static int WriteAt(string[] arguments)
    {
        string address = Value(arguments, "--address")!;
        Screen.Write("Flashing deployment partition...");
        int size = (int)new FileInfo(Value(arguments, "--image")!).Length;
        if (!WriteParts([(uint.Parse(address.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture), size)]))
        {
            return Code();
        }

        Screen.WriteLine("OK", ConsoleColor.Green);
        return 0;
    }

    private static bool WriteParts((uint Address, int Size)[] parts)
    {
        foreach ((uint address, int size) in parts)
        {
            int compressed = (size / 2) + 1;
            Screen.WriteLine($"Compressed {size} bytes to {compressed}...");
            int blocks = Math.Clamp(size / 200_000, 2, Settings.PaceMs > 0 ? 24 : 6);
            for (int block = 1; block <= blocks; block++)
            {
                Screen.Bar(address + (uint)((long)size * block / blocks), compressed * block / blocks, compressed);
                if (Code() == 4003 && block == 2)
                {
                    Screen.ClearLine();
                    return false;
                }
            }

            Screen.ClearLine();
            Screen.WriteLine($"Wrote {size} bytes ({compressed} compressed) at 0x{address:X8} in 1.0 seconds (1.0 kbit/s).");
            Screen.WriteLine("Verifying written data...");
            Screen.WriteLine("Hash of data verified.");
        }

        Screen.ClearLine();
        Screen.WriteLine("Flash write complete.", ConsoleColor.Green);
        return true;
    }

    private static int Deploy()
    {
        Screen.Write("Getting details from nano device...");
        if (Code() == 2000)
        {
            Screen.WriteLine();
            return Code();
        }

        Screen.WriteLine("OK", ConsoleColor.Green);
        Screen.Write("Deploying managed application...");
        if (Code() == 2002)
        {
            Screen.WriteLine("FAILED!", ConsoleColor.Red);
            return Code();
        }

        Screen.WriteLine("OK", ConsoleColor.Green);
        Screen.Write("Rebooting...");
        Screen.WriteLine("OK", ConsoleColor.Green);
        return 0;
    }

    private static int Code() =>
        Settings.Fail is { } code ? int.Parse(code.AsSpan(1), CultureInfo.InvariantCulture) : 0;

    private static bool Has(string[] arguments, string name) => arguments.Contains(name);

    private static string? Value(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is var at and >= 0 ? arguments[at + 1] : null;
}
