using System.Text.Json;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Gateway.Persons;

/// <summary>A person whose key was verified.</summary>
/// <param name="Name">What its owner calls the person, 1 to 64 characters.</param>
/// <param name="PublicKey">64 hexadecimal digits in small letters.</param>
/// <param name="VerifiedAt">When.</param>
public sealed record Person(string Name, string PublicKey, DateTimeOffset VerifiedAt);

/// <summary>The persons that somebody verified, in a file that he named: a JSON array, for him alone to read.</summary>
public static class PersonBook
{
    /// <summary>Most persons in a book.</summary>
    public const int MaxPersons = 1000;

    /// <summary>Longest name in characters.</summary>
    public const int MaxNameLength = 64;

    private const int MaxSize = 1024 * 1024;

    private static readonly JsonSerializerOptions s_json =
        new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Reads a book.</summary>
    /// <exception cref="SettingException">The file is absent, cannot be read, or is no book.</exception>
    public static IReadOnlyList<Person> Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxSize })
            {
                throw new SettingException($"'{path}' is too large for a book of persons.");
            }

            Person[] persons = JsonSerializer.Deserialize<Person[]>(File.ReadAllText(path), s_json) ?? [];
            return persons.Length <= MaxPersons && persons.All(IsWhole)
                ? persons
                : throw new SettingException($"'{path}' is not a book of persons.");
        }
        catch (JsonException)
        {
            throw new SettingException($"'{path}' is not a book of persons.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(
                File.Exists(path) ? $"The file '{path}' cannot be read." : $"There is no file '{path}'.");
        }
    }

    /// <summary>Adds a person, or gives a known key a new name. Makes the file if there is none.</summary>
    /// <exception cref="SettingException">The book is full, or the file cannot be read or written.</exception>
    public static void Add(string path, Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        IReadOnlyList<Person> known = File.Exists(path) ? Read(path) : [];
        Person[] persons = [.. known.Where(p => p.PublicKey != person.PublicKey), person];
        if (persons.Length > MaxPersons)
        {
            throw new SettingException($"'{path}' holds {MaxPersons} persons already, as many as fit.");
        }

        string fresh = path + ".new";
        try
        {
            // Written beside it and moved over it, so that a book is never half written.
            File.Delete(fresh);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var stream = new FileStream(fresh, options))
            {
                JsonSerializer.Serialize(stream, persons, s_json);
            }

            File.Move(fresh, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"'{path}' cannot be written.");
        }
    }

    /// <summary>Whether a text will do as a person's name.</summary>
    public static bool IsName(string? name) =>
        name is { Length: >= 1 and <= MaxNameLength } && !name.Any(char.IsControl) && name.Trim() == name;

    private static bool IsWhole(Person person) =>
        IsName(person.Name) && PersonKey.FromHex(person.PublicKey ?? string.Empty) is not null;
}
