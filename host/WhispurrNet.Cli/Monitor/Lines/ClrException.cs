using System.Globalization;

namespace WhispurrNet.Cli.Monitor.Lines;

/// <summary>A frame of a stack.</summary>
/// <param name="Method">Namespace, class and method, as in <c>Kitchen.Program::Main</c>.</param>
/// <param name="Ip">Where in the method: an offset into its IL.</param>
internal sealed record StackFrameLine(string Method, int Ip);

/// <summary>An exception as the CLR prints it.</summary>
/// <remarks>
/// Each line stands between marks (nf-interpreter, CLR_RT_DUMP::EXCEPTION):
/// <code>
/// ++++ Exception TYPE - HRESULT (THREAD) ++++
/// ++++ Message: TEXT
/// ++++ METHOD [IP: HEX] ++++
/// </code>
/// The CLR prints it when it is thrown, whether or not somebody catches it.
/// </remarks>
/// <param name="Type">Full name of its class.</param>
/// <param name="HResult">A name such as <c>CLR_E_NULL_REFERENCE</c>, or <c>0x</c> and eight digits.</param>
/// <param name="Thread">Number of the thread that threw it.</param>
/// <param name="Message">Its message, perhaps of several lines; null when none was printed.</param>
/// <param name="Frames">Its stack, the innermost method first.</param>
/// <param name="IsUncaught">Whether the CLR says that nobody caught it.</param>
internal sealed record ClrException(
    string Type, string HResult, int Thread, string? Message, IReadOnlyList<StackFrameLine> Frames, bool IsUncaught)
{
    /// <summary>What begins and mostly ends each line.</summary>
    public const string Mark = "++++ ";

    private const string Head = "++++ Exception ";
    private const string MessageHead = "++++ Message:";
    private const string End = " ++++";
    private const string IpMark = " [IP: ";

    /// <summary>Whether a line, without blanks around it, is the first of an exception.</summary>
    public static bool IsHead(ReadOnlySpan<char> line) => TryReadHead(line, out _);

    /// <summary>Whether it is the message of one.</summary>
    public static bool IsMessage(ReadOnlySpan<char> line) => line.StartsWith(MessageHead, StringComparison.Ordinal);

    /// <summary>Whether it is a frame of one.</summary>
    public static bool IsFrame(ReadOnlySpan<char> line) => TryReadFrame(line, out _);

    /// <summary>Reads a first line.</summary>
    public static bool TryReadHead(ReadOnlySpan<char> line, out ClrException? exception)
    {
        exception = null;
        if (!line.StartsWith(Head, StringComparison.Ordinal) || !line.EndsWith(End, StringComparison.Ordinal)
            || line.Length < Head.Length + End.Length)
        {
            return false;
        }

        ReadOnlySpan<char> rest = line[Head.Length..^End.Length];
        int dash = rest.IndexOf(" - ", StringComparison.Ordinal);
        int open = rest.LastIndexOf(" (", StringComparison.Ordinal);
        if (dash <= 0 || open < dash + 3 || !rest.EndsWith(")", StringComparison.Ordinal)
            || !int.TryParse(rest[(open + 2)..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int thread))
        {
            return false;
        }

        exception = new(rest[..dash].ToString(), rest[(dash + 3)..open].ToString(), thread, null, [], false);
        return true;
    }

    /// <summary>The text of a message's line.</summary>
    public static string ReadMessage(ReadOnlySpan<char> line) => line[MessageHead.Length..].Trim(' ').ToString();

    /// <summary>Reads a line of the stack.</summary>
    public static bool TryReadFrame(ReadOnlySpan<char> line, out StackFrameLine? frame)
    {
        frame = null;
        int ip = line.LastIndexOf(IpMark, StringComparison.Ordinal);
        if (ip <= Mark.Length || !line.StartsWith(Mark, StringComparison.Ordinal)
            || !line.EndsWith("] ++++", StringComparison.Ordinal) || line.Length < ip + IpMark.Length + 6
            || !int.TryParse(
                line[(ip + IpMark.Length)..^6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int offset))
        {
            return false;
        }

        frame = new(line[Mark.Length..ip].ToString(), offset);
        return true;
    }
}
