using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TestFrameworkShared;

namespace nanoFramework.TestFramework;

/// <summary>The assertions of the device's test framework, the obsolete ones left out.</summary>
public sealed partial class Assert
{
    /// <summary>Fails unless the condition holds.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="message">Shown when the assertion fails.</param>
    public static void IsTrue(
        bool condition, [CallerArgumentExpression(nameof(condition))] string message = "")
    {
        FailUnless(condition, "not true", message);
    }

    /// <summary>Fails if the condition holds.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="message">Shown when the assertion fails.</param>
    public static void IsFalse(
        bool condition, [CallerArgumentExpression(nameof(condition))] string message = "")
    {
        FailUnless(!condition, "not false", message);
    }

    /// <summary>Fails unless the value is null.</summary>
    /// <param name="value">The value.</param>
    /// <param name="message">Shown when the assertion fails.</param>
    public static void IsNull(object value, [CallerArgumentExpression(nameof(value))] string message = "")
    {
        FailUnless(value is null, "not null", message);
    }

    /// <summary>Fails if the value is null.</summary>
    /// <param name="value">The value.</param>
    /// <param name="message">Shown when the assertion fails.</param>
    public static void IsNotNull(object value, [CallerArgumentExpression(nameof(value))] string message = "")
    {
        FailUnless(value is not null, "null", message);
    }

    /// <summary>Fails unless both are one object.</summary>
    /// <param name="expected">The object wanted.</param>
    /// <param name="actual">The object found.</param>
    /// <param name="message">Shown when the assertion fails.</param>
    public static void AreSame(
        object expected, object actual, [CallerArgumentExpression(nameof(actual))] string message = "")
    {
        FailUnless(ReferenceEquals(expected, actual), "not the same object", message);
    }

    /// <summary>Fails if both are one object.</summary>
    /// <param name="notExpected">The object not wanted.</param>
    /// <param name="actual">The object found.</param>
    /// <param name="message">Shown when the assertion fails.</param>
    public static void AreNotSame(
        object notExpected, object actual, [CallerArgumentExpression(nameof(actual))] string message = "")
    {
        FailUnless(!ReferenceEquals(notExpected, actual), "the same object", message);
    }

    /// <summary>Fails unless the value is of the type or derived from it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="expected">The type.</param>
    /// <param name="message">Shown when the assertion fails.</param>
    public static void IsInstanceOfType(
        object value, Type expected, [CallerArgumentExpression(nameof(value))] string message = "")
    {
        FailUnless(expected.IsInstanceOfType(value), $"not a {expected}", message);
    }

    /// <summary>Fails if the value is of the type or derived from it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="notExpected">The type.</param>
    /// <param name="message">Shown when the assertion fails.</param>
    public static void IsNotInstanceOfType(
        object value, Type notExpected, [CallerArgumentExpression(nameof(value))] string message = "")
    {
        FailUnless(!notExpected.IsInstanceOfType(value), $"a {notExpected}", message);
    }

    /// <summary>Fails unless the text contains the other.</summary>
    /// <param name="expected">The text to be found.</param>
    /// <param name="value">The text searched.</param>
    /// <param name="message">Shown when the assertion fails.</param>
    public static void Contains(
        string expected, string value, [CallerArgumentExpression(nameof(value))] string message = "")
    {
        FailUnless(value.Contains(expected, StringComparison.Ordinal), $"no <{expected}> in <{value}>", message);
    }

    /// <summary>Fails if the text contains the other. (The name is the device's.)</summary>
    /// <param name="notExpected">The text not to be found.</param>
    /// <param name="value">The text searched.</param>
    /// <param name="message">Shown when the assertion fails.</param>
    public static void DoesNotContains(
        string notExpected, string value, [CallerArgumentExpression(nameof(value))] string message = "")
    {
        FailUnless(!value.Contains(notExpected, StringComparison.Ordinal), $"<{notExpected}> in <{value}>", message);
    }

    /// <summary>Fails unless the text starts with the other.</summary>
    /// <param name="expected">The start wanted.</param>
    /// <param name="value">The text.</param>
    /// <param name="message">Shown when the assertion fails.</param>
    public static void StartsWith(
        string expected, string value, [CallerArgumentExpression(nameof(value))] string message = "")
    {
        FailUnless(value.StartsWith(expected, StringComparison.Ordinal), $"<{value}> starts otherwise", message);
    }

    /// <summary>Fails unless the text ends with the other.</summary>
    /// <param name="expected">The end wanted.</param>
    /// <param name="value">The text.</param>
    /// <param name="message">Shown when the assertion fails.</param>
    public static void EndsWith(
        string expected, string value, [CallerArgumentExpression(nameof(value))] string message = "")
    {
        FailUnless(value.EndsWith(expected, StringComparison.Ordinal), $"<{value}> ends otherwise", message);
    }

    /// <summary>Fails unless the action throws just that exception, none derived from it.</summary>
    /// <param name="exception">The type of exception.</param>
    /// <param name="action">The action.</param>
    /// <param name="message">Shown when the assertion fails.</param>
    public static void ThrowsException(
        Type exception, Action action, [CallerArgumentExpression(nameof(action))] string message = "")
    {
        Type thrown = null;
        try
        {
            action();
        }
        catch (Exception caught)
        {
            thrown = caught.GetType();
        }

        FailUnless(thrown == exception, $"expected {exception}, found {thrown?.ToString() ?? "none"}", message);
    }

    /// <summary>Ends the test as skipped.</summary>
    /// <param name="message">The reason.</param>
    /// <exception cref="SkipTestException">Always.</exception>
    [DoesNotReturn]
    public static void SkipTest(string message = null)
    {
        throw new SkipTestException(message);
    }

    internal static void FailUnless(bool holds, string finding, string message)
    {
        if (!holds)
        {
            Fail(finding, message);
        }
    }

    [DoesNotReturn]
    private static void Fail(string finding, string message)
    {
        throw new AssertFailedException(string.IsNullOrEmpty(message) ? finding : $"{finding}: {message}");
    }
}
