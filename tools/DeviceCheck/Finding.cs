namespace WhispurrNet.DeviceCheck;

/// <summary>What a board cannot run, or this project does not allow on one.</summary>
public enum Rule
{
    ConstructedGeneric = 1,
    OwnGeneric = 2,
    MultidimensionalArray = 3,
    InterfaceBody = 4,
    NativeInteger = 5,
    Pointer = 6,
    StateMachine = 7,
    Volatile = 8,
    Limit = 9,
    Checked = 10,
    StaticInitialiser = 11,
    SansIo = 12,
    Unsupported = 13,
    NulInLiteral = 14,
    CastTrap = 15,
}

/// <summary>One reason why an assembly is refused.</summary>
/// <param name="Rule">Which rule it breaks.</param>
/// <param name="Member">Type or member, as <c>Namespace.Type.Member</c>.</param>
/// <param name="Message">What was found and why it is refused.</param>
/// <param name="File">Source file, when the symbols tell.</param>
/// <param name="Line">Line in that file, from 1; 0 when unknown.</param>
public sealed record Finding(Rule Rule, string Member, string Message, string? File = null, int Line = 0)
{
    /// <summary>The form that build tools recognise as an error with a place.</summary>
    public string Format(string assemblyPath)
    {
        string place = File is null ? assemblyPath : $"{File}({Line})";
        return $"{place}: error DEV{(int)Rule:D3}: {Member}: {Message}";
    }
}
