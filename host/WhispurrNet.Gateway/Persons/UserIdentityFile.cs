using System.Security.Cryptography;
using WhispurrNet.Desk.Crypto.Curve25519;
using WhispurrNet.Desk.Crypto.Nodes;
using WhispurrNet.Gateway.Configuration;

namespace WhispurrNet.Gateway.Persons;

/// <summary>
/// A user identity in a file that its owner named: lines of <c>name=value</c> with the seed and, to look it up without
/// computing, the public key. Only its owner may read it; nothing here ever shows the seed.
/// </summary>
public static class UserIdentityFile
{
    private const string SeedName = "seed";
    private const string PublicKeyName = "public";
    private const int MaxSize = 4096;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a new identity and its file.</summary>
    /// <param name="path">A file that does not exist yet.</param>
    /// <returns>Its public key, 32 bytes.</returns>
    /// <exception cref="SettingException">The file exists, or cannot be written.</exception>
    public static byte[] Create(string path)
    {
        byte[] seed = RandomNumberGenerator.GetBytes(DeskEd25519.SeedSize);
        var publicKey = new byte[DeskEd25519.PublicKeySize];
        DeskEd25519.DerivePublicKey(seed, publicKey);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using var writer = new StreamWriter(path, options);
            writer.WriteLine("# WhispurrNet user identity. Whoever can read this file can pass for you.");
            writer.WriteLine($"{SeedName}={Convert.ToHexStringLower(seed)}");
            writer.WriteLine($"{PublicKeyName}={Convert.ToHexStringLower(publicKey)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(File.Exists(path)
                ? $"'{path}' exists already; an identity is never written over."
                : $"'{path}' cannot be written.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }

        return publicKey;
    }

    /// <summary>Reads an identity that can sign.</summary>
    /// <exception cref="SettingException">The file is absent, open to others, or holds none.</exception>
    public static DeskUserIdentity Read(string path)
    {
        string[] lines = ReadLines(path);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
        {
            throw new SettingException($"'{path}' can be read by others; chmod 600 it first.");
        }

        byte[] seed = PersonKey.FromHex(Value(lines, SeedName) ?? string.Empty)
            ?? throw new SettingException($"'{path}' is not a user identity; 'whispurr identity new' makes one.");
        var user = new DeskUserIdentity(seed);
        CryptographicOperations.ZeroMemory(seed);
        if (Value(lines, PublicKeyName) is { } written && written != Convert.ToHexStringLower(user.PublicKey))
        {
            user.Wipe();
            throw new SettingException($"'{path}' is damaged: its public key is not that of its seed.");
        }

        return user;
    }

    /// <summary>Reads the public key alone.</summary>
    /// <exception cref="SettingException">The file is absent or holds none.</exception>
    public static byte[] ReadPublicKey(string path) =>
        PersonKey.FromHex(Value(ReadLines(path), PublicKeyName) ?? string.Empty)
            ?? throw new SettingException($"'{path}' holds no public key of a user identity.");

    private static string? Value(string[] lines, string name) =>
        lines.Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .FirstOrDefault(pair => pair.Length == 2 && pair[0] == name)?[1];

    private static string[] ReadLines(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: > MaxSize }
                ? throw new SettingException($"'{path}' is too large for a user identity.")
                : File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(
                File.Exists(path) ? $"The file '{path}' cannot be read." : $"There is no file '{path}'.");
        }
    }
}
