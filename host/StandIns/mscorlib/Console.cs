using WhispurrNet.Virtual;

namespace System
{
    public static class Console
    {
        public static void Write(string value) => Gate.Board.WriteSerial(value ?? "");

        public static void WriteLine() => Gate.Board.WriteSerial("\r\n");

        public static void WriteLine(string value) => Gate.Board.WriteSerial(value + "\r\n");
    }
}

namespace System.Diagnostics
{
    public static class Debug
    {
        [Conditional("DEBUG")]
        public static void Assert(bool condition) => Assert(condition, null, null);

        [Conditional("DEBUG")]
        public static void Assert(bool condition, string message) => Assert(condition, message, null);

        [Conditional("DEBUG")]
        public static void Assert(bool condition, string message, string detailedMessage)
        {
            if (!condition)
            {
                Console.WriteLine("Assert failed: " + message + " " + detailedMessage);
            }
        }

        [Conditional("DEBUG")]
        public static void Write(string message) => Console.Write(message);

        [Conditional("DEBUG")]
        public static void WriteLine() => Console.WriteLine();

        [Conditional("DEBUG")]
        public static void WriteLine(string message) => Console.WriteLine(message);
    }
}
