namespace WhispurrNet.DeviceCheck;

/// <summary>Says what is wrong with an unsupported type.</summary>
internal static class UseMessages
{
    private static readonly (TypeUse Use, Rule Rule, string Text)[] All =
    [
        (TypeUse.ConstructedGeneric, Rule.ConstructedGeneric,
            "is or contains a constructed generic type; the board's runtime does not load it"),
        (TypeUse.MultidimensionalArray, Rule.MultidimensionalArray,
            "is or contains a multidimensional array; the board has one-dimensional and jagged arrays only"),
        (TypeUse.NativeInteger, Rule.NativeInteger,
            "is or contains a native integer (nint, IntPtr), which a board does not calculate with"),
        (TypeUse.Pinned, Rule.Pointer, "is pinned (fixed); the board's collector moves what it likes"),
        (TypeUse.Pointer, Rule.Pointer, "is or contains a pointer; the board has managed references only"),
        (TypeUse.RequiredModifier, Rule.Volatile,
            "carries a required modifier such as volatile's, which is lost in conversion"),
    ];

    /// <param name="use">What was found.</param>
    /// <param name="where">Which type it is, for example <c>the field's type</c>.</param>
    public static IEnumerable<(Rule Rule, string Message)> For(TypeUse use, string where) =>
        All.Where(a => (use & a.Use) != 0).Select(a => (a.Rule, $"{where} {a.Text}"));
}
