using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Sealing;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Support;

/// <summary>Reads contact cards of the home network off the frames that a node holds.</summary>
internal static class CardReader
{
    /// <summary>Opens a frame under the broadcast key; null when it holds no card.</summary>
    public static byte[]? Open(byte[] frame, out WhisperHeader header)
    {
        MacWorkspace mac = new(new HmacSha256());
        NetworkKeys keys = new(TestNetwork.Key(TestNetwork.Home), mac.Hmac);
        WhisperSealer sealer = new(mac, frame.Length);
        header = new WhisperHeader();
        int result = sealer.TryOpen(frame, 0, keys.Derive(Labels.BroadcastSeal()), header);
        return result == WhisperSealer.Opened && header.Type == (byte)WhisperType.PeerDiscovery
            ? sealer.Whisper[WhisperHeader.Size..(WhisperHeader.Size + header.PayloadCount)]
            : null;
    }

    /// <summary>The card of a node of 256-byte frames that the recorder heard originate it last.</summary>
    public static byte[] CardOf(NodeCore node, Recorder recorder)
    {
        byte[] frame = new byte[256];
        for (int i = recorder.Stored.Count - 1; i >= 0; i--)
        {
            if (recorder.Stored[i].Tag == 0 && node.CopyFrame(recorder.Stored[i].Id, frame)
                && Open(frame, out _) is { } card)
            {
                return card;
            }
        }

        Assert.Fail("The node has sent no card.");
        return [];
    }
}
