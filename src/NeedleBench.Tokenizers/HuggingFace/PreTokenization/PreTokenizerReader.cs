using System.Text;

namespace NeedleBench.Tokenizers.HuggingFace.PreTokenization;

/// <summary>Reads <c>pre_tokenizer</c>.</summary>
static class PreTokenizerReader
{
    /// <returns>The steps, in order; none where the whole text is one word.</returns>
    /// <exception cref="InvalidDataException">It is broken, or asks for something that is not carried out here.</exception>
    public static IEnumerable<IPreTokenizer> Read(JsonItem item) => item.IsAbsent ? [] : item["type"].Text() switch
    {
        "Sequence" => item["pretokenizers"].Items().SelectMany(Read),
        "Split" => [new Split(PatternReader.Read(item["pattern"]), Behavior(item["behavior"]), item["invert"].Flag(false))],
        "ByteLevel" => [new ByteLevel(item["add_prefix_space"].Flag(true), item["use_regex"].Flag(true))],
        "Metaspace" => [ReadMetaspace(item)],
        "Digits" => [new Split(
            new RuneSplitter(CharacterClasses.IsNumber),
            item["individual_digits"].Flag(false) ? SplitBehavior.Isolated : SplitBehavior.Contiguous)],
        "Punctuation" => [new Split(
            new RuneSplitter(CharacterClasses.IsPunctuation),
            item["behavior"].IsAbsent ? SplitBehavior.Isolated : Behavior(item["behavior"]))],
        "Whitespace" => [new Split(new WordSplitter(), SplitBehavior.Removed, invert: true)],
        "WhitespaceSplit" => [new Split(new RuneSplitter(Rune.IsWhiteSpace), SplitBehavior.Removed)],
        var other => throw item.NotSupported($"the pre-tokenizer {other}"),
    };

    /// <summary>The mark and the scheme, which the decoder of the same name has too.</summary>
    public static (char Mark, PrependScheme Scheme) ReadMarks(JsonItem item)
    {
        var mark = item["replacement"].TextOrNull() ?? "▁";
        if (mark.Length != 1)
        {
            throw item["replacement"].Error("is not one character");
        }

        var scheme = item["prepend_scheme"].TextOrNull() switch
        {
            "always" => PrependScheme.Always,
            "first" => PrependScheme.First,
            "never" => PrependScheme.Never,
            null => item["add_prefix_space"].Flag(true) ? PrependScheme.Always : PrependScheme.Never,
            var other => throw item["prepend_scheme"].NotSupported($"'{other}'"),
        };
        return (mark[0], scheme);
    }

    static Metaspace ReadMetaspace(JsonItem item)
    {
        var (mark, scheme) = ReadMarks(item);
        return new Metaspace(mark, scheme, item["split"].Flag(true));
    }

    static SplitBehavior Behavior(JsonItem item) =>
        Enum.TryParse<SplitBehavior>(item.Text(), out var behavior) && behavior.ToString() == item.Text()
            ? behavior
            : throw item.NotSupported($"the behaviour '{item.Text()}'");
}
