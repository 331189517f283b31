namespace WhispurrNet.Virtual.Serial.Line;

/// <summary>How the CLR prints an exception that nobody caught.</summary>
internal static class ExceptionText
{
    /// <summary>The lines.</summary>
    /// <param name="exception">Type, message and stack as .NET prints them.</param>
    public static string Of(string exception)
    {
        string[] lines = exception.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int colon = lines[0].IndexOf(": ", StringComparison.Ordinal);
        string type = colon < 0 ? lines[0] : lines[0][..colon];
        string message = colon < 0 ? string.Empty : lines[0][(colon + 2)..];
        IEnumerable<string> stack = lines.Skip(1)
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("at ", StringComparison.Ordinal))
            .Select(line => $"    ++++ {Method(line)} [IP: 0000] ++++\r\n");
        return $"    ++++ Exception {type} - CLR_E_FAIL (1) ++++\r\n    ++++ Message: {message}\r\n{string.Concat(stack)}"
            + " Uncaught exception \r\n";
    }

    private static string Method(string line)
    {
        int end = line.IndexOf('(', StringComparison.Ordinal);
        string name = end < 0 ? line[3..] : line[3..end];
        int dot = name.LastIndexOf('.');
        return dot < 0 ? name : $"{name[..dot]}::{name[(dot + 1)..]}";
    }
}
