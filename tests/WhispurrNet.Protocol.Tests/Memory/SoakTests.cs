using WhispurrNet.Soak;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Memory;

/// <summary>The soak of the core with fewer contacts than on nanoCLR; the program is the same.</summary>
public class SoakTests
{
    private const int WarmUpContacts = 100;
    private const int Contacts = 400;

    [Fact]
    public void TheHeapDoesNotGrowWithContactsAndFrames()
    {
        CoreSoak soak = new();
        Assert.True(soak.Run(WarmUpContacts));
        int before = ManagedHeap.SizeOfAll(soak);
        Assert.True(soak.Run(Contacts));

        Assert.Equal(before, ManagedHeap.SizeOfAll(soak));
        Assert.Equal(WarmUpContacts + Contacts, soak.Contacts);
        Assert.True(soak.Frames >= (WarmUpContacts + Contacts) * CoreSoak.FramesEach);
        Assert.Equal(2u * (WarmUpContacts + Contacts), soak.Delivered);
    }
}
