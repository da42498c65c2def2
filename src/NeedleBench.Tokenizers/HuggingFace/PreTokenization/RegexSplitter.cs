using System.Buffers;
using System.Text.RegularExpressions;
using NeedleBench.Tokenizers.HuggingFace.Regexes;

namespace NeedleBench.Tokenizers.HuggingFace.PreTokenization;

/// <summary>The matches of an Oniguruma pattern.</summary>
sealed class RegexSplitter : ISplitter
{
    /// <summary>Far more than any text needs, so that a pattern that never ends becomes an error and no hang.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly Regex _regex;
    readonly CodePointText _codePoints;

    /// <exception cref="NotSupportedException">The pattern asks for something that is not carried out; the message is what.</exception>
    /// <exception cref="FormatException">The pattern is broken.</exception>
    public RegexSplitter(string pattern)
    {
        var (translated, named) = PatternTranslator.Translate(pattern);
        _codePoints = new CodePointText(named);
        try
        {
            _regex = new Regex(translated, RegexOptions.CultureInvariant | RegexOptions.Compiled, Patience);
        }
        catch (RegexParseException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    public void Find(ReadOnlySpan<char> text, List<Match> matches)
    {
        if (!text.ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            Add(text, default, matches);
            return;
        }

        var characters = ArrayPool<char>.Shared.Rent(text.Length);
        var starts = ArrayPool<int>.Shared.Rent(text.Length + 1);
        try
        {
            var count = _codePoints.Write(text, characters, starts);
            Add(characters.AsSpan(0, count), starts, matches);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
            ArrayPool<int>.Shared.Return(starts);
        }
    }

    void Add(ReadOnlySpan<char> text, ReadOnlySpan<int> starts, List<Match> matches)
    {
        var end = -1;
        foreach (var match in _regex.EnumerateMatches(text))
        {
            // An empty match right behind another is none to Oniguruma's iteration.
            if (match.Length > 0 || match.Index != end)
            {
                end = match.Index + match.Length;
                matches.Add(starts.IsEmpty
                    ? new Match(match.Index, match.Length)
                    : new Match(starts[match.Index], starts[end] - starts[match.Index]));
            }
        }
    }
}
