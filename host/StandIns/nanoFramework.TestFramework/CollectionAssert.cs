using System.Collections;
using System.Linq;

namespace nanoFramework.TestFramework;

/// <summary>Assertions on collections.</summary>
public sealed class CollectionAssert
{
    /// <summary>Fails unless both hold equal elements in one order.</summary>
    /// <param name="expected">The elements wanted.</param>
    /// <param name="actual">The elements found.</param>
    /// <param name="message">Shown when the assertion fails.</param>
    public static void AreEqual(ICollection expected, ICollection actual, string message = "")
    {
        Assert.FailUnless(SameElements(expected, actual), "the collections differ", message);
    }

    /// <summary>Fails if both hold equal elements in one order.</summary>
    /// <param name="notExpected">The elements not wanted.</param>
    /// <param name="actual">The elements found.</param>
    /// <param name="message">Shown when the assertion fails.</param>
    public static void AreNotEqual(ICollection notExpected, ICollection actual, string message = "")
    {
        Assert.FailUnless(!SameElements(notExpected, actual), "the collections are equal", message);
    }

    /// <summary>Fails unless the collection is empty.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="message">Shown when the assertion fails.</param>
    public static void Empty(ICollection collection, string message = "")
    {
        Assert.FailUnless(collection.Count == 0, "the collection is not empty", message);
    }

    /// <summary>Fails if the collection is empty.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="message">Shown when the assertion fails.</param>
    public static void NotEmpty(ICollection collection, string message = "")
    {
        Assert.FailUnless(collection.Count != 0, "the collection is empty", message);
    }

    private static bool SameElements(ICollection a, ICollection b)
    {
        if (a is null || b is null)
        {
            return ReferenceEquals(a, b);
        }

        return a.Cast<object>().SequenceEqual(b.Cast<object>());
    }
}
