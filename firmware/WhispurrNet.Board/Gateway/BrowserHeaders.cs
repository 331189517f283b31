using System.Net.WebSockets;

namespace WhispurrNet.Board.Gateway
{
    /// <summary>
    /// The headers that a browser adds to a WebSocket upgrade, so that a board in stealth mode does not stand out by their
    /// absence. What the library writes itself stays as it is: its Host carries no port.
    /// </summary>
    internal static class BrowserHeaders
    {
        /// <summary>
        /// The headers. No value has a colon, which the library would lose; so the origin is that of a page from a file. No
        /// extension is named, since none is spoken.
        /// </summary>
        internal static ClientWebSocketHeaders Create()
        {
            ClientWebSocketHeaders headers = new ClientWebSocketHeaders();
            headers["Pragma"] = "no-cache";
            headers["Cache-Control"] = "no-cache";
            headers["User-Agent"] = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                + "Chrome/131.0.0.0 Safari/537.36";
            headers["Origin"] = "null";
            headers["Accept-Encoding"] = "gzip, deflate";
            headers["Accept-Language"] = "en-US,en;q=0.9";
            return headers;
        }
    }
}
