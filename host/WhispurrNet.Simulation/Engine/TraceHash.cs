using System.Buffers.Binary;
using System.Security.Cryptography;

namespace WhispurrNet.Simulation.Engine;

/// <summary>What can happen in a world.</summary>
internal enum TraceEvent : byte
{
    Sent = 1,
    Delivered = 2,
    Acknowledged = 3,
    Connected = 4,
    ConnectFailed = 5,
    ContactOver = 6,
    Unit = 7,
    Stored = 8,
    Role = 9,
    Down = 10,
    Up = 11,
    Range = 12,
    StreamUnit = 13,
    Congested = 14,
}

/// <summary>SHA-256 over everything that happens, in order: two runs with one hash were the same run.</summary>
internal sealed class TraceHash : IDisposable
{
    private const int EntrySize = 21;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[EntrySize * 512];
    private int _count;

    /// <summary>Takes one event.</summary>
    public void Add(TraceEvent kind, long atMs, int node, ulong detail)
    {
        Span<byte> entry = _buffer.AsSpan(_count, EntrySize);
        entry[0] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(entry[1..], atMs);
        BinaryPrimitives.WriteInt32LittleEndian(entry[9..], node);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[13..], detail);
        _count += EntrySize;
        if (_count == _buffer.Length)
        {
            _hash.AppendData(_buffer);
            _count = 0;
        }
    }

    /// <summary>The hash so far, lower-case hexadecimal.</summary>
    public string Finish()
    {
        _hash.AppendData(_buffer.AsSpan(0, _count));
        _count = 0;
        return Convert.ToHexStringLower(_hash.GetCurrentHash());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hash.Dispose();
    }
}
