using WhispurrNet.DeviceCheck;

const string Usage = "Usage: DeviceCheck ASSEMBLY [--sans-io] [--source-root FOLDER]";

string? path = null;
var options = new CheckOptions();
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--sans-io":
            options = options with { SansIo = true };
            break;
        case "--source-root" when i + 1 < args.Length:
            options = options with { SourceRoot = args[++i] };
            break;
        case var one when path is null && !one.StartsWith('-'):
            path = one;
            break;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}

if (path is null || !File.Exists(path))
{
    Console.Error.WriteLine(path is null ? Usage : $"There is no file {path}.");
    return 2;
}

IReadOnlyList<Finding> findings = AssemblyCheck.Run(path, options);
foreach (Finding finding in findings)
{
    Console.WriteLine(finding.Format(path));
}

return findings.Count == 0 ? 0 : 1;
