using System;

namespace nanoFramework.TestFramework;

/// <summary>The class holds tests.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class TestClassAttribute : Attribute
{
    /// <summary>Gives the attribute back.</summary>
    /// <param name="testMethodAttribute">An attribute.</param>
    /// <returns>The same.</returns>
    public virtual TestMethodAttribute GetTestMethodAttribute(TestMethodAttribute testMethodAttribute)
    {
        return testMethodAttribute;
    }
}

/// <summary>The method is a test.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false)]
public class TestMethodAttribute : Attribute
{
}

/// <summary>The method runs once before the tests of its class.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false)]
public class SetupAttribute : Attribute
{
}

/// <summary>The method runs once after the tests of its class.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false)]
public class CleanupAttribute : Attribute
{
}

/// <summary>The method runs once with each such row of arguments.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public class DataRowAttribute : Attribute
{
    /// <summary>A row of arguments.</summary>
    /// <param name="methodParameters">The arguments, at least one.</param>
    public DataRowAttribute(params object[] methodParameters)
    {
        ArgumentNullException.ThrowIfNull(methodParameters);
        ArgumentOutOfRangeException.ThrowIfZero(methodParameters.Length, nameof(methodParameters));
        MethodParameters = methodParameters;
    }

    /// <summary>The arguments.</summary>
    public object[] MethodParameters { get; }
}
