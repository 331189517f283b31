namespace WhispurrNet.Virtual;

/// <summary>
/// What things take on a board's managed heap: whole blocks of 12 bytes. Sizes are those of the interpreter's
/// structures on a 32-bit chip (<c>nanoCLR_Runtime.h</c>, <c>nanoCLR_Runtime__HeapBlock.h</c>), all in bytes.
/// </summary>
public static class HeapRule
{
    /// <summary>The unit of the heap.</summary>
    public const int Block = 12;

    /// <summary>The largest object: 65,535 blocks.</summary>
    public const int LargestObject = 65_535 * Block;

    /// <summary>A boxed number.</summary>
    public const int Boxed = 2 * Block;

    /// <summary>A delegate (32 bytes).</summary>
    public const int Delegate = 3 * Block;

    /// <summary>A managed thread without its frames: the thread (368 bytes) and its sub-thread (40).</summary>
    public const int Thread = (31 + 4) * Block;

    private const int ArrayHeader = 20;
    private const int StringHeader = Block + 1;
    private const int FrameHeader = 80;
    private const int FrameExtraSlots = 3;
    private const int FrameLeastSlots = 10;

    /// <summary>An object with so many fields, those of its base classes included.</summary>
    public static int Object(int fields) => Block + (Block * fields);

    /// <summary>An array; elements of other than primitive types take a block each.</summary>
    public static long Array(int length, int elementBytes) => Rounded(ArrayHeader + ((long)length * elementBytes));

    /// <summary>A string, by its UTF-8 length.</summary>
    public static long String(int utf8Bytes) => Rounded(StringHeader + (long)utf8Bytes);

    /// <summary>A call of a method: header, locals and evaluation stack; arguments lie in the caller's.</summary>
    public static int Frame(int locals, int maxStack) =>
        (int)Rounded(FrameHeader) + (Block * Math.Max(FrameLeastSlots, locals + maxStack + FrameExtraSlots));

    private static long Rounded(long bytes) => (bytes + Block - 1) / Block * Block;
}
