using System.Collections.Frozen;
using System.Reflection;

namespace WhispurrNet.Virtual;

/// <summary>
/// The exceptions that a device knows: those that its mscorlib shares with .NET. What .NET throws beyond them, such as
/// DivideByZeroException, a program sees as a plain System.Exception (facts 7.1).
/// </summary>
/// <param name="mscorlib">The stand-in whose type forwards say what is shared.</param>
public sealed class DeviceExceptions(Assembly mscorlib)
{
    private readonly FrozenSet<Type> _known = mscorlib.GetForwardedTypes()
        .Where(type => type.IsAssignableTo(typeof(Exception)))
        .ToFrozenSet();

    /// <summary>What the device would have thrown: the exception itself or a plain one with its message.</summary>
    public Exception Translate(Exception exception)
    {
        Type type = exception.GetType();
        bool isForeign = type.Assembly == typeof(object).Assembly && !_known.Contains(type);
        return isForeign ? new Exception(exception.Message) : exception;
    }
}
