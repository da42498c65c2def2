using System.Text;

namespace NeedleBench.Tokenizers.HuggingFace.PreTokenization;

/// <summary><c>\w+|[^\w\s]+</c> as the Whitespace pre-tokenizer has it: words, and what is neither word nor white space.</summary>
sealed class WordSplitter : ISplitter
{
    public void Find(ReadOnlySpan<char> text, List<Match> matches)
    {
        for (var i = 0; i < text.Length;)
        {
            var kind = KindAt(text, i, out var length);
            var start = i;
            for (i += length; i < text.Length && KindAt(text, i, out length) == kind;)
            {
                i += length;
            }

            if (kind is not null)
            {
                matches.Add(new Match(start, i - start));
            }
        }
    }

    /// <returns>Whether a word character stands here; null for white space.</returns>
    static bool? KindAt(ReadOnlySpan<char> text, int i, out int length)
    {
        Rune.DecodeFromUtf16(text[i..], out var rune, out length);
        return CharacterClasses.IsWord(rune) ? true : Rune.IsWhiteSpace(rune) ? null : false;
    }
}
