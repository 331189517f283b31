using System.Text;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Cli.Up;

/// <summary>What one board of the line is told.</summary>
/// <param name="Name">b1 and so on.</param>
/// <param name="IsForeign">Whether it is in another network.</param>
/// <param name="IsFarEnd">Whether it is the last one, to which resonances go.</param>
/// <param name="HasGateway">Whether it is the first one, which has the way to the desk.</param>
internal sealed record LineBoard(string Name, bool IsForeign, bool IsFarEnd, bool HasGateway)
{
    /// <summary>The intent that the desk whispers to and the far end listens to.</summary>
    public const string Intent = "emotion_data";

    /// <summary>What members on the way listen to, so that a resonance is nothing to them.</summary>
    public const string OtherIntent = "room_climate";

    /// <summary>Fewest boards.</summary>
    public const int Min = 2;

    /// <summary>Most boards.</summary>
    public const int Max = 12;

    /// <summary>
    /// Whether a small board would not do in this place. The foreign one: a small board carries four strangers' frames
    /// at a time, fewer than a busy line has on their way. The far end of a long line: a small board knows four
    /// contacts, and it should know the desk among all.
    /// </summary>
    public bool NeedsFullSize { get; init; }

    /// <summary>
    /// The boards of a line, first one first. The foreign one stands just behind the middle, so that there is no way
    /// around it; of two boards it is the first.
    /// </summary>
    public static IReadOnlyList<LineBoard> Create(int count)
    {
        int foreign = Math.Min((count / 2) + 1, count - 1);

        // The desk joins the boards, and neither the foreign board nor the far end itself is one of its contacts.
        int contacts = count - 1;
        bool isLong = contacts > NodeLimits.Small().Contacts;
        return
        [
            .. Enumerable.Range(1, count).Select(i => new LineBoard($"b{i}", i == foreign, i == count, i == 1)
            {
                NeedsFullSize = i == foreign || (i == count && isLong),
            }),
        ];
    }

    /// <summary>The settings file of the board.</summary>
    /// <param name="joinCode">The code of its network.</param>
    /// <param name="gateway">Address of the mesh endpoint.</param>
    /// <param name="size">Which boards of the line have the full size.</param>
    /// <param name="isQuiet">Whether it sends nothing of its own.</param>
    public byte[] Settings(string joinCode, Uri gateway, LineSize size, bool isQuiet)
    {
        // The foreign board listens to the same name: its network's key makes it another intent.
        string intent = IsForeign || IsFarEnd ? Intent : OtherIntent;
        var text = new StringBuilder();
        text.Append($"name={Name}\njoin={joinCode}\nintents={intent}\ntrace=on\n");
        if (size != LineSize.Mixed || NeedsFullSize)
        {
            text.Append(size == LineSize.Small ? "size=small\n" : "size=full\n");
        }

        if (isQuiet)
        {
            text.Append("every=0\n");
        }

        if (HasGateway)
        {
            text.Append($"gateway={gateway}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
