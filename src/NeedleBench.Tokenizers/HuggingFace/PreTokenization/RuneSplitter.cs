using System.Text;

namespace NeedleBench.Tokenizers.HuggingFace.PreTokenization;

/// <summary>Every character of some kind, each by itself.</summary>
sealed class RuneSplitter(Func<Rune, bool> isMatch) : ISplitter
{
    public void Find(ReadOnlySpan<char> text, List<Match> matches)
    {
        for (var i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf16(text[i..], out var rune, out var length);
            if (isMatch(rune))
            {
                matches.Add(new Match(i, length));
            }

            i += length;
        }
    }
}
