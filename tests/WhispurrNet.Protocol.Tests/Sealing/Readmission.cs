using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Network;
using WhispurrNet.Protocol.Sealing;
using WhispurrNet.Protocol.Tests.Support;

namespace WhispurrNet.Protocol.Tests.Sealing;

/// <summary>Gives a frame that a test has changed a good admission MAC again.</summary>
internal sealed class Readmission
{
    private readonly FrameAuthenticator _authenticator;

    public Readmission()
    {
        HmacSha256 hmac = new();
        NetworkKeys keys = new(TestNetwork.Key(TestNetwork.Home), hmac);
        _authenticator = new FrameAuthenticator(new MacWorkspace(hmac), keys.Admission, 256);
    }

    public void Admit(byte[] frame)
    {
        _authenticator.Admit(frame, 0);
    }
}
