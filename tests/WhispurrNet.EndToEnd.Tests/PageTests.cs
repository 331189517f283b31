using System.Text.Json.Nodes;
using Microsoft.Playwright;
using WhispurrNet.Cli.Up;
using WhispurrNet.Gateway;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Protocol.Node;
using WhispurrNet.Tests;
using Xunit;

namespace WhispurrNet.EndToEnd.Tests;

/// <summary>The page, in a real browser, over a running mesh of virtual boards.</summary>
public sealed class PageTests
{
    private const string RequireVariable = "WHISPURR_REQUIRE_PEERS";
    private static readonly string[] s_browsers =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    [Fact]
    public async Task A_whisper_typed_on_the_page_is_seen_to_arrive_at_the_far_end()
    {
        string browserPath = FindBrowser();
        using WhispurrProcess up = WhispurrProcess.Start(
            new Dictionary<string, string>(), "up", "--port", "0", "--json");
        JsonNode started = JsonNode.Parse((await up.ReadLineAsync())!)!;
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await LaunchAsync(playwright, browserPath);
        IPage page = await browser.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = 1360, Height = 940 },
        });
        List<string> complaints = Watch(page);

        await page.GotoAsync((string)started["page"]!);
        await Expect(page.Locator("#connection")).ToHaveTextAsync("live");
        await Expect(page.Locator("#map .node")).ToHaveCountAsync(6);
        await Expect(page.Locator("#map .node.foreign")).ToHaveCountAsync(1);
        await Expect(page.Locator("#map .node.offline")).ToHaveCountAsync(0);
        Assert.Contains("b3 (other network)", await page.Locator("#map").GetAttributeAsync("aria-label"));

        const string Payload = """{"emotion_label":"joy","confidence":0.88,"intensity":0.9}""";
        await page.GetByLabel("Payload").FillAsync(Payload);
        await Expect(page.Locator("#size")).ToHaveTextAsync($"{Payload.Length} of 1024 bytes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Whisper" }).ClickAsync();
        await Expect(page.Locator("#result")).ToContainTextAsync("Sealed and queued");

        ILocator card = page.Locator("#whispers > li", new() { HasText = "joy" });
        await Expect(card.Locator("pre")).ToHaveTextAsync(Payload);
        await Expect(card.Locator(".deliveries")).ToContainTextAsync("read by b4 · 3 Bluetooth + 2 WebSocket hops");
        await Expect(card.Locator(".deliveries")).Not.ToContainTextAsync("b3");

        await page.GetByLabel("everyone in the network").CheckAsync();
        await Expect(page.Locator("#intent-field")).ToBeHiddenAsync();
        await page.GetByLabel("Payload").FillAsync("""{"emotion_label":"calm","confidence":0.93,"intensity":0.4}""");
        await page.GetByRole(AriaRole.Button, new() { Name = "Whisper" }).ClickAsync();
        ILocator broadcast = page.Locator("#whispers > li.broadcast");
        await Expect(broadcast.Locator(".deliveries")).ToContainTextAsync("read by b4");

        await SaveAsync(page, "page-light.png", ColorScheme.Light);
        await SaveAsync(page, "page-dark.png", ColorScheme.Dark);
        Assert.Empty(complaints);
        Assert.Equal(0, await up.EndAsync());
    }

    [Fact]
    public async Task Direct_whispers_and_emergencies_are_sent_and_seen_on_the_page()
    {
        string browserPath = FindBrowser();
        var options = new LineOptions
        {
            Boards = 4,
            Speed = 20,
            Loss = 0,
            Seed = null,
            AreBoardsQuiet = true,
            Gateway = new GatewayOptions { Port = 0, JoinCode = BoardFleet.NewJoinCode() },
        };
        await using BoardLineup lineup =
            await BoardLineup.StartAsync(options, TestContext.Current.CancellationToken);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await LaunchAsync(playwright, browserPath);
        IPage page = await browser.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = 1360, Height = 940 },
        });
        List<string> complaints = Watch(page);
        await page.GotoAsync(lineup.Gateway.PageUrl.ToString());
        ILocator button = page.GetByRole(AriaRole.Button, new() { Name = "Whisper" });

        await page.GetByLabel("one contact").CheckAsync();
        await Expect(page.Locator("#intent-field")).ToBeHiddenAsync();
        ILocator contact = page.Locator("select[name=to] option", new() { HasText = "b4 ·" });
        await Expect(contact).ToHaveCountAsync(1);
        string farEnd = (await contact.GetAttributeAsync("value"))!;
        Assert.Equal(lineup.Gateway.Desk!.Contacts.First(c => c.Node == "b4").Id, farEnd);
        await page.Locator("select[name=to]").SelectOptionAsync(farEnd);
        await page.GetByLabel("Payload").FillAsync("for b4 alone");
        await Expect(page.Locator("#size"))
            .ToHaveTextAsync($"12 of {lineup.Gateway.Desk.MaxPayload} bytes");
        await button.ClickAsync();
        ILocator direct = page.Locator("#whispers > li.direct", new() { HasText = "for b4 alone" });
        await Expect(direct).ToContainTextAsync("from desk to b4");
        await Expect(direct.Locator(".deliveries")).ToContainTextAsync("read by b4 · 3 Bluetooth + 2 WebSocket hops");
        await Expect(direct.Locator(".proven")).ToBeVisibleAsync();
        Assert.Equal(1, await direct.Locator(".deliveries li").CountAsync());

        await page.GetByLabel("as an emergency").CheckAsync();
        await Expect(page.Locator("#send")).ToHaveClassAsync("alarm");
        await page.GetByLabel("Payload").FillAsync("smoke in the attic");
        await button.ClickAsync();
        ILocator emergency = page.Locator("#whispers > li.emergency", new() { HasText = "smoke in the attic" });
        await Expect(emergency.Locator(".deliveries")).ToContainTextAsync("read by b4");
        await Expect(emergency.Locator(".proven")).ToHaveCountAsync(0);

        while (!lineup.HasContact("b4", lineup.Gateway.Desk.Identity))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Equal(
            SendResult.Queued, lineup.WhisperTo("b4", lineup.Gateway.Desk.Identity, "on my way"u8.ToArray()));
        ILocator answer = page.Locator("#whispers > li.direct", new() { HasText = "on my way" });
        await Expect(answer).ToContainTextAsync("from b4 to desk");
        await Expect(answer.Locator(".deliveries")).ToContainTextAsync("read by desk");
        await Expect(answer.Locator(".proven")).ToHaveTextAsync("✓ sender proven");
        await SaveAsync(page, "page-kinds-light.png", ColorScheme.Light);
        await SaveAsync(page, "page-kinds-dark.png", ColorScheme.Dark);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Twelve_boards_fit_and_a_narrow_window_works()
    {
        string browserPath = FindBrowser();
        using WhispurrProcess up = WhispurrProcess.Start(
            new Dictionary<string, string>(), "up", "--boards", "12", "--port", "0", "--json");
        JsonNode started = JsonNode.Parse((await up.ReadLineAsync())!)!;
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await LaunchAsync(playwright, browserPath);
        IPage page = await browser.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = 420, Height = 900 },
        });

        await page.GotoAsync((string)started["page"]!);

        await Expect(page.Locator("#map .node")).ToHaveCountAsync(14);
        await Expect(page.Locator("#map .node.offline")).ToHaveCountAsync(0);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        await SaveAsync(page, "page-narrow.png", ColorScheme.Light);
        Assert.Equal(0, await up.EndAsync());
    }

    [Fact]
    public async Task Boards_known_by_their_address_are_shown_as_peers_and_text_stays_text()
    {
        string browserPath = FindBrowser();
        string code = BoardFleet.NewJoinCode();
        await using GatewayServer gateway = await GatewayServer.StartAsync(
            new GatewayOptions { Port = 0, JoinCode = code }, TestContext.Current.CancellationToken);
        using var fleet = new BoardFleet(speed: 1);
        foreach (string name in new[] { "hall", "kitchen", "attic" })
        {
            fleet.Add(name, $"join={code}", "intents=emotion_data", $"gateway={gateway.MeshUrl}");
        }

        await fleet.StartAsync();
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await LaunchAsync(playwright, browserPath);
        IPage page = await browser.NewPageAsync();
        List<string> complaints = Watch(page);

        await page.GotoAsync(gateway.PageUrl.ToString());

        await Expect(page.Locator("#map .node.peer")).ToHaveCountAsync(3);
        await Expect(page.Locator("#map .link.open")).ToHaveCountAsync(4);
        const string Payload = "<img src=x onerror=alert(1)> <b>joy</b> & \"peace\"";
        await page.GetByLabel("Payload").FillAsync(Payload);
        await page.GetByRole(AriaRole.Button, new() { Name = "Whisper" }).ClickAsync();
        await fleet.HeardAsync("attic", "emotion_data", Payload, seconds: 20);
        ILocator card = page.Locator("#whispers > li");
        await Expect(card.Locator("pre")).ToHaveTextAsync(Payload);
        Assert.Equal(0, await card.Locator("pre *").CountAsync());
        await SaveAsync(page, "page-peers.png", ColorScheme.Light);
        Assert.Empty(complaints);
    }

    /// <summary>Collects what the browser complains of, and any dialog that a payload might open.</summary>
    private static List<string> Watch(IPage page)
    {
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.Dialog += async (_, dialog) =>
        {
            complaints.Add("dialog: " + dialog.Message);
            await dialog.DismissAsync();
        };
        return complaints;
    }

    private static ILocatorAssertions Expect(ILocator locator)
    {
        Assertions.SetDefaultExpectTimeout(60_000);
        return Assertions.Expect(locator);
    }

    private static string FindBrowser()
    {
        if (s_browsers.FirstOrDefault(File.Exists) is { } path)
        {
            return path;
        }

        string reason = $"no browser at {string.Join(", ", s_browsers)}";
        Assert.False(Environment.GetEnvironmentVariable(RequireVariable) == "1", reason);
        Assert.Skip(reason);
        return string.Empty;
    }

    private static Task<IBrowser> LaunchAsync(IPlaywright playwright, string path)
    {
        return playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,

            // Containers run tests as root and have a small /dev/shm.
            Args = ["--no-sandbox", "--disable-dev-shm-usage"],
        });
    }

    private static async Task SaveAsync(IPage page, string name, ColorScheme scheme)
    {
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        string folder = Path.Combine(AppContext.BaseDirectory, "screenshots");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name), FullPage = true });
    }
}
