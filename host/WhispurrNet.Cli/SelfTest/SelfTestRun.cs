using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Cli.SelfTest;

/// <summary>Identity, encryption and resonance, checked in the same way for boards and desk.</summary>
internal sealed partial class SelfTestRun(ITestMesh mesh, CheckList checks)
{
    /// <summary>The intent that the listener and the stranger listen to.</summary>
    public const string Intent = "selftest";

    /// <summary>What the bystander listens to.</summary>
    public const string OtherIntent = "room_climate";

    /// <summary>Runs all checks; one that fails does not end the others.</summary>
    public void Run()
    {
        Identity();
        Primitives();
        Encryption();
        Resonance();
    }

    private void Identity()
    {
        string first = string.Empty;
        checks.Run("identity", "a node makes itself an identity", () =>
        {
            first = mesh.Identity(TestNode.Speaker);
            return IdentityText().IsMatch(first) ? null : $"'{first}' is none";
        });
        checks.Run("identity", "no two nodes have the same", () =>
            Enum.GetValues<TestNode>().Select(mesh.Identity).Distinct().Count() == 4 ? null : "two are equal");
        checks.Run("identity", "switched off and on, it is another", () =>
        {
            mesh.Restart(TestNode.Speaker);
            return mesh.Identity(TestNode.Speaker) != first ? null : "it is the same";
        });
        if (mesh.ReadStorage(TestNode.Speaker) is { } files)
        {
            checks.Run("identity", "it is stored nowhere", () =>
            {
                byte[] id = Convert.FromHexString(mesh.Identity(TestNode.Speaker).Split(':')[0]);
                byte[] text = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(id));
                return files.Any(file => file.AsSpan().IndexOf(id) >= 0 || file.AsSpan().IndexOf(text) >= 0)
                    ? "a file holds it"
                    : null;
            });
        }
    }

    private void Primitives()
    {
        foreach (string[] parts in mesh.TestPrimitives().Select(line => line.Split(';')))
        {
            string? reason = parts[1] == "passed" ? null : parts[1].Replace("failed: ", string.Empty, StringComparison.Ordinal);
            checks.Add(
                "encryption",
                $"{parts[0]} computes its published answer",
                reason,
                long.Parse(parts[2], CultureInfo.InvariantCulture));
        }
    }

    private void Encryption()
    {
        string text = Text();
        byte[] frame = [];
        checks.Run("encryption", "a frame has one size and shows nothing of its whisper", () =>
        {
            frame = mesh.Whisper(TestNode.Speaker, Intent, text).Frame;
            return frame.Length != FrameLayout.StandardFrameSize ? $"it has {frame.Length} bytes"
                : frame.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 ? "the text is in it"
                : frame.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Intent)) >= 0 ? "the intent is in it"
                : null;
        });
        checks.Run("encryption", "two frames of one text share neither tag nor nonce", () =>
        {
            byte[] other = mesh.Whisper(TestNode.Speaker, Intent, text).Frame;
            return Part(frame, FrameLayout.TagOffset, FrameLayout.TagSize)
                    .SequenceEqual(Part(other, FrameLayout.TagOffset, FrameLayout.TagSize))
                || Part(frame, FrameLayout.NonceOffset, FrameLayout.NonceSize)
                    .SequenceEqual(Part(other, FrameLayout.NonceOffset, FrameLayout.NonceSize))
                ? "they can be told to belong together"
                : null;
        });
        checks.Run("encryption", "the listener has one key that opens it", () => ExpectKeys(TestNode.Listener, frame, 1));
        checks.Run("encryption", "a member of another intent has none", () => ExpectKeys(TestNode.Bystander, frame, 0));
        checks.Run("encryption", "a member of another network has none", () => ExpectKeys(TestNode.Stranger, frame, 0));
        checks.Run("encryption", "a frame with a changed bit opens for nobody", () =>
        {
            // One in the header, one in the nonce, one in the text, one in the seal.
            foreach (int at in (int[])
                [FrameLayout.ExpiryHourOffset, FrameLayout.NonceOffset, FrameLayout.BodyOffset,
                frame.Length - FrameLayout.MutableSize - 1])
            {
                var forged = (byte[])frame.Clone();
                forged[at] ^= 1;
                if (ExpectKeys(TestNode.Listener, forged, 0) is { } reason)
                {
                    return $"byte {at} may be changed: {reason}";
                }
            }

            return null;
        });
    }

    private void Resonance()
    {
        string resonance = Text();
        string broadcast = Text();
        SentWhisper? whisper = null;
        checks.Run("resonance", "a whisper reaches who listens to its intent", () =>
        {
            whisper = mesh.Whisper(TestNode.Speaker, Intent, resonance);
            return mesh.Hears(TestNode.Listener, resonance) ? null : "it did not arrive";
        });
        checks.Run("resonance", "a broadcast reaches every member", () =>
        {
            mesh.Broadcast(TestNode.Speaker, broadcast);
            return !mesh.Hears(TestNode.Listener, broadcast)
                || !mesh.Hears(TestNode.Bystander, broadcast)
                ? "it did not arrive"
                : null;
        });
        checks.Run("resonance", "a member of another network carries it and hears nothing", () =>
            whisper is null || !mesh.Holds(TestNode.Stranger, whisper) ? "it does not carry it"
            : mesh.HasHeard(TestNode.Stranger, resonance) || mesh.HasHeard(TestNode.Stranger, broadcast) ? "it heard it"
            : mesh.HasHeard(TestNode.Bystander, resonance) ? "and a member of another intent heard it"
            : null);
    }

    // Unlike any other text, so that finding it somewhere means that it came from here.
    private static string Text() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static Span<byte> Part(byte[] frame, int offset, int count) => frame.AsSpan(offset, count);

    private string? ExpectKeys(TestNode node, byte[] frame, int count)
    {
        int found = mesh.CountKeysThatOpen(node, frame);
        return found == count ? null : $"{found} keys open it";
    }

    [GeneratedRegex("^[0-9a-f]{32}:[0-9a-f]{8}$")]
    private static partial Regex IdentityText();
}
