using WhispurrNet.Gateway.Live;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Gateway.Desk;

/// <summary>What a short form of an identity stands for among the contacts.</summary>
public enum ContactMatch
{
    /// <summary>One contact.</summary>
    One,

    /// <summary>No contact card of such an identity is held.</summary>
    None,

    /// <summary>Several contacts begin like that.</summary>
    Several,
}

/// <summary>
/// The identities that the local node holds contact cards of. The node core knows them, and drops a card that has
/// expired or that its table has no room for; this adds when each was learned. All members may be called from any
/// thread.
/// </summary>
internal sealed class ContactBook(MeshMap map)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _learned = [];
    private IReadOnlyList<ContactView> _contacts = [];

    /// <summary>The contacts, the newest identity first.</summary>
    public IReadOnlyList<ContactView> Read()
    {
        lock (_lock)
        {
            // Who has which identity may have become known after the card.
            return [.. _contacts.Select(contact => contact with { Node = map.ReadNodeOf(contact.Id) })];
        }
    }

    /// <summary>Finds the contact that a whole identity or the beginning of one means.</summary>
    /// <param name="identity">At least <see cref="IdentityName.ShortMin"/> digits, in small letters.</param>
    /// <param name="contact">The whole identity, when there is one.</param>
    public ContactMatch Find(string identity, out string? contact)
    {
        lock (_lock)
        {
            List<string> found =
                [.. _contacts.Select(c => c.Id).Where(id => id.StartsWith(identity, StringComparison.Ordinal)).Take(2)];
            contact = found.Count == 1 ? found[0] : null;
            return found.Count switch
            {
                0 => ContactMatch.None,
                1 => ContactMatch.One,
                _ => ContactMatch.Several,
            };
        }
    }

    /// <summary>Takes over what the node core holds now.</summary>
    /// <returns>The contacts that are new.</returns>
    public IReadOnlyList<ContactView> Update(NodeCore core, long nowMs)
    {
        var id = new byte[EphemeralIdentity.IdSize];
        lock (_lock)
        {
            var held = new List<ContactView>();
            var learned = new List<ContactView>();
            for (int i = 0; i < core.KnownContacts; i++)
            {
                if (!core.CopyContact(i, id, out uint timestamp))
                {
                    continue;
                }

                string name = EphemeralIdentity.Format(id, timestamp);
                bool isNew = _learned.TryAdd(name, DateTimeOffset.Now);
                var contact = new ContactView(
                    name, map.ReadNodeOf(name), timestamp, _learned[name], core.ContactSecondsLeft(i, nowMs));
                held.Add(contact);
                if (isNew)
                {
                    learned.Add(contact);
                }
            }

            foreach (string gone in _learned.Keys.Except(held.Select(contact => contact.Id)).ToList())
            {
                _learned.Remove(gone);
            }

            _contacts = [.. held.OrderByDescending(contact => contact.LearnedAt)];
            return learned;
        }
    }
}
