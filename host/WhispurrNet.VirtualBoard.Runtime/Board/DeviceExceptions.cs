using System.Collections.Frozen;

namespace WhispurrNet.Virtual;

/// <summary>
/// The exceptions that a device knows. What .NET throws beyond them, such as DivideByZeroException, a program sees as a
/// plain System.Exception (facts 7.1).
/// </summary>
public static class DeviceExceptions
{
    private static readonly FrozenSet<Type> s_known = new[]
    {
        typeof(Exception), typeof(SystemException), typeof(ApplicationException), typeof(AppDomainUnloadedException),
        typeof(ArgumentException), typeof(ArgumentNullException), typeof(ArgumentOutOfRangeException),
        typeof(FormatException), typeof(IndexOutOfRangeException), typeof(InvalidCastException),
        typeof(InvalidOperationException), typeof(NotImplementedException), typeof(NotSupportedException),
        typeof(NullReferenceException), typeof(ObjectDisposedException), typeof(OutOfMemoryException),
        typeof(PlatformNotSupportedException), typeof(TimeoutException),
    }.ToFrozenSet();

    /// <summary>What the device would have thrown: the exception itself or a plain one with its message.</summary>
    public static Exception Translate(Exception exception)
    {
        Type type = exception.GetType();
        bool isForeign = type.Assembly == typeof(object).Assembly && !s_known.Contains(type);
        return isForeign ? new Exception(exception.Message) : exception;
    }
}
