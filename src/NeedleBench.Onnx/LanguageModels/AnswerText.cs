using System.Text;
using NeedleBench.Tokenizers;

namespace NeedleBench.Onnx.LanguageModels;

/// <summary>An answer as it grows, up to the first of its stop texts. Special tokens are part of the text: dialects read them.</summary>
/// <param name="decoder">Started with special tokens kept.</param>
/// <param name="stops">Texts that end the answer, wherever in a token they begin or end.</param>
sealed class AnswerText(StreamingDecoder decoder, IReadOnlyList<string> stops)
{
    readonly StringBuilder _text = new();
    readonly int _longestStop = stops.Select(s => s.Length).DefaultIfEmpty().Max();
    bool _isStopped;

    /// <summary>Takes one more token.</summary>
    /// <returns>Whether the text has come to a stop text.</returns>
    public bool Add(int id) => Append(decoder.Add(id));

    /// <summary>The text, without the stop text and what came behind it.</summary>
    public string Finish()
    {
        if (!_isStopped)
        {
            Append(decoder.Finish());
        }

        return _text.ToString();
    }

    bool Append(string added)
    {
        // A stop text may have begun in what was there before.
        var from = Math.Max(0, _text.Length - _longestStop + 1);
        _text.Append(added);
        if (stops.Count == 0 || added.Length == 0)
        {
            return false;
        }

        var tail = _text.ToString(from, _text.Length - from);
        var first = stops.Select(stop => tail.IndexOf(stop, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        if (first < 0)
        {
            return false;
        }

        _text.Length = from + first;
        return _isStopped = true;
    }
}
