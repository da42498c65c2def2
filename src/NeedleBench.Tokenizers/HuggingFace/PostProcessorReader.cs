namespace NeedleBench.Tokenizers.HuggingFace;

/// <summary>The ids that stand around a text's own where special tokens are added.</summary>
readonly record struct Frame(int[] Before, int[] After)
{
    public static Frame None { get; } = new([], []);

    public Frame Within(Frame outer) => new([.. outer.Before, .. Before], [.. After, .. outer.After]);
}

/// <summary>Reads <c>post_processor</c>, of which only the form for one text matters here.</summary>
static class PostProcessorReader
{
    /// <exception cref="InvalidDataException">It is broken, or asks for something that is not carried out here.</exception>
    public static Frame Read(JsonItem item) => item.IsAbsent ? Frame.None : item["type"].Text() switch
    {
        "Sequence" => item["processors"].Items().Select(Read).Aggregate(Frame.None, (inner, outer) => inner.Within(outer)),

        // It trims offsets, which are not kept here.
        "ByteLevel" => Frame.None,
        "TemplateProcessing" => ReadTemplate(item),
        var other => throw item.NotSupported($"the post-processor {other}"),
    };

    static Frame ReadTemplate(JsonItem item)
    {
        var before = new List<int>();
        var after = new List<int>();
        var texts = 0;
        foreach (var part in item["single"].Items())
        {
            var special = part["SpecialToken"];
            if (!special.IsAbsent)
            {
                (texts == 0 ? before : after).AddRange(Ids(item, special["id"].Text()));
                continue;
            }

            if (part["Sequence"]["id"].Text() != "A")
            {
                throw part.NotSupported("a second text in a template for one");
            }

            texts++;
        }

        return texts == 1 ? new Frame([.. before], [.. after]) : throw item["single"].NotSupported($"the text {texts} times in a template");
    }

    static IEnumerable<int> Ids(JsonItem item, string token) => item["special_tokens"][token]["ids"].Items().Select(id => id.Count());
}
