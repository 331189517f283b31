using System.Text;
using WhispurrNet.DeviceImages;
using WhispurrNet.Virtual.Serial.Flash;
using WhispurrNet.Virtual.Serial.Line;
using WhispurrNet.WireProtocol;

namespace WhispurrNet.Virtual.Serial;

/// <summary>
/// The firmware of a board as its serial line shows it (facts 11): wire protocol, boot, text, flash and configuration.
/// Does no input or output and knows no clock.
/// </summary>
/// <remarks>
/// In: <see cref="PowerOn"/>, <see cref="PowerOff"/>, <see cref="Feed"/>, <see cref="Print"/>,
/// <see cref="ProgramEnded"/>, and <see cref="Tick"/> when <see cref="Deadline"/> has come. Out: the calls of the host,
/// from inside those. Times are milliseconds of any clock that never goes back. One thread at a time. Nothing that comes
/// over the line makes it throw.
/// </remarks>
public sealed partial class DeviceEngine
{
    private const PacketFlags Broadcast = PacketFlags.NoCaching | PacketFlags.NonCritical;
    private const ExecutionConditions StateMask = ExecutionConditions.ProgramRunning
        | ExecutionConditions.ProgramExited | ExecutionConditions.ResolutionFailed;

    private readonly DeviceDescription _description;
    private readonly IDeviceHost _host;
    private readonly BoardFileSystem _drive;
    private readonly DeviceMemory _memory;
    private readonly ConfigurationStore _configuration = new();
    private readonly MixedDecoder _decoder;
    private readonly Receiver _receiver;
    private readonly TextBuffer _text = new();
    private readonly SendQueue _line;
    private readonly Random _noise;
    private ExecutionConditions _conditions;
    private RebootModes? _reboot;
    private ushort _sequence;
    private long _nowMs;
    private bool _isResident;

    /// <summary>Makes a board without power, its flash erased.</summary>
    /// <param name="description">What it says of itself.</param>
    /// <param name="host">What is around it.</param>
    /// <param name="drive">Its drive <c>I:</c>.</param>
    /// <param name="faults">How it misbehaves; null for not at all.</param>
    /// <param name="isResident">Whether the host has a program that runs until something else is deployed.</param>
    public DeviceEngine(
        DeviceDescription description,
        IDeviceHost host,
        BoardFileSystem drive,
        DeviceFaults? faults = null,
        bool isResident = false)
    {
        _isResident = isResident;
        _description = description;
        _host = host;
        _drive = drive;
        Faults = faults ?? new();
        _memory = new(description, Faults);
        _noise = new Random(Faults.Seed);
        _line = new(Faults, host);
        _receiver = new(this);

        // The firmware waits so long for the rest of a header, and of a payload.
        _decoder = new(new(PacketHeader.MaxDevicePayload, 2_000, 5_000, FindNested: false))
        {
            Crc = description.HasCrc ? CrcRule.Always : CrcRule.Never,
        };
    }

    /// <summary>How it misbehaves.</summary>
    public DeviceFaults Faults { get; }

    /// <summary>Whether it has power.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Its condition word.</summary>
    public ExecutionConditions Conditions => _conditions;

    /// <summary>
    /// How often flash was erased or written below a program that nobody had stopped: on a chip it would run into
    /// nothing.
    /// </summary>
    public int PulledAway { get; private set; }

    /// <summary>What is written in the partition of programs.</summary>
    public ReadOnlySpan<byte> Deployment => _memory.Deployment.Cells;

    /// <summary>When <see cref="Tick"/> is to be called; null for not at all.</summary>
    public long? Deadline => (_decoder.Deadline, _line.Deadline) switch
    {
        (null, var line) => line,
        (var decoder, null) => decoder,
        var (decoder, line) => Math.Min(decoder.Value, line.Value),
    };

