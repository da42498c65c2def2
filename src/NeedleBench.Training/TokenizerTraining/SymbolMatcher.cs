using System.Buffers;

namespace NeedleBench.Training.TokenizerTraining;

/// <summary>Finds the longest of some symbols at a place in a text.</summary>
sealed class SymbolMatcher
{
    readonly string[] _symbols;
    readonly SearchValues<char> _first;

    /// <param name="symbols">None of them empty.</param>
    public SymbolMatcher(IEnumerable<string> symbols)
    {
        _symbols = [.. symbols.OrderByDescending(symbol => symbol.Length)];
        _first = SearchValues.Create([.. _symbols.Select(symbol => symbol[0]).Distinct()]);
    }

    /// <returns>The length of the longest symbol that <paramref name="text"/> begins with, or 0.</returns>
    public int LongestAt(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !_first.Contains(text[0]))
        {
            return 0;
        }

        foreach (var symbol in _symbols)
        {
            if (text.StartsWith(symbol, StringComparison.Ordinal))
            {
                return symbol.Length;
            }
        }

        return 0;
    }
}
