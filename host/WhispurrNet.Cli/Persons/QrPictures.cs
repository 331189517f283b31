using QRCoder;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Cli.Persons;

/// <summary>QR codes for the terminal and for files.</summary>
internal static class QrPictures
{
    private const int PixelsPerModule = 10;

    /// <summary>Lines of half blocks, light on dark, with the border that a camera needs.</summary>
    public static string ForTerminal(string text)
    {
        using QRCodeData data = Encode(text);
        using var code = new AsciiQRCode(data);
        return code.GetGraphicSmall(drawQuietZones: true);
    }

    /// <summary>Writes a PNG picture.</summary>
    /// <exception cref="SettingException">The file cannot be written.</exception>
    public static void WritePng(string text, string path)
    {
        using QRCodeData data = Encode(text);
        using var code = new PngByteQRCode(data);
        Write(path, code.GetGraphic(PixelsPerModule));
    }

    /// <summary>Writes an SVG picture.</summary>
    /// <exception cref="SettingException">The file cannot be written.</exception>
    public static void WriteSvg(string text, string path)
    {
        using QRCodeData data = Encode(text);
        using var code = new SvgQRCode(data);
        Write(path, System.Text.Encoding.UTF8.GetBytes(code.GetGraphic(PixelsPerModule)));
    }

    private static QRCodeData Encode(string text) => QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);

    private static void Write(string path, byte[] picture)
    {
        try
        {
            File.WriteAllBytes(path, picture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"'{path}' cannot be written.");
        }
    }
}