    /// <summary>Gives it power: it starts as after any reset.</summary>
    public void PowerOn(long nowMs)
    {
        _nowMs = nowMs;
        IsOn = true;
        _sequence = 0;
        _host.ChipReset();
        Boot();
    }

    /// <summary>Takes its power. Flash and drive keep what they hold.</summary>
    public void PowerOff()
    {
        IsOn = false;
        _decoder.Flush(Silence.Instance);
        _line.Clear();
        _text.Clear();
        _reboot = null;
        _host.StopProgram();
    }

    /// <summary>Puts an image into the partition of programs, as a programmer does; without power only.</summary>
    /// <exception cref="InvalidOperationException">The board is on.</exception>
    /// <exception cref="ArgumentException">The image is larger than the partition.</exception>
    public void Burn(ReadOnlySpan<byte> image)
    {
        if (IsOn)
        {
            throw new InvalidOperationException("The board is on.");
        }

        if (image.Length > Deployment.Length)
        {
            throw new ArgumentException("The image is larger than the partition.", nameof(image));
        }

        _isResident = false;
        _memory.Deployment.Erase(0, Deployment.Length);
        _memory.Deployment.Program(0, image);
    }

    /// <summary>Takes bytes from the line.</summary>
    public void Feed(ReadOnlySpan<byte> bytes, long nowMs)
    {
        _nowMs = nowMs;
        foreach (byte b in bytes)
        {
            if (!IsOn)
            {
                return;
            }

            if (Faults.PowerCutAfterReceived is { } rest)
            {
                Faults.PowerCutAfterReceived = rest <= 1 ? null : rest - 1;
                if (rest <= 1)
                {
                    CutPower();
                    return;
                }
            }

            if (_noise.Next(1_000) < Faults.DropReceivedPerMille)
            {
                continue;
            }

            try
            {
                _decoder.Feed([b], nowMs, _receiver);
            }
            catch (PowerCutException)
            {
                CutPower();
                return;
            }

            RebootIfAsked();
        }
    }

    /// <summary>Lets time pass.</summary>
    public void Tick(long nowMs)
    {
        _nowMs = nowMs;
        if (IsOn)
        {
            _decoder.Expire(nowMs, _receiver);
            _line.Drain(nowMs);
        }
    }

    /// <summary>The program prints.</summary>
    public void Print(string text, long nowMs)
    {
        _nowMs = nowMs;
        if (!IsOn)
        {
            return;
        }

        if ((_conditions & ExecutionConditions.Enabled) == 0)
        {
            // Nothing else is printed without a debugger, the CLR's own banner not excepted.
            if (_conditions == ExecutionConditions.ProgramRunning)
            {
                _line.Send(Encoding.UTF8.GetBytes(text), nowMs);
            }

            return;
        }

        if ((_conditions & ExecutionConditions.Quiet) == 0)
        {
            foreach (byte[] message in _text.Add(text))
            {
                Transmit(Command.Message, 0, Broadcast, message);
            }
        }
    }

    /// <summary>The program's threads have all ended.</summary>
    public void ProgramEnded(long nowMs)
    {
        _nowMs = nowMs;
        if (IsOn && (_conditions & ExecutionConditions.ProgramRunning) != 0)
        {
            EnterState(ExecutionConditions.ProgramExited);
            Transmit(Command.ProgramExit, 0, PacketFlags.NonCritical, []);
        }
    }

    /// <summary>The chip has restarted, and the program with it.</summary>
    public void ProgramRestarted(long nowMs)
    {
        _nowMs = nowMs;
        if (IsOn)
        {
            _host.ChipReset();
            Announce();
            _conditions = ExecutionConditions.ProgramRunning;
        }
    }

