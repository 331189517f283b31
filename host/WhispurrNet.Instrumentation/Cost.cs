namespace WhispurrNet.Instrumentation;

/// <summary>What one operation costs, the mean of its runs.</summary>
/// <param name="Operation">Its name.</param>
/// <param name="ManagedIl">IL instructions with the managed HMAC.</param>
/// <param name="NativeIl">IL instructions with an HMAC that is none of device code, each call of it counted as one.</param>
/// <param name="Hmacs">Calls of the HMAC.</param>
/// <param name="BytesAllocated">Bytes of .NET's heap, with the second HMAC and without what it allocates itself.</param>
public sealed record Cost(string Operation, long ManagedIl, long NativeIl, long Hmacs, long BytesAllocated);
