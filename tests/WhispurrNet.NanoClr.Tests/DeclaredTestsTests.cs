using System.Diagnostics.CodeAnalysis;
using nanoFramework.TestFramework;
using Xunit;

namespace nanoFramework.TestFramework
{
    // The real attributes exist for the board only; the reader goes by their names.
    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class TestClassAttribute : Attribute;

    [AttributeUsage(AttributeTargets.Method)]
    internal sealed class TestMethodAttribute : Attribute;

    [AttributeUsage(AttributeTargets.Method)]
    internal sealed class SetupAttribute : Attribute;

    [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    internal sealed class DataRowAttribute(int value) : Attribute
    {
        public int Value { get; } = value;
    }
}

namespace WhispurrNet.NanoClr.Tests
{
    public class DeclaredTestsTests
    {
        [Fact]
        public void ReadsRolesAndCountsRowsAndListsWhatTheLauncherPassesOver()
        {
            IReadOnlyList<DeclaredTest> tests = DeclaredTests.Read(typeof(DeviceSample).Assembly.Location);

            string name = typeof(DeviceSample).FullName!;
            Assert.Equal(
                [
                    new DeclaredTest(name, name + ".Prepare", TestRole.Setup, 1),
                    new DeclaredTest(name, name + ".Plain", TestRole.Test, 1),
                    new DeclaredTest(name, name + ".Rows", TestRole.Test, 2),
                    new DeclaredTest(
                        typeof(NoTestClass).FullName!, typeof(NoTestClass).FullName + ".NeverRun", TestRole.Test, 1),
                ],
                tests);
        }
    }

    [TestClass]
    [SuppressMessage("Performance", "CA1822", Justification = "Shaped like a device test.")]
    internal sealed class DeviceSample
    {
        [Setup]
        public void Prepare()
        {
        }

        [TestMethod]
        public void Plain()
        {
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(2)]
        public void Rows(int value) => Assert.NotEqual(0, value);

        public void Helper()
        {
        }
    }

    internal sealed class NoTestClass
    {
        [TestMethod]
        public static void NeverRun()
        {
        }
    }
}
