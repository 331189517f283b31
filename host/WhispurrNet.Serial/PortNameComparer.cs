namespace WhispurrNet.Serial;

/// <summary>Orders names as people count: <c>ttyUSB2</c> before <c>ttyUSB10</c>.</summary>
internal sealed class PortNameComparer : IComparer<string>
{
    public static readonly PortNameComparer Instance = new();

    public int Compare(string? x, string? y)
    {
        (string stem, string number) = Split(x ?? "");
        (string otherStem, string otherNumber) = Split(y ?? "");
        int order = string.CompareOrdinal(stem, otherStem);
        if (order == 0)
        {
            order = number.Length.CompareTo(otherNumber.Length);
        }

        return order == 0 ? string.CompareOrdinal(number, otherNumber) : order;
    }

    private static (string Stem, string Number) Split(string name)
    {
        string stem = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return (stem, name[stem.Length..]);
    }
}
