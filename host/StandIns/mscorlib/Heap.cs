using System;

namespace WhispurrNet.Virtual
{
    /// <summary>
    /// What a binary calls that was instrumented for a board with a counted heap: before an allocation, after it, and
    /// around every method.
    /// </summary>
    public static class Heap
    {
        private static BoardHeap Board => Gate.Board.Hardware.Heap;

        public static void Before(int bytes) => Board.Reserve(bytes);

        public static void Keep(object value, int bytes) => Board.Keep(value, bytes);

        public static void KeepNew(object value, int bytes)
        {
            Board.Reserve(bytes);
            Board.Keep(value, bytes);
        }

        /// <summary>Before an array: refuses it or returns its length.</summary>
        public static int BeforeArray(int length, int elementBytes)
        {
            if (length > 0)
            {
                Board.Reserve(HeapRule.Array(length, elementBytes));
            }

            return length;
        }

        public static void KeepArray(Array value, int elementBytes) =>
            Board.Keep(value, HeapRule.Array(value.Length, elementBytes));

        public static void KeepReturnedArray(Array value, int elementBytes)
        {
            if (value != null)
            {
                Board.KeepReturned(value, HeapRule.Array(value.Length, elementBytes));
            }
        }

        public static void KeepText(string value)
        {
            if (value != null)
            {
                Board.KeepText(value);
            }
        }

        public static void Enter(int bytes) => Board.Enter(bytes);

        public static void Leave(int bytes) => Board.Leave(bytes);
    }
}
