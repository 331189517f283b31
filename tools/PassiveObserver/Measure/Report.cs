using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using WhispurrNet.PassiveObserver.Capture;
using WhispurrNet.Protocol.Crypto;
using WhispurrNet.Protocol.Frames;

namespace WhispurrNet.PassiveObserver.Measure;

/// <summary>What an observer can tell, figure by figure.</summary>
internal sealed class Report
{
    /// <summary>Content and counters must not tell more than this.</summary>
    public const double Bound = 0.05;

    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly List<Section> _sections = [];

    /// <summary>The largest advantage of content and counters, and its standard error.</summary>
    public (double Value, double Error) LargestOfContent { get; private set; } = (-1, 0);

    /// <summary>Whether content and counters stay within the bound.</summary>
    public bool IsWithinBound => LargestOfContent.Value <= Bound;

    /// <summary>Adds what one recording says by content and counters alone, which the bound is for.</summary>
    public void AddContent(string name, Recording recording, int seed)
    {
        IReadOnlyList<Finding> findings = ContentTrial.All(recording, seed);
        foreach (Advantage result in findings.Select(f => f.Result))
        {
            if (result.Value > LargestOfContent.Value)
            {
                LargestOfContent = (result.Value, result.Error);
            }
        }

        Add(name, recording, findings, null);
    }

    /// <summary>Adds what is outside the bound.</summary>
    public void AddExceptions(string name, Recording recording, IReadOnlyList<Finding> findings)
    {
        Add(name, recording, findings, null);
    }

    /// <summary>Adds what times, ways and volume say.</summary>
    public void AddTimes(string name, Recording recording, int seed)
    {
        Finding[] findings =
        [
            .. TimingTrial.Kinds(recording, seed),
            .. TimingTrial.Answers(recording, FrameKind.Direct, seed),
            .. TimingTrial.Answers(recording, FrameKind.Acknowledgement, seed),
        ];
        Add(name, recording, findings, new Origins(OriginTrial.Named(recording, seed), OriginTrial.Volume(recording)));
    }

    /// <summary>Adds what lengths of encrypted records say to somebody who only hears them.</summary>
    public void AddRadio(string name, Recording recording, RadioLog log, int seed)
    {
        const int frameRecordSize = 1 + FrameLayout.StandardFrameSize + ChaCha20Poly1305.TagSize;
        Add(name, recording, RadioTrial.Carries(log, frameRecordSize, seed), null);
        _sections[^1] = _sections[^1] with { ContactsCounted = RadioTrial.Counted(log, frameRecordSize) };
    }

    public void WriteJson(TextWriter output)
    {
        output.WriteLine(JsonSerializer.Serialize(_sections, JsonOptions));
    }

    public void Write(TextWriter output)
    {
        foreach (Section section in _sections)
        {
            output.WriteLine(section.Name);
            output.WriteLine($"  {section.Frames} frames, {section.Copies} copies at {section.Relays} relays");
            foreach (Figure f in section.Figures)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {f.Question,-42} {f.Method,-20} {f.Advantage,6:F3} +- {f.Error:F3} of {f.Tested}"));
            }

            foreach (OriginFigure o in section.Origin)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  origin named by {o.Relays} relays: {o.ByTime:P1} by time, {o.ByCounters:P1} by counters"));
            }

            if (section.VolumeCorrelation is { } correlation)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"  correlation of frames made and first brought: {correlation:F2}"));
            }

            if (section.ContactsCounted is { } counted)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"  contacts whose number of frames the lengths tell: {counted:P1}"));
            }

            output.WriteLine();
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"largest advantage of content and counters: {LargestOfContent.Value:F3} +- {LargestOfContent.Error:F3}"));
    }

    private void Add(string name, Recording recording, IReadOnlyList<Finding> findings, Origins? origins)
    {
        _sections.Add(new Section(
            name,
            recording.Truths.Count,
            recording.Sightings.Count,
            recording.Relays.Count,
            [.. findings.Select(f =>
                new Figure(f.Question, f.Method, f.Result.Value, f.Result.Error, f.Result.Count))],
            origins?.Named ?? [],
            origins?.Volume,
            null));
    }

    private sealed record Origins(IReadOnlyList<OriginFigure> Named, double Volume);

    private sealed record Figure(string Question, string Method, double Advantage, double Error, int Tested);

    private sealed record Section(
        string Name,
        int Frames,
        int Copies,
        int Relays,
        IReadOnlyList<Figure> Figures,
        IReadOnlyList<OriginFigure> Origin,
        double? VolumeCorrelation,
        double? ContactsCounted);
}