    private void Boot()
    {
        _host.StopProgram();
        Announce();
        IReadOnlyList<ImagePart> parts =
        [
            .. DeploymentImage.Scan(_memory.Deployment.Cells)
                .Where(p => _description.Natives.FirstOrDefault(n => n.Name == p.Assembly.Name) is not { } native
                    || native.Checksum == p.Assembly.NativeChecksum),
        ];
        _loaded = parts.Count > 0
            ? [.. parts.Select(p => new LoadedAssembly(p.Assembly.Name, p.Assembly.Version))]
            : _isResident ? _host.ResidentAssemblies : [];
        var names = parts.Select(p => p.Assembly.Name).ToHashSet(StringComparer.Ordinal);
        bool isResolved = names.Contains(DeviceAssembly.CoreLibrary)
            && parts.All(p => p.Assembly.References.All(r => names.Contains(r.Name)));
        _conditions = ExecutionConditions.ProgramRunning;
        string? refusal = null;
        ProgramStart start = isResolved || _isResident
            ? _host.StartProgram(parts, out refusal)
            : ProgramStart.Ended;
        if (start == ProgramStart.Refused)
        {
            Print(refusal + "\r\n", _nowMs);
        }

        if (start != ProgramStart.Running)
        {
            ProgramEnded(_nowMs);
        }
    }

    private void Announce()
    {
        _text.Clear();
        _conditions = ExecutionConditions.None;
        Transmit(Command.Ping, 0, Broadcast, []);
    }

    private void RebootIfAsked()
    {
        if (_reboot is not { } modes)
        {
            return;
        }

        _reboot = null;
        if ((modes & RebootModes.ClrOnly) != 0)
        {
            Boot();
        }
        else if ((modes & RebootModes.VendorBooter) != 0)
        {
            // Waits for an image in its own protocol, and knows no other.
            PowerOff();
            _host.ChipReset();
        }
        else
        {
            PowerOff();
            PowerOn(_nowMs);
        }
    }

    private void CutPower()
    {
        PowerOff();
        _host.PowerLost();
    }

    private void EnterState(ExecutionConditions state) => _conditions = (_conditions & ~StateMask) | state;

    private void Transmit(Command command, ushort replyTo, PacketFlags flags, ReadOnlySpan<byte> payload)
    {
        // Firmware that computes no checksums writes zeros.
        byte[] packet = Packet.Create(command, _sequence++, replyTo, flags, payload, _description.HasCrc);
        _line.Send(packet, _nowMs);
    }

    private void Reply(in PacketHeader request, bool isDone, ReadOnlySpan<byte> payload)
    {
        if ((request.Flags & PacketFlags.NonCritical) != 0 || Faults.IsMute)
        {
            return;
        }

        PacketFlags flags = PacketFlags.Reply | PacketFlags.NonCritical
            | (request.Flags & PacketFlags.NoCaching)
            | (isDone ? PacketFlags.Ack : PacketFlags.Nack);
        Transmit(request.Command, request.Sequence, flags, isDone ? payload : default);
    }

    /// <summary>What the firmware makes of the line: packets; noise between them is nothing.</summary>
    private sealed class Receiver(DeviceEngine engine) : IMixedSink
    {
        public void OnText(ReadOnlySpan<byte> bytes)
        {
        }

        public void OnPacket(in PacketHeader header, ReadOnlySpan<byte> payload) => engine.Execute(header, payload);

        public void OnRefused(PacketRefusal reason)
        {
            if (reason == PacketRefusal.Truncated || engine.Faults.IsMute)
            {
                return;
            }

            PacketFlags what = reason == PacketRefusal.PayloadCrc ? PacketFlags.BadPayload : PacketFlags.BadHeader;
            engine.Transmit(Command.Ping, 0, PacketFlags.NonCritical | PacketFlags.Nack | what, []);
        }
    }

    /// <summary>Takes what a decoder holds back when the power goes.</summary>
    private sealed class Silence : IMixedSink
    {
        public static Silence Instance { get; } = new();

        public void OnText(ReadOnlySpan<byte> bytes)
        {
        }

        public void OnPacket(in PacketHeader header, ReadOnlySpan<byte> payload)
        {
        }

        public void OnRefused(PacketRefusal reason)
        {
        }
    }
}
