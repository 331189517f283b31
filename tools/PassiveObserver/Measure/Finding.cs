namespace WhispurrNet.PassiveObserver.Measure;

/// <summary>One figure of the report.</summary>
/// <param name="Question">What the observer wants to know.</param>
/// <param name="Method">How it guesses.</param>
/// <param name="Result">How well.</param>
internal sealed record Finding(string Question, string Method, Advantage Result);
