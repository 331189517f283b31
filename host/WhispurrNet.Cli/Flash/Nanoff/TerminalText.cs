using System.Text;

namespace WhispurrNet.Cli.Flash.Nanoff;

/// <summary>
/// Makes text of what a program writes to a terminal, and answers it when it asks where the cursor is. Any split of
/// the bytes gives the same text. Sequences are those of ECMA-48 that .NET's console writes for <c>xterm</c>.
/// </summary>
/// <param name="rows">How many rows the terminal has.</param>
/// <param name="line">Told each piece of text, without what only moves the cursor or colours.</param>
/// <param name="reply">Told what the terminal answers.</param>
internal sealed class TerminalText(int rows, Action<string> line, Action<byte[]> reply)
{
    private const int MaxTextLength = 4_096;
    private const int MaxParametersLength = 32;

    private const char Escape = '\x1b', Bell = '\a';

    private readonly Decoder _decoder = new UTF8Encoding(false).GetDecoder();
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _parameters = new();
    private State _state;
    private int _row = 1;

    private enum State
    {
        Text,
        Escape,
        Sequence,
        Command,
        Charset,
    }

    /// <summary>The text of the line that is being written.</summary>
    public string Pending => _text.ToString();

    /// <summary>Takes what was written.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        Span<char> characters = bytes.Length <= 1_024 ? stackalloc char[bytes.Length + 2] : new char[bytes.Length + 2];
        int count = _decoder.GetChars(bytes, characters, flush: false);
        foreach (char character in characters[..count])
        {
            Take(character);
        }
    }

    /// <summary>Ends the last line.</summary>
    public void Finish() => EndText();

    private void Take(char character)
    {
        switch (_state)
        {
            case State.Text:
                TakeText(character);
                break;
            case State.Escape:
                _state = character switch
                {
                    '[' => State.Sequence,
                    ']' => State.Command,
                    '(' or ')' => State.Charset,
                    _ => State.Text,
                };
                _parameters.Clear();
                break;
            case State.Sequence when character is >= '@' and <= '~':
                _state = State.Text;
                Obey(character);
                break;
            case State.Sequence when _parameters.Length < MaxParametersLength:
                _parameters.Append(character);
                break;
            case State.Command when character is Bell or Escape:
                // An escape begins the string terminator, whose second half is passed over as a sequence of its own.
                _state = character == Bell ? State.Text : State.Escape;
                break;
            case State.Charset:
                _state = State.Text;
                break;
        }
    }

    private void TakeText(char character)
    {
        switch (character)
        {
            case Escape:
                _state = State.Escape;
                break;
            case '\n':
                EndText();
                _row = Math.Min(_row + 1, rows);
                break;
            case '\r':
                EndText();
                break;
            case >= ' ' when _text.Length < MaxTextLength:
                _text.Append(character);
                break;
        }
    }

    private void Obey(char final)
    {
        switch (final)
        {
            case 'n' when _parameters.ToString() == "6":
                reply(Encoding.ASCII.GetBytes($"{Escape}[{_row};{Math.Min(_text.Length + 1, 80)}R"));
                break;
            case 'H' or 'f':
                EndText();
                string first = _parameters.ToString().Split(';')[0];
                _row = Math.Clamp(int.TryParse(first, out int row) ? row : 1, 1, rows);
                break;
            case 'A':
                EndText();
                _row = Math.Max(1, _row - 1);
                break;
        }
    }

    private void EndText()
    {
        string text = _text.ToString().TrimEnd();
        _text.Clear();
        if (text.Length > 0)
        {
            line(text);
        }
    }
}
