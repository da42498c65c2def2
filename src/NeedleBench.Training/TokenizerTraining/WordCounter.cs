using System.Runtime.InteropServices;
using System.Text;

namespace NeedleBench.Training.TokenizerTraining;

/// <summary>
/// Counts the characters and the distinct words of texts that stream past. What it keeps grows with the distinct words
/// alone. A word here is a stretch that pieces may span: from one space, special symbol or parting of
/// <see cref="PieceRules.Parts"/> to the next.
/// </summary>
sealed class WordCounter
{
    /// <summary>
    /// Longer words are cut here, so that a text without any space costs no more than others. Each cut hides one pair in
    /// this many from the count.
    /// </summary>
    const int LongestWord = 256;

    readonly PieceRules _rules;
    readonly SymbolMatcher _symbols;
    readonly bool _fold;
    readonly bool _prefix;
    readonly long[] _characters = new long[0x110000];
    readonly Dictionary<string, long> _words = new(StringComparer.Ordinal);
    readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _wordsBySpan;
    readonly char[] _word = new char[2 * LongestWord];
    int _length;
    int _runes;
    int _last;

    public WordCounter(PieceRules rules, SymbolMatcher symbols, TokenizerTrainingOptions options)
    {
        _rules = rules;
        _symbols = symbols;
        _fold = options.RemoveExtraWhitespaces;
        _prefix = options.AddDummyPrefix;
        _wordsBySpan = _words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How often each code point stood in the normalised texts; U+0000 is not counted.</summary>
    public ReadOnlySpan<long> Characters => _characters;

    /// <summary>The words of two characters and more. A word of one has nothing to merge.</summary>
    public IReadOnlyDictionary<string, long> Words => _words;

    public void Add(ReadOnlySpan<char> text)
    {
        if (_fold)
        {
            text = text.TrimStart(' ').TrimEnd(" \u2581");
        }

        if (text.IsEmpty)
        {
            return;
        }

        if (_prefix)
        {
            AddCharacter(PieceRules.Space);
        }

        var afterSpace = false;
        while (!text.IsEmpty)
        {
            var symbol = _symbols.LongestAt(text);
            if (symbol > 0)
            {
                // As in SentencePiece, where a tab takes the symbol's place and counts as a character.
                AddCharacter('\t');
                afterSpace = false;
                text = text[symbol..];
                continue;
            }

            // A lone surrogate comes out as U+FFFD, as it does when encoding.
            Rune.DecodeFromUtf16(text, out var rune, out var length);
            text = text[length..];
            var isSpace = rune.Value == ' ';
            if (!(isSpace && afterSpace && _fold))
            {
                AddCharacter(isSpace ? PieceRules.Space : rune.Value);
            }

            afterSpace = isSpace;
        }

        EndWord();
    }

    void AddCharacter(int c)
    {
        if (c != 0)
        {
            _characters[c]++;
        }

        if (_runes == LongestWord || (_runes > 0 && _rules.Parts(_last, c)))
        {
            EndWord();
        }

        _length += new Rune(c).EncodeToUtf16(_word.AsSpan(_length));
        _runes++;
        _last = c;
    }

    void EndWord()
    {
        if (_runes > 1)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_wordsBySpan, _word.AsSpan(0, _length), out _)++;
        }

        _length = 0;
        _runes = 0;
    }
}
