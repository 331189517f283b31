using WhispurrNet.Virtual;

namespace System.Threading
{
    /// <summary>Its .NET original lies in System.Threading, a name that is taken on a board.</summary>
    public static class Interlocked
    {
        public static int CompareExchange(ref int location1, int value, int comparand) =>
            BoardAtomic.CompareExchange(ref location1, value, comparand);

        public static int Decrement(ref int location) => BoardAtomic.Add(ref location, -1);

        public static int Exchange(ref int location1, int value) => BoardAtomic.Exchange(ref location1, value);

        public static int Increment(ref int location) => BoardAtomic.Add(ref location, 1);
    }
}
