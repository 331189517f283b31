using System.Text;
using WhispurrNet.Protocol.Tests.Support;

namespace WhispurrNet.Protocol.Tests.Memory;

/// <summary>
/// What objects take on a board's managed heap, in blocks of 12 bytes on 32 bits: an object 12 and 12 a field of any
/// type, an array 20 and its elements (a reference 12), a string 13 and its UTF-8 bytes, each rounded up.
/// </summary>
internal static class ManagedHeap
{
    private const int Block = 12;
    private const int ArrayHeader = 20;
    private const int StringHeader = 13;

    /// <summary>Bytes of one object, without what it refers to.</summary>
    public static int SizeOf(object value)
    {
        return value switch
        {
            string text => Rounded(StringHeader + Encoding.UTF8.GetByteCount(text)),
            Array array => Rounded(ArrayHeader + (array.Length * ElementSize(array.GetType().GetElementType()!))),
            _ => Block + (Block * ObjectGraph.FieldsOf(value.GetType()).Count()),
        };
    }

    /// <summary>Bytes of an object and of all that it refers to, but one.</summary>
    public static int SizeOfAll(object root, object? except = null)
    {
        return ObjectGraph.Walk(root, o => o == except).Sum(e => SizeOf(e.Value));
    }

    private static int ElementSize(Type element)
    {
        return element.IsPrimitive ? System.Runtime.InteropServices.Marshal.SizeOf(element) : Block;
    }

    private static int Rounded(int bytes)
    {
        return (bytes + Block - 1) / Block * Block;
    }
}
