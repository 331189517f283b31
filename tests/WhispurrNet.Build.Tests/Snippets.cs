using System.Text;

namespace WhispurrNet.Build.Tests;

/// <summary>What a board lacks, one small program each.</summary>
internal static class Snippets
{
    public static readonly IReadOnlyList<Snippet> Accepted =
    [
        new("Plain", [], """
            private static readonly byte[] Numbers = { 1, 2, 3, 5, 8, 13, 21, 34, 55 };
            public delegate int Measure(string text);
            public static int Sum(string text)
            {
                Measure length = t => t.Length;
                int sum = length(text) switch { > 5 => 1, _ => 0 };
                foreach (byte number in Numbers) { sum += number; }
                int[][] jagged = new int[2][];
                jagged[0] = new int[] { sum };
                lock (jagged) { return jagged[0][0] << 1; }
            }
            """),
        new("ClockOutsideTheCore", [], "public static DateTime Now() { Thread.Sleep(1); return DateTime.UtcNow; }"),
        new("LocalsAtTheLimit", [], Locals(255)),
        new("CastsThatAgree", [], """
            private static uint s_word = 0xFFFFFFF1u;
            public static int F(int i, int n) => (int)s_word / n + (int)((uint)i >> n) + (int)(s_word & 0xFF) % 7;
            public static ulong G() => (ulong)s_word << 32 | (s_word >> 3);
            public static bool H() => (int)s_word < 0;
            """),
    ];

    public static readonly IReadOnlyList<Snippet> Refused =
    [
        // The compiler's part: not in the reference assemblies, or not in C# 9.
        new("SpanOfByte", ["CS0246"], "public static int F(byte[] b) { Span<byte> s = b; return s.Length; }"),
        new("ListOfInt", ["CS0234"], "public static object F() => new System.Collections.Generic.List<int>();"),
        new("StringReplace", ["CS1061"], "public static string F(string s) => s.Replace(\"a\", \"b\");"),
        new("StringJoin", ["CS0117"], "public static string F(string[] s) => string.Join(\",\", s);"),
        new("FuncOfInt", ["CS0246"], "public static int F() { Func<int> f = () => 1; return f(); }"),
        new("ActionOfInt", ["CS0308"], "public static void F() { Action<int> a = i => { }; a(1); }"),
        new("Async", ["CS0518", "CS0656"], "public static async void F() { Thread.Sleep(1); }"),
        new("Linq", ["CS0234"], "public static object F(int[] a) => System.Linq.Enumerable.ToArray(a);"),
        new("Yield", ["CS0518", "CS0656"], "public static System.Collections.IEnumerable F() { yield return 1; }"),
        new("NullableInt", ["CS0518"], "public static bool F(int? i) => i == 1;"),
        new("Tuple", ["CS8137", "CS8179"], "public static (int A, int B) F() => (1, 2);"),
        new("Decimal", ["CS0518", "CS0656"], "public static decimal F() => 1.5m;"),
        new("IndexFromEnd", ["CS0518", "CS0656"], "public static int F(int[] a) => a[^1];"),
        new("Record", ["CS0518", "CS0656"], "public record Pair(int A, int B);"),
        new("Volatile", ["CS0518"], "private static volatile int s_flag;"),
        new("MathMissing", ["CS0103"], "public static int F(int i) => Math.Abs(i);"),

        // The check's part: they compile, and a board cannot run them.
        new("OwnGenericType", ["DEV002"], "public class Box<T> { public T Value; }"),
        new("OwnGenericMethod", ["DEV002"], "public static T F<T>(T value) => value;"),
        new("ConstructedGeneric", ["DEV001", "DEV002"], """
            public class Box<T> { }
            public static object F() => new Box<int>();
            """),
        new("MultidimensionalArray", ["DEV003"], "public static int F() { int[,] m = new int[2, 2]; return m[1, 1]; }"),
        new("MultidimensionalField", ["DEV003"], "private static int[,] s_matrix;"),
        new("InterfaceBody", ["DEV004"], "public interface IDefault { int One() => 1; }"),
        new("NativeInteger", ["DEV005"], "public static nint F(nint a) => a + 1;"),
        new("StackAlloc", ["DEV005", "DEV006"], """
            public static unsafe int F() { byte* p = stackalloc byte[4]; p[1] = 7; return p[1]; }
            """),
        new("Fixed", ["DEV005", "DEV006"], """
            public static unsafe int F(byte[] b) { fixed (byte* p = b) { return *p; } }
            """),
        new("Checked", ["DEV010"], "public static int F(int a, int b) => checked(a + b);"),
        new("StaticInitialiser", ["DEV011"], "private static readonly int s_length = Elsewhere.Table.Length;"),
        new("Extern", ["DEV013"], """
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.InternalCall)]
            public static extern int F();
            """),
        new("NulInLiteral", ["DEV014"], "public static string F() => \"a\\0b\";"),
        new("CastShift", ["DEV015"], "private static uint s_word = 1; public static int F() => (int)s_word >> 4;"),
        new("CastRemainder", ["DEV015"], "public static int F(uint[] a, int n) => (int)a[0] % n;"),
        new("CastWiden", ["DEV015"], "public static long F(uint[] a) => (long)(int)(a[0] ^ a[1]);"),
        new("CastToDouble", ["DEV015"], "private static uint s_word = 1; public static double F() => (int)s_word;"),
        new("CastDifference", ["DEV015"], "public static long F(uint a, uint b) => ((long)a - (long)b) >> 4;"),

        // Limits that conversion to a PE file passes in silence.
        new("TooManyLocals", ["DEV009"], Locals(256)),
        new("TooManyArguments", ["DEV009"], Arguments(256, call: false)),
        new("TooDeepStack", ["DEV009"], Arguments(253, call: true)),
        new("TooManyArms", ["DEV009"], Arms(300)),
        new("TooLongBranch", ["DEV009"], LongBranch(6000)),
        new("TooMuchCode", ["DEV009"], MuchCode(30, 400)),

        // Only under the rules of the protocol core.
        new("Clock", ["DEV012"], "public static DateTime F() => DateTime.UtcNow;", SansIo: true),
        new("Sleep", ["DEV012"], "public static void F() => Thread.Sleep(1);", SansIo: true),
        new("Chance", ["DEV012"], "public static int F() => new Random().Next();", SansIo: true),
        new("ConsoleOutput", ["DEV012"], "public static void F() => Console.WriteLine(\"x\");", SansIo: true),
        new("Lock", ["DEV012"], "public static void F(object o) { lock (o) { } }", SansIo: true),
    ];

