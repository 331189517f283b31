using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace WhispurrNet.EndToEnd.Tests;

/// <summary>Boards in stealth mode: they still whisper, and dial like a browser.</summary>
public sealed class StealthTests
{
    [Fact]
    public async Task WhispersArriveAmongBoardsInStealth()
    {
        string join = "join=" + BoardFleet.NewJoinCode();
        using var fleet = new BoardFleet(speed: 10) { FrameSize = 512 };
        fleet.Add("b1", join, "stealth=on");
        fleet.Add("b2", join, "stealth=on", "intents=emotion_data");
        fleet.Ether.LinkLine("b1", "b2");
        await fleet.StartAsync();

        fleet.Whisper("b1", "emotion_data", "calm");
        await fleet.HeardAsync("b2", "emotion_data", "calm", seconds: 600);
        Assert.Empty(fleet.Deaths);
    }

    [Theory]
    [InlineData("stealth=on", true)]
    [InlineData("stealth=off", false)]
    public async Task TheUpgradeLooksLikeABrowsersInStealthOnly(string setting, bool isBrowserLike)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var fleet = new BoardFleet(speed: 1);
        fleet.Add("b1", "join=" + BoardFleet.NewJoinCode(), $"gateway=ws://127.0.0.1:{port}/mesh", setting);
        await fleet.StartAsync();

        using TcpClient client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        string request = await ReadRequestAsync(client);

        Assert.StartsWith("GET /mesh HTTP/1.1\r\n", request);
        foreach (string header in new[]
        {
            "Pragma: no-cache", "Cache-Control: no-cache", "User-Agent: Mozilla/5.0 ", "Origin: null",
            "Accept-Encoding: gzip, deflate", "Accept-Language: en-US,en;q=0.9",
        })
        {
            Assert.Equal(isBrowserLike, request.Contains("\r\n" + header, StringComparison.Ordinal));
        }
    }

    private static async Task<string> ReadRequestAsync(TcpClient client)
    {
        StringBuilder request = new();
        byte[] buffer = new byte[1024];
        while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            int count = await client.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken);
            Assert.NotEqual(0, count);
            request.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        return request.ToString();
    }
}
