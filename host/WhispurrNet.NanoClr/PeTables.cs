using System.Buffers.Binary;

namespace WhispurrNet.NanoClr;

/// <summary>
/// What the header of a PE file tells about the assembly (nf-interpreter: <c>nanoCLR_Types.h</c>, CLR_RECORD_ASSEMBLY).
/// </summary>
/// <param name="ByteCode">Bytes of bytecode.</param>
/// <param name="References">Referenced assemblies, types, fields and methods.</param>
/// <param name="Types">Types defined.</param>
/// <param name="Fields">Fields defined.</param>
/// <param name="Methods">Methods defined.</param>
/// <param name="Statics">Static fields among the fields.</param>
internal sealed record PeTables(int ByteCode, int[] References, int Types, int Fields, int Methods, int Statics)
{
    private const int TableStarts = 40;
    private const int TablePadding = 108;
    private const int TypeTable = 4;
    private const int ByteCodeTable = 13;
    private const int TypeRecord = 24;
    private const int StaticFieldsOfType = 20;
    private const int Block = 12;

    // The interpreter's structures on a 32-bit chip, with debugging as every released image has it.
    private const int AssemblyBytes = 140;
    private const int ReferenceBytes = 4;
    private const int TypeBytes = 8;
    private const int FieldBytes = 2;
    private const int MethodBytes = 2;
    private const int MethodDebugBytes = 1;

    private static readonly int[] s_recordBytes = [12, 8, 8, 8, TypeRecord, 8, 16];

    /// <summary>
    /// Bytes of managed heap that the loaded assembly takes before any of its code runs, in whole blocks
    /// (<c>TypeSystem.cpp: CLR_RT_Assembly::CreateInstance</c>).
    /// </summary>
    public int HeapBytes
    {
        get
        {
            int bytes = AssemblyBytes + References.Sum(count => Whole(count * ReferenceBytes))
                + Whole(Types * TypeBytes) + Whole(Fields * FieldBytes) + Whole(Methods * MethodBytes)
                + (Statics * Block) + Whole(Methods * MethodDebugBytes);
            return (bytes + Block - 1) / Block * Block;
        }
    }

    /// <summary>Reads a PE file.</summary>
    /// <exception cref="RunnerException">It is too short for one; exit code 2.</exception>
    public static PeTables Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        if (file.Length < TablePadding + 16)
        {
            throw RunnerException.Usage($"'{path}' is not a PE file of nanoFramework.");
        }

        int[] counts = [.. s_recordBytes.Select((record, table) => Size(file, table) / record)];
        int types = Start(file, TypeTable);
        int statics = Enumerable.Range(0, counts[TypeTable])
            .Sum(type => file[types + (type * TypeRecord) + StaticFieldsOfType]);
        return new PeTables(
            Size(file, ByteCodeTable), counts[..TypeTable], counts[TypeTable], counts[5], counts[6], statics);
    }

    private static int Start(byte[] file, int table) =>
        BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(TableStarts + (table * 4)));

    private static int Size(byte[] file, int table) =>
        Start(file, table + 1) - Start(file, table) - file[TablePadding + table];

    private static int Whole(int bytes) => (bytes + 3) / 4 * 4;
}
