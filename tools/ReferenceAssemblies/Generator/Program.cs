using WhispurrNet.ReferenceAssemblies;

if (args.Length != 1 || !Directory.Exists(Path.Combine(args[0], "Listings")))
{
    Console.Error.WriteLine("Give the folder that holds Listings/; the sources go to Sources/ beside it.");
    return 2;
}

string target = Path.Combine(args[0], "Sources");
Directory.CreateDirectory(target);
foreach (string old in Directory.GetFiles(target))
{
    File.Delete(old);
}

int count = 0;
foreach ((string path, byte[] content) in ReferenceSet.Read(Path.Combine(args[0], "Listings")).Generate())
{
    File.WriteAllBytes(Path.Combine(target, path), content);
    count++;
}

Console.WriteLine($"{count} files written to {target}");
return 0;
