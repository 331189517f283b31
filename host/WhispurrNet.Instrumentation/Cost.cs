namespace WhispurrNet.Instrumentation;

/// <summary>What one operation costs, the mean of its runs.</summary>
/// <param name="Operation">Its name.</param>
/// <param name="ManagedIl">IL instructions with the managed HMAC.</param>
/// <param name="NativeIl">IL instructions with an HMAC that is none of device code, each call of it counted as one.</param>
/// <param name="Hmacs">Calls of the HMAC.</param>
/// <param name="BytesAllocated">Bytes of .NET's heap, with the second HMAC and without what it allocates itself.</param>
/// <param name="IsCore">
/// True for what the core of a node does for each frame. The targets take the HMAC for native there, as the firmware's
/// is, and for managed elsewhere.
/// </param>
public sealed record Cost(
    string Operation, long ManagedIl, long NativeIl, long Hmacs, long BytesAllocated, bool IsCore)
{
    /// <summary>IL instructions as the targets count them.</summary>
    public long Il => IsCore ? NativeIl : ManagedIl;
}
