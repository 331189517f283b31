using WhispurrNet.Protocol.Node;
using WhispurrNet.Protocol.Tests.Support;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Direct;

public class ContactTableTests
{
    private readonly ContactTable _table = new(3);

    [Fact]
    public void AnExpiredContactGivesItsPlaceFirst()
    {
        Learn(1, end: 100, now: 1);
        Learn(2, end: 1000, now: 0);
        Learn(3, end: 1000, now: 0);
        Use(1, now: 50);
        Learn(4, end: 1000, now: 100);

        Assert.Equal([2, 3, 4], Known());
    }

    [Fact]
    public void ThenTheOneUnusedForLongest()
    {
        Learn(1, now: 5);
        Learn(2, now: 3);
        Learn(3, now: 4);
        Learn(4, now: 6);

        Assert.Equal([1, 3, 4], Known());
    }

    [Fact]
    public void OneThatTheApplicationUsedIsKeptBeforeOthersAndAFloodTakesOnePlaceOfThem()
    {
        Learn(1, now: 0);
        Learn(2, now: 1);
        Learn(3, now: 2);
        Use(1, now: 3);
        Use(2, now: 4);
        Use(3, now: 5);
        for (int i = 10; i < 50; i++)
        {
            Learn(i, now: (uint)i);
        }

        Assert.Equal([2, 3, 49], Known());
    }

    [Fact]
    public void ACopyOfACardLengthensAndNeverShortens()
    {
        Assert.True(Learn(1, end: 100));
        Assert.False(Learn(1, end: 50));
        Assert.Equal(100u, _table.EndAt(0));
        Assert.False(Learn(1, end: 200));
        Assert.Equal(200u, _table.EndAt(0));
        Assert.Equal(1, _table.Count);
    }

    [Fact]
    public void WhatIsRemovedIsOverwritten()
    {
        Learn(1, end: 10);
        Learn(2, end: 10);
        _table.Expire(10);

        Assert.Equal(0, _table.Count);
        Assert.All((byte[])ObjectGraph.Walk(_table).Single(e => e.Path == ".entries").Value, b => Assert.Equal(0, b));
    }

    private bool Learn(int number, uint end = 1000, uint now = 0)
    {
        Person person = new(number);
        return _table.Learn(person.Id, Person.Timestamp, person.Card(), 0, end, now);
    }

    private void Use(int number, uint now)
    {
        _table.NoteUsed(_table.Find(new Person(number).Id), false, now);
    }

    private IEnumerable<int> Known()
    {
        return Enumerable.Range(1, 60).Where(i => _table.Find(new Person(i).Id) != ContactTable.None);
    }
}
