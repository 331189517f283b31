namespace WhispurrNet.WireProtocol.Tests.Commands;

/// <summary>An assembly that a board has loaded, as bytes.</summary>
public sealed class LoadedAssemblyTests
{
    [Fact]
    public void FlagsVersionAndNameLieWhereTheFirmwarePutsThem()
    {
        byte[] payload = new LoadedAssembly("WhispurrNet.Board", new(1, 2, 3, 0x0405)).ToPayload();

        Assert.Equal(524, payload.Length);
        Assert.Equal([0, 0, 0, 0, 1, 0, 2, 0, 3, 0, 5, 4], payload[..12]);
        Assert.Equal("WhispurrNet.Board\0"u8.ToArray(), payload[12..30]);
        Assert.Equal(new LoadedAssembly("WhispurrNet.Board", new(1, 2, 3, 0x0405)), LoadedAssembly.TryRead(payload));
    }

    [Fact]
    public void WhatIsTooShortIsNone()
    {
        byte[] payload = new LoadedAssembly("x", default).ToPayload();

        Assert.Null(LoadedAssembly.TryRead(payload.AsSpan(0, 523)));
        Assert.Null(LoadedAssembly.TryRead([]));
    }

    [Fact]
    public void ANameThatFillsItsFieldIsRead()
    {
        byte[] payload = new LoadedAssembly("x", default).ToPayload();
        payload.AsSpan(12).Fill((byte)'y');

        Assert.Equal(512, LoadedAssembly.TryRead(payload)!.Name.Length);
    }
}
