using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace WhispurrNet.DeviceCheck;

/// <summary>One instruction of a method body.</summary>
/// <param name="Offset">Offset in the IL, bytes.</param>
/// <param name="Code">The operation.</param>
/// <param name="Token">Metadata token, for operations that carry one; else 0.</param>
/// <param name="Operand">Index of the argument or local, or 32-bit constant, written or implied; else 0.</param>
/// <param name="Targets">IL offsets it may branch to.</param>
public readonly record struct Instruction(int Offset, OpCode Code, int Token, int Operand, IReadOnlyList<int> Targets);

/// <summary>A method body taken apart, with the size it has on a board.</summary>
public sealed class IlBody
{
    private static readonly Dictionary<ushort, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(c => (ushort)c.Value);

    private readonly Dictionary<int, int> _boardOffsets = [];

    /// <summary>Takes a body apart.</summary>
    /// <exception cref="BadImageFormatException">The bytes are not IL.</exception>
    public IlBody(ReadOnlySpan<byte> il)
    {
        var instructions = new List<Instruction>();
        int at = 0, board = 0;
        while (at < il.Length)
        {
            int start = at;
            ushort value = il[at++];
            if (value == 0xFE)
            {
                value = (ushort)(0xFE00 | il[at++]);
            }

            if (!OpCodesByValue.TryGetValue(value, out OpCode code))
            {
                throw new BadImageFormatException($"opcode 0x{value:X} at {start} is not known");
            }

            _boardOffsets[start] = board;
            (int value32, int[] targets, int size, int boardSize) = ReadOperand(code, il[at..], at);
            at += size;
            board += code.Size + boardSize;
            bool isToken = IsToken(code.OperandType);
            instructions.Add(new Instruction(start, code, isToken ? value32 : 0, isToken ? 0 : value32, targets));
        }

        _boardOffsets[at] = board;
        Instructions = instructions;
        BoardSize = board;
    }

    public IReadOnlyList<Instruction> Instructions { get; }

    /// <summary>
    /// Bytes of code after conversion to a PE file: tokens shrink to 2 bytes, long branches to 2, a switch to 1 byte
    /// and 2 for each arm; everything else keeps its size.
    /// </summary>
    public int BoardSize { get; }

    /// <summary>Longest branch after conversion, bytes, taken from its start.</summary>
    public int LongestBranch(Instruction instruction) =>
        instruction.Targets.Count == 0
            ? 0
            : instruction.Targets.Max(t => Math.Abs(_boardOffsets[t] - _boardOffsets[instruction.Offset]));

    private static bool IsToken(OperandType type) => type is OperandType.InlineField or OperandType.InlineMethod
        or OperandType.InlineSig or OperandType.InlineString or OperandType.InlineTok or OperandType.InlineType;

    // The 2 of ldloc.2 or ldc.i4.2.
    private static int Implied(string name) =>
        name.Length > 2 && name[^2] == '.' && char.IsAsciiDigit(name[^1]) ? name[^1] - '0' : 0;

    private static (int Value, int[] Targets, int Size, int BoardSize) ReadOperand(
        OpCode code, ReadOnlySpan<byte> il, int at)
    {
        switch (code.OperandType)
        {
            case OperandType.InlineNone:
                return (Implied(code.Name!), [], 0, 0);
            case OperandType.ShortInlineI:
                return ((sbyte)il[0], [], 1, 1);
            case OperandType.ShortInlineVar:
                return (il[0], [], 1, 1);
            case OperandType.InlineVar:
                return (BinaryPrimitives.ReadUInt16LittleEndian(il), [], 2, 2);
            case OperandType.InlineI:
            case OperandType.ShortInlineR:
                return (BinaryPrimitives.ReadInt32LittleEndian(il), [], 4, 4);
            case OperandType.InlineI8:
            case OperandType.InlineR:
                return (0, [], 8, 8);
            case OperandType.ShortInlineBrTarget:
                return (0, [at + 1 + (sbyte)il[0]], 1, 1);
            case OperandType.InlineBrTarget:
                return (0, [at + 4 + BinaryPrimitives.ReadInt32LittleEndian(il)], 4, 2);
            case OperandType.InlineSwitch:
                int count = BinaryPrimitives.ReadInt32LittleEndian(il);
                int next = at + 4 + (4 * count);
                var targets = new int[count];
                for (int i = 0; i < count; i++)
                {
                    targets[i] = next + BinaryPrimitives.ReadInt32LittleEndian(il[(4 + (4 * i))..]);
                }

                return (0, targets, 4 + (4 * count), 1 + (2 * count));
            default:
                return (BinaryPrimitives.ReadInt32LittleEndian(il), [], 4, 2);
        }
    }
}
