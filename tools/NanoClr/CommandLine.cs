using System.CommandLine;

namespace WhispurrNet.NanoClr;

/// <summary>Commands, options and what they print.</summary>
internal static class CommandLine
{
    private const int DefaultTimeoutSeconds = 300;

    private static readonly TimeSpan s_programTimeout = TimeSpan.FromHours(1);

    private static readonly Option<bool> s_json = new("--json")
    {
        Description = "Print one JSON object instead of tables.",
        Recursive = true,
    };

    /// <summary>Runs the program.</summary>
    /// <returns>0 if all went well, 1 if a test or a conversion failed, 2 if something the user has to provide is
    /// absent or wrong.</returns>
    public static int Run(IReadOnlyList<string> args)
    {
        ParseResult parsed = Build().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            Console.Error.WriteLine(parsed.Errors[0].Message);
            return RunnerException.UsageExitCode;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (RunnerException e)
        {
            Console.Error.WriteLine(e.Message);
            return e.ExitCode;
        }
    }

    private static RootCommand Build()
    {
        var assembly = new Argument<string?>("assembly")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "A built NFUnitTest.dll; by default the Release build of tests/WhispurrNet.DeviceTests.",
        };
        var timeout = new Option<int>("--timeout")
        {
            DefaultValueFactory = _ => DefaultTimeoutSeconds,
            Description = "Seconds after which nanoCLR is stopped, 1 or more.",
        };
        timeout.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out int value) || value < 1))
            {
                result.AddError("--timeout takes a number of seconds, 1 or more.");
            }
        });

        Command soak = Program(
            "soak",
            "Runs 10,000 contacts and 100,000 frames on nanoCLR and watches the free heap.",
            ProgramRun.Soak,
            ProgramRun.SoakDone);
        Command costs = Program(
            "costs", "Prints the time that operations take on nanoCLR.", ProgramRun.Costs, ProgramRun.CostsDone);
        Command cross = Program(
            "cross",
            "Checks every primitive with 10,000 random inputs on nanoCLR.",
            ProgramRun.CrossCheck,
            ProgramRun.CrossCheckDone);
        var root = new RootCommand("Runs device tests on an installed nanoCLR.")
        {
            assembly, timeout, s_json, Sizes(), Heap(), soak, costs, cross,
        };
        root.SetAction(parsed => Test(
            parsed.GetValue(assembly), TimeSpan.FromSeconds(parsed.GetValue(timeout)), parsed.GetValue(s_json)));
        return root;
    }

    private static Command Sizes()
    {
        var assemblies = new Argument<string[]>("assemblies")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Built device assemblies.",
        };
        var output = new Option<string?>("--output") { Description = "Folder in which to keep the PE files." };
        var command = new Command("sizes", "Converts device assemblies and prints the sizes of their PE files.")
        {
            assemblies,
            output,
        };
        command.SetAction(parsed => WriteFiles(
            parsed.GetValue(assemblies)!, parsed.GetValue(output), parsed.GetValue(s_json), ReportWriter.WriteSizes));
        return command;
    }

    private static Command Heap()
    {
        var assemblies = new Argument<string[]>("assemblies")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Built device assemblies.",
        };
        var command = new Command("heap", "Prints the managed heap that the assemblies of an image take on a chip.")
        {
            assemblies,
        };
        command.SetAction(parsed => WriteFiles(
            parsed.GetValue(assemblies)!, output: null, parsed.GetValue(s_json), ReportWriter.WriteHeap));
        return command;
    }

    private static Command Program(string name, string description, string program, string done)
    {
        var assembly = new Argument<string?>("assembly")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = $"A built {program}.exe; by default the Release build of tests/{program}.",
        };
        var command = new Command(name, description) { assembly };
        command.SetAction(parsed => ProgramRun.Run(
            parsed.GetValue(assembly) ?? ProjectFiles.DefaultProgram(program),
            done,
            Toolset.Locate(),
            s_programTimeout,
            Console.Out)
            ? 0
            : RunnerException.FailureExitCode);
        return command;
    }

    private static int Test(string? assembly, TimeSpan timeout, bool json)
    {
        Toolset tools = Toolset.Locate();
        DeviceTestResult result = DeviceTestRun.Run(assembly ?? ProjectFiles.DefaultTestAssembly(), tools, timeout);
        if (json)
        {
            ReportWriter.WriteJson(Console.Out, result.Files, result.Report);
        }
        else
        {
            ReportWriter.WriteSizes(Console.Out, result.Files);
            ReportWriter.WriteTests(Console.Out, result.Report);
        }

        return result.Report.IsSuccess ? 0 : RunnerException.FailureExitCode;
    }

    private static int WriteFiles(
        IReadOnlyList<string> assemblies,
        string? output,
        bool json,
        Action<TextWriter, IReadOnlyList<PeFile>> write)
    {
        Toolset tools = Toolset.Locate();
        DirectoryInfo folder = output is null
            ? Directory.CreateTempSubdirectory("nanoclr-")
            : Directory.CreateDirectory(output);
        try
        {
            IReadOnlyList<PeFile> files = PeConverter.Convert(assemblies, tools, folder.FullName);
            if (json)
            {
                ReportWriter.WriteJson(Console.Out, files, report: null);
            }
            else
            {
                write(Console.Out, files);
            }

            IReadOnlyList<string> broken = SizeLimits.Broken(files);
            foreach (string sentence in broken)
            {
                Console.Error.WriteLine(sentence);
            }

            return broken.Count == 0 ? 0 : RunnerException.FailureExitCode;
        }
        finally
        {
            if (output is null)
            {
                folder.Delete(recursive: true);
            }
        }
    }
}