    // Every local is used twice after calls, so that the optimiser keeps each.
    private static string Locals(int count)
    {
        var text = new StringBuilder("public static int G(int i) => i;\npublic static int F()\n{\n");
        Repeat(text, count, i => $"int v{i} = G({i}); ");
        text.Append("\nreturn 0");
        Repeat(text, count, i => $" + G(v{i}) * v{i}");
        return text.Append(";\n}").ToString();
    }

    private static string Arguments(int count, bool call)
    {
        string parameters = string.Join(", ", Enumerable.Range(0, count).Select(i => $"int a{i}"));
        string values = string.Join(", ", Enumerable.Range(0, count));
        string caller = call ? $"public static int G() => F({values});" : "";
        return $"public static int F({parameters}) => a0;\n{caller}";
    }

    private static string Arms(int count)
    {
        var text = new StringBuilder("public static int F(int i) { switch (i) {");
        Repeat(text, count, i => $"case {i}: return {(i * 7919) % 1000}; ");
        return text.Append("default: return 0; } }").ToString();
    }

    private static string LongBranch(int count)
    {
        var text = new StringBuilder("public static int F(int i) { while (i < 100) {");
        Repeat(text, count, i => $"i ^= {100000 + i}; ");
        return text.Append("} return i; }").ToString();
    }

    private static string MuchCode(int methods, int count)
    {
        var text = new StringBuilder();
        for (int m = 0; m < methods; m++)
        {
            text.Append($"public static int F{m}(int i) {{");
            Repeat(text, count, i => $"i ^= {100000 + i}; ");
            text.Append("return i; }\n");
        }

        return text.ToString();
    }

    private static void Repeat(StringBuilder text, int count, Func<int, string> part)
    {
        for (int i = 0; i < count; i++)
        {
            text.Append(part(i));
        }
    }
}
