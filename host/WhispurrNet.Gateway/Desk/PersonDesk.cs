using WhispurrNet.Desk.Crypto.Nodes;
using WhispurrNet.Gateway.Configuration;
using WhispurrNet.Gateway.Live;
using WhispurrNet.Gateway.Persons;
using WhispurrNet.Protocol.Extras.Identity;
using WhispurrNet.Protocol.Identity;
using WhispurrNet.Protocol.Node;

namespace WhispurrNet.Gateway.Desk;

/// <summary>A person who has told the local node who it is.</summary>
/// <param name="Identity">The ephemeral identity that the person's node had.</param>
/// <param name="Node">The node on the map; null when it is not known.</param>
/// <param name="PublicKey">The person's public key, 64 hexadecimal digits.</param>
/// <param name="Name">The name in the book of verified persons; null when the key is not in it.</param>
/// <param name="At">When it came.</param>
public sealed record PersonView(string Identity, string? Node, string PublicKey, string? Name, DateTimeOffset At);

/// <summary>
/// The local node's user identity, and the persons that identified to it. All members may be called from any thread.
/// </summary>
internal sealed class PersonDesk : IDisposable
{
    /// <summary>Persons remembered; the one heard of longest ago goes first.</summary>
    public const int MaxPersons = 256;

    // A whisper may have been sealed for an identity of some hours ago.
    private const int MaxOwnIdentities = 8;

    private readonly Lock _lock = new();
    private readonly DeskUserIdentity? _user;
    private readonly DeskUserVerifier _verifier = new();
    private readonly string? _bookFile;
    private readonly List<PersonView> _persons = [];
    private readonly List<byte[]> _ownIdentities = [];
    private IReadOnlyDictionary<string, string> _names = new Dictionary<string, string>();
    private string? _ownIdentity;
    private DateTime _bookWritten;

    private PersonDesk(DeskUserIdentity? user, string? bookFile)
    {
        _user = user;
        _bookFile = bookFile;
        ReadBook();
    }

    /// <summary>The user identity's public key; null without one.</summary>
    public string? PublicKey => _user is null ? null : Convert.ToHexStringLower(_user.PublicKey);

    /// <summary>Claims whose signature was not valid, or whose sender was not proven.</summary>
    public int Refused { get; private set; }

    /// <summary>Reads what the options name.</summary>
    /// <exception cref="SettingException">A file is not what it should be.</exception>
    public static PersonDesk Open(GatewayOptions options) => new(
        options.IdentityFile is null ? null : UserIdentityFile.Read(options.IdentityFile),
        options.BookFile);

    /// <summary>The local node has this identity from now on.</summary>
    public void NoteOwnIdentity(string identity)
    {
        lock (_lock)
        {
            if (identity == _ownIdentity)
            {
                return;
            }

            _ownIdentity = identity;
            _ownIdentities.Insert(0, IdentityName.ReadId(identity));
            if (_ownIdentities.Count > MaxOwnIdentities)
            {
                _ownIdentities.RemoveAt(MaxOwnIdentities);
            }
        }
    }

    /// <summary>The payload that tells one identity who the user is.</summary>
    /// <param name="own">The local node's identity.</param>
    /// <param name="recipient">The other's.</param>
    /// <returns>Null without a user identity.</returns>
    public byte[]? Sign(string own, string recipient)
    {
        if (_user is null)
        {
            return null;
        }

        var payload = new byte[DirectIdentification.Size];
        lock (_lock)
        {
            // One signature at a time: they share a workspace.
            DirectIdentification.Write(
                _user, IdentityName.ReadId(own), IdentityName.ReadTime(own), IdentityName.ReadId(recipient), payload, 0);
        }

        return payload;
    }

    /// <summary>Takes a whisper by which a person identifies.</summary>
    /// <returns>False when it is another whisper; the person is null when the claim was refused.</returns>
    public bool TryTake(WhisperMessage whisper, MeshMap map, out PersonView? person)
    {
        person = null;
        if (!DirectIdentification.IsOne(whisper.Payload, whisper.PayloadCount))
        {
            return false;
        }

        lock (_lock)
        {
            byte[]? key = whisper.SenderProven
                ? _ownIdentities.Select(own => DirectIdentification.Check(
                    _verifier, whisper.Payload, whisper.Sender, whisper.SenderTimestamp, own)).FirstOrDefault(k => k is not null)
                : null;
            if (key is null)
            {
                Refused++;
                return true;
            }

            ReadBook();
            string text = Convert.ToHexStringLower(key);
            string identity = whisper.SenderText;
            person = new PersonView(
                identity, map.ReadNodeOf(identity), text, _names.GetValueOrDefault(text), DateTimeOffset.Now);
            _persons.RemoveAll(known => known.Identity == identity);
            _persons.Insert(0, person);
            if (_persons.Count > MaxPersons)
            {
                _persons.RemoveAt(MaxPersons);
            }
        }

        return true;
    }

    /// <summary>Who has identified, the latest first, with the names that the book has now.</summary>
    public IReadOnlyList<PersonView> Read(MeshMap map)
    {
        lock (_lock)
        {
            ReadBook();
            return
            [
                .. _persons.Select(person => person with
                {
                    Node = map.ReadNodeOf(person.Identity),
                    Name = _names.GetValueOrDefault(person.PublicKey),
                }),
            ];
        }
    }

    /// <summary>Wipes the user identity.</summary>
    public void Dispose() => _user?.Wipe();

    // The book may be written by 'whispurr identity verify' at any time; a book that cannot be read keeps its old names,
    // except at the start, where its user is told.
    private void ReadBook()
    {
        if (_bookFile is null || !File.Exists(_bookFile))
        {
            return;
        }

        DateTime written = File.GetLastWriteTimeUtc(_bookFile);
        if (written == _bookWritten)
        {
            return;
        }

        try
        {
            _names = PersonBook.Read(_bookFile).ToDictionary(person => person.PublicKey, person => person.Name);
        }
        catch (SettingException) when (_bookWritten != default)
        {
            // Half a second later it may be whole.
        }

        _bookWritten = written;
    }
}
