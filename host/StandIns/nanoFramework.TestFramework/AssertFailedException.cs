using System;

namespace TestFrameworkShared;

/// <summary>An assertion did not hold.</summary>
public class AssertFailedException : Exception
{
    /// <summary>Without a message.</summary>
    public AssertFailedException()
    {
    }

    /// <summary>With a message.</summary>
    /// <param name="msg">The message.</param>
    public AssertFailedException(string msg)
        : base(msg)
    {
    }

    /// <summary>With a message and a cause.</summary>
    /// <param name="msg">The message.</param>
    /// <param name="ex">The cause.</param>
    public AssertFailedException(string msg, Exception ex)
        : base(msg, ex)
    {
    }
}
