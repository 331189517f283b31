using System.Runtime.InteropServices;
using System.Text;

namespace WhispurrNet.Serial.MacOS;

/// <summary>
/// The registry of devices of macOS, by IOKit's <c>IOKitLib.h</c> and CoreFoundation's <c>CFBase.h</c>,
/// <c>CFString.h</c> and <c>CFNumber.h</c>. Objects of the registry are 32 bits wide.
/// </summary>
internal static partial class IoKit
{
    private const string Kit = "/System/Library/Frameworks/IOKit.framework/IOKit";
    private const string Foundation = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation";

    private const uint Utf8 = 0x08000100; // kCFStringEncodingUTF8
    private const nint Integer64 = 4; // kCFNumberSInt64Type
    private const uint TowardsTheRoot = 0x3; // kIORegistryIterateRecursively | kIORegistryIterateParents

    /// <summary>The services of a class; each is released by its <see cref="Entry"/>.</summary>
    public static IReadOnlyList<uint> Services(string className)
    {
        var services = new List<uint>();

        // The dictionary is consumed by the call that takes it.
        if (GetMatchingServices(0, Matching(className), out uint iterator) != 0)
        {
            return services;
        }

        for (uint service = Next(iterator); service != 0; service = Next(iterator))
        {
            services.Add(service);
        }

        _ = Release(iterator);
        return services;
    }

    [LibraryImport(Kit, EntryPoint = "IOServiceMatching", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Matching(string className);

    [LibraryImport(Kit, EntryPoint = "IOServiceGetMatchingServices")]
    private static partial int GetMatchingServices(uint mainPort, nint matching, out uint iterator);

    [LibraryImport(Kit, EntryPoint = "IOIteratorNext")]
    private static partial uint Next(uint iterator);

    [LibraryImport(Kit, EntryPoint = "IOObjectRelease")]
    private static partial int Release(uint entry);

    [LibraryImport(Kit, EntryPoint = "IORegistryEntrySearchCFProperty", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint SearchProperty(uint entry, string plane, nint key, nint allocator, uint options);

    [LibraryImport(Foundation, EntryPoint = "CFStringCreateWithCString", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint CreateString(nint allocator, string text, uint encoding);

    [LibraryImport(Foundation, EntryPoint = "CFStringGetCString")]
    [return: MarshalAs(UnmanagedType.U1)]
    private static unsafe partial bool GetText(nint text, byte* buffer, nint size, uint encoding);

    [LibraryImport(Foundation, EntryPoint = "CFNumberGetValue")]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool GetNumber(nint number, nint type, out long value);

    [LibraryImport(Foundation, EntryPoint = "CFGetTypeID")]
    private static partial nuint TypeOf(nint value);

    [LibraryImport(Foundation, EntryPoint = "CFStringGetTypeID")]
    private static partial nuint TypeOfString();

    [LibraryImport(Foundation, EntryPoint = "CFNumberGetTypeID")]
    private static partial nuint TypeOfNumber();

    [LibraryImport(Foundation, EntryPoint = "CFRelease")]
    private static partial void ReleaseValue(nint value);

    /// <summary>One entry of the registry; looks for properties in it and in those above it.</summary>
    public readonly struct Entry(uint entry) : IDisposable
    {
        private const int MaxTextSize = 1_024;

        /// <summary>A property that is text, or null.</summary>
        public unsafe string? FindText(string property)
        {
            nint value = Find(property);
            if (value == 0)
            {
                return null;
            }

            byte* buffer = stackalloc byte[MaxTextSize];
            bool found = TypeOf(value) == TypeOfString() && GetText(value, buffer, MaxTextSize, Utf8);
            ReleaseValue(value);
            return found
                ? Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer))
                : null;
        }

        /// <summary>A property that is a number, or null.</summary>
        public long? FindNumber(string property)
        {
            nint value = Find(property);
            if (value == 0)
            {
                return null;
            }

            long number = 0;
            bool found = TypeOf(value) == TypeOfNumber() && GetNumber(value, Integer64, out number);
            ReleaseValue(value);
            return found ? number : null;
        }

        public void Dispose() => _ = Release(entry);

        private nint Find(string property)
        {
            nint key = CreateString(0, property, Utf8);
            nint value = SearchProperty(entry, "IOService", key, 0, TowardsTheRoot);
            ReleaseValue(key);
            return value;
        }
    }
}
