using NeedleBench.Tokenizers.HuggingFace.PreTokenization;

namespace NeedleBench.Tokenizers.HuggingFace;

/// <summary>
/// <c>GPT2Tokenizer</c> names the format of the files more than the pattern: Granite's vocabulary is cl100k's and comes
/// under that name. The vocabulary tells them apart: a token was learnt within one word of the pattern, so the right
/// pattern leaves (almost) every token whole, and a wrong one cuts many.
/// </summary>
static class PatternGuess
{
    /// <summary>The pattern that cuts the fewest tokens, GPT-2's where it is no worse than the others.</summary>
    public static ISplitter For(TokenVocabulary vocabulary)
    {
        var texts = vocabulary.Ids.Keys.Select(ByteAlphabet.TextOf)
            .Where(text => text is { Length: > 1 } && !text.Contains('\uFFFD', StringComparison.Ordinal)).ToArray();
        ISplitter[] candidates = [Gpt2Scanner.Instance, new Cl100kScanner(3), new Cl100kScanner(1)];
        return candidates.MinBy(candidate => CountCut(texts!, candidate))!;
    }

    static int CountCut(string[] texts, ISplitter splitter)
    {
        var count = 0;
        var matches = new List<Match>();
        foreach (var text in texts)
        {
            matches.Clear();
            splitter.Find(text, matches);
            count += matches.Count > 1 ? 1 : 0;
        }

        return count;
    }
}
