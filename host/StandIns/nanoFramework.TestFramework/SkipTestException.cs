using System;

namespace nanoFramework.TestFramework;

/// <summary>A test asks to be counted as skipped.</summary>
public class SkipTestException : Exception
{
    /// <summary>With the reason and a cause, both optional.</summary>
    /// <param name="message">The reason.</param>
    /// <param name="innerException">The cause.</param>
    public SkipTestException(string message = null, Exception innerException = null)
        : base(message, innerException)
    {
    }
}
