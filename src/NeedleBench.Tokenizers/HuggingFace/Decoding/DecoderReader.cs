using NeedleBench.Tokenizers.HuggingFace.Normalization;
using NeedleBench.Tokenizers.HuggingFace.PreTokenization;

namespace NeedleBench.Tokenizers.HuggingFace.Decoding;

/// <summary>Makes the chain of steps that <c>decoder</c> asks for, which ends in the sink given.</summary>
delegate ITokenSink DecoderChain(ITokenSink end);

/// <summary>
/// Reads <c>decoder</c>. Behind a step that joins all tokens (Fuse, ByteLevel) the later ones see a single token; they get it
/// in parts where they can work on parts, and in one where they cannot.
/// </summary>
static class DecoderReader
{
    /// <exception cref="InvalidDataException">It is broken, or asks for something that is not carried out here.</exception>
    public static DecoderChain Read(JsonItem item)
    {
        if (item.IsAbsent)
        {
            return end => new JoinSink(end);
        }

        var isWhole = false;
        var steps = new List<DecoderChain>();
        foreach (var step in Steps(item))
        {
            steps.Add(Step(step, ref isWhole));
        }

        steps.Reverse();
        return end => steps.Aggregate(end, (next, step) => step(next));
    }

    static IEnumerable<JsonItem> Steps(JsonItem item) =>
        item["type"].Text() == "Sequence" ? item["decoders"].Items().SelectMany(Steps) : [item];

    static DecoderChain Step(JsonItem item, ref bool isWhole)
    {
        var wasWhole = isWhole;
        switch (item["type"].Text())
        {
            case "Fuse":
                isWhole = true;
                return next => next;
            case "ByteLevel":
                isWhole = true;
                return Held(wasWhole, next => new ByteLevelSink(next));
            case "ByteFallback":
                return Held(wasWhole, next => new ByteFallbackSink(next));
            case "Metaspace":
                var (mark, scheme) = PreTokenizerReader.ReadMarks(item);
                return next => new MetaspaceSink(mark, scheme, wasWhole, next);
            case "Replace":
                var replace = NormalizerReader.ReadReplace(item);
                var isSingle = item["pattern"]["String"].TextOrNull() is { Length: 1 };
                return Held(wasWhole && !isSingle, next => new MapSink(replace, next));
            case "Strip":
                return Strip(item, wasWhole);
            case var other:
                throw item.NotSupported($"the decoder {other}");
        }
    }

    static DecoderChain Strip(JsonItem item, bool isWhole)
    {
        var content = item["content"].Text();
        var (start, stop) = (item["start"].Count(), item["stop"].Count());
        if (content.Length != 1)
        {
            throw item["content"].Error("is not one character");
        }

        return isWhole && stop == 0
            ? next => new LeadingStripSink(content[0], start, next)
            : Held(isWhole, next => new MapSink(token => Stripped(token, content[0], start, stop), next));
    }

    static string Stripped(string token, char character, int start, int stop)
    {
        var from = 0;
        while (from < Math.Min(start, token.Length) && token[from] == character)
        {
            from++;
        }

        var to = token.Length;
        while (to > from && token.Length - to < stop && token[to - 1] == character)
        {
            to--;
        }

        return token[from..to];
    }

    static DecoderChain Held(bool isHeld, DecoderChain step) => isHeld ? next => new HoldSink(step(next)) : step;
}
