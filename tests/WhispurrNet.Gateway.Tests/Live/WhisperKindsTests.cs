using WhispurrNet.Gateway.Live;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.Gateway.Tests.Live;

/// <summary>The names of the four kinds, here, in REST and on the wire.</summary>
public sealed class WhisperKindsTests
{
    [Theory]
    [InlineData(WhisperType.Resonance, "resonance", "RESONANCE_WHISPER")]
    [InlineData(WhisperType.Broadcast, "broadcast", "GOSSIP_BROADCAST")]
    [InlineData(WhisperType.Whisper, "direct", "DIRECT_MESSAGE")]
    [InlineData(WhisperType.Emergency, "emergency", "EMERGENCY_SIGNAL")]
    public void Each_kind_has_one_name_everywhere(WhisperType type, string kind, string restType)
    {
        Assert.Equal(kind, WhisperKinds.Of(type));
        Assert.Equal(restType, WhisperKinds.RestTypeOf(kind));
        Assert.Equal(kind, WhisperKinds.OfRestType(restType));
        Assert.True(WhisperKinds.IsKind(kind));
        Assert.Contains(kind, WhisperKinds.All);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("resonance_whisper")]
    [InlineData("ACK")]
    public void Nothing_else_is_a_kind(string? word)
    {
        Assert.False(WhisperKinds.IsKind(word));
        Assert.Null(WhisperKinds.OfRestType(word));
    }

    [Theory]
    [InlineData("00112233", true)]
    [InlineData("00112233445566778899aabbccddeeff", true)]
    [InlineData("00112233445566778899aabbccddeeff:", true)]
    [InlineData("00112233445566778899aabbccddeeff:691f0a00", true)]
    [InlineData("0011223", false)]
    [InlineData("0011223x", false)]
    [InlineData("001122AA", false)]
    [InlineData("0011:2233", false)]
    [InlineData("00112233445566778899aabbccddeeff691f0a00", false)]
    [InlineData("00112233445566778899aabbccddeeff:691f0a001", false)]
    public void A_short_identity_is_its_beginning(string text, bool isShort)
    {
        Assert.Equal(isShort, IdentityName.IsShort(text));
        Assert.Equal(isShort && text.Length == 41, IdentityName.IsWhole(text));
    }
}
