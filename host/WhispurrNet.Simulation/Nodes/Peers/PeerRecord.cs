using WhispurrNet.Protocol.Links;

namespace WhispurrNet.Simulation.Nodes.Peers;

/// <summary>
/// Records of a peer's link, sized as those of a resumed link of the boards: RESUME and RESUMED, a HELLO, DONE, PING and
/// PONG, and 16 bytes of seal on each but the first two. No peer ever pays for a full handshake, which favours them all.
/// </summary>
internal static class PeerRecord
{
    /// <summary>Says how long a hello is, and what it carries: see <see cref="HelloSize"/>.</summary>
    public const byte Hello = 0x01;

    /// <summary>A frame follows.</summary>
    public const byte Frame = 0x04;

    /// <summary>No more lists and frames from this side.</summary>
    public const byte Done = 0x05;

    /// <summary>A token of four bytes that is to come back.</summary>
    public const byte Ping = 0x06;

    /// <summary>The token.</summary>
    public const byte Pong = 0x07;

    /// <summary>Opens a link, from the initiator.</summary>
    public const byte Resume = 0x10;

    /// <summary>Opens a link, from the responder.</summary>
    public const byte Resumed = 0x11;

    /// <summary>Flags (1: bit 0 for the last one), count (1), those of them that are held (1), ids of 6 bytes: what one has.</summary>
    public const byte Have = 0x20;

    /// <summary>Count (1), ids of 6 bytes: what one could send.</summary>
    public const byte IHave = 0x21;

    /// <summary>A bit for each frame named: whether it is wanted.</summary>
    public const byte Want = 0x22;

    /// <summary>P (1), count (2), a Golomb-coded set: what one has.</summary>
    public const byte Filter = 0x23;

    /// <summary>Bytes of RESUME: type, handle, nonce, MAC.</summary>
    public const int ResumeSize = 33;

    /// <summary>Bytes of RESUMED: type, nonce, confirmation.</summary>
    public const int ResumedSize = 25;

    /// <summary>Bytes of a short id.</summary>
    public const int IdSize = 6;

    /// <summary>Most ids in a list.</summary>
    public const int IdsMax = 64;

    /// <summary>Bytes before the ids of HAVE.</summary>
    public const int HaveHeader = 4;

    /// <summary>Bytes before the ids of IHAVE.</summary>
    public const int IHaveHeader = 2;

    /// <summary>Bytes before the bits of FILTER.</summary>
    public const int FilterHeader = 4;

    /// <summary>Bytes of PING and PONG.</summary>
    public const int TokenSize = 5;

    /// <summary>Most bytes of a record with its seal: a list.</summary>
    public const int SizeMax = HaveHeader + (IdsMax * IdSize) + RecordSeal.Size;

    /// <summary>
    /// Bytes of HELLO: type, a word of the strategy's, time (4, not used); in a contact also own address and the one that was
    /// dialled.
    /// </summary>
    public static int HelloSize(LinkKind kind) => kind == LinkKind.Stream ? 6 : 18;
}
