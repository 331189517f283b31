using WhispurrNet.DeviceImage;

if (args.Length != 3)
{
    Console.Error.WriteLine("Usage: DeviceImage APPLICATION LIST-OF-LIBRARIES IMAGE");
    return 2;
}

try
{
    IReadOnlyList<string> files = ImageWriter.Write(args[0], File.ReadAllLines(args[1]), args[2]);
    Console.WriteLine($"{args[2]}: {files.Count} assemblies, {new FileInfo(args[2]).Length} bytes");
    return 0;
}
catch (FileNotFoundException e)
{
    // In the form that build tools recognise as an error.
    Console.WriteLine($"{args[2]}: error DEV100: {e.Message}");
    return 1;
}
