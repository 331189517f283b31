using Microsoft.Win32.SafeHandles;

namespace WhispurrNet.Serial.Unix;

/// <summary>A file descriptor, closed once.</summary>
internal sealed class SafeDescriptor : SafeHandleMinusOneIsInvalid
{
    public SafeDescriptor(int descriptor)
        : base(ownsHandle: true) => SetHandle(descriptor);

    protected override bool ReleaseHandle() => Libc.Close(handle.ToInt32()) == 0;
}
