using NeedleBench.Tokenizers.SentencePiece;

namespace NeedleBench.Tokenizers.HuggingFace.PreTokenization;

/// <summary>Reads <c>{"String": …}</c> or <c>{"Regex": …}</c>.</summary>
static class PatternReader
{
    /// <exception cref="InvalidDataException">It is neither, or a pattern that is broken or not carried out here.</exception>
    public static ISplitter Read(JsonItem item)
    {
        var regex = item["Regex"];
        if (regex.IsAbsent)
        {
            return new LiteralSplitter(item.Object()["String"].Text());
        }

        var pattern = regex.Text();
        try
        {
            return Known(pattern) ?? new RegexSplitter(pattern);
        }
        catch (NotSupportedException e)
        {
            throw regex.NotSupported($"{e.Message} in the pattern {ModelError.Quote(pattern)}");
        }
        catch (FormatException e)
        {
            throw regex.Error($"is no pattern: {e.Message.TrimEnd('.')} in {ModelError.Quote(pattern)}", inner: e);
        }
    }

    /// <summary>A hand-written scanner for the patterns that most models use.</summary>
    public static ISplitter? Known(string pattern) =>
        pattern == Cl100kScanner.PatternOf(1) ? new Cl100kScanner(1)
        : pattern == Cl100kScanner.PatternOf(3) ? new Cl100kScanner(3)
        : pattern == Gpt2Scanner.Pattern ? Gpt2Scanner.Instance
        : null;
}
