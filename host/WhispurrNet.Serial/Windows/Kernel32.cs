using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace WhispurrNet.Serial.Windows;

/// <summary>What Windows does for serial ports: <c>fileapi.h</c>, <c>winbase.h</c> and <c>cfgmgr32.h</c>.</summary>
[SupportedOSPlatform("windows")]
internal static partial class Kernel32
{
    private const string Name = "kernel32";

    [LibraryImport(Name, EntryPoint = "CreateFileW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    public static partial SafeFileHandle CreateFile(
        string name, uint access, uint share, nint security, uint disposition, uint flags, nint template);

    [LibraryImport(Name, EntryPoint = "GetCommState", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool GetState(SafeFileHandle port, ref DeviceControlBlock state);

    [LibraryImport(Name, EntryPoint = "SetCommState", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetState(SafeFileHandle port, in DeviceControlBlock state);

    [LibraryImport(Name, EntryPoint = "SetCommTimeouts", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetTimeouts(SafeFileHandle port, in Timeouts timeouts);

    [LibraryImport(Name, EntryPoint = "PurgeComm", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool Purge(SafeFileHandle port, uint what);

    /// <summary>Finds a device that is plugged in now: 0, or why not.</summary>
    [LibraryImport("cfgmgr32", EntryPoint = "CM_Locate_DevNodeW", StringMarshalling = StringMarshalling.Utf16)]
    public static partial uint LocateDevice(out uint device, string instance, uint flags);

    /// <summary><c>DCB</c>: 28 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct DeviceControlBlock
    {
        public uint Size;
        public uint BaudRate;

        /// <summary>Bit 0 binary, 4-5 DTR control, 12-13 RTS control; all others off.</summary>
        public uint Flags;
        public ushort Reserved;
        public ushort XonLimit;
        public ushort XoffLimit;
        public byte ByteSize;
        public byte Parity;
        public byte StopBits;
        public byte XonCharacter;
        public byte XoffCharacter;
        public byte ErrorCharacter;
        public byte EndCharacter;
        public byte EventCharacter;
        public ushort Reserved1;
    }

    /// <summary><c>COMMTIMEOUTS</c>: 20 bytes, in milliseconds.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Timeouts
    {
        public uint ReadInterval;
        public uint ReadTotalMultiplier;
        public uint ReadTotalConstant;
        public uint WriteTotalMultiplier;
        public uint WriteTotalConstant;
    }
}
