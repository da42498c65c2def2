using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using NeedleBench.San.Prompting;
using NeedleBench.Tokenizers;

namespace NeedleBench.San;

/// <summary>
/// Picks the tools nearest to a query by the cosine of the retrieval head's embeddings. A tool's embedding is computed once
/// and kept as long as its text is the same.
/// </summary>
sealed class ToolRetrieval(ISanBackend backend, SentencePieceTokenizer tokenizer)
{
    /// <summary>Texts are cut here, as the head's authors cut them.</summary>
    public const int MaxTokens = 256;

    // A catalogue larger than this is another application's: begin anew rather than grow without bound.
    const int MaxKept = 10_000;

    readonly Dictionary<string, float[]> _kept = new(StringComparer.Ordinal);
    readonly List<int> _ids = [];

    /// <summary>The <paramref name="top"/> nearest tools, in the order in which they were offered.</summary>
    public IReadOnlyList<ToolDefinition> Nearest(string query, IReadOnlyList<ToolDefinition> tools, int top) =>
        [.. Rank(query, tools).Take(top).Order().Select(i => tools[i])];

    /// <summary>The positions of all tools, the nearest first; of equally near ones the earlier.</summary>
    public IReadOnlyList<int> Rank(string query, IReadOnlyList<ToolDefinition> tools)
    {
        var wanted = Embed(query);
        var names = new ToolNames(tools);
        float[] cosines = [.. tools.Select((tool, i) => TensorPrimitives.Dot<float>(wanted, Tool(ToolListText.RenderOne(tool, names.Seen[i]))))];
        return [.. Enumerable.Range(0, tools.Count).OrderByDescending(i => cosines[i])];
    }

    float[] Tool(string text)
    {
        if (!_kept.TryGetValue(text, out var embedding))
        {
            if (_kept.Count >= MaxKept)
            {
                _kept.Clear();
            }

            _kept.Add(text, embedding = Embed(text));
        }

        return embedding;
    }

    float[] Embed(string text)
    {
        _ids.Clear();
        tokenizer.Encode(text, _ids);
        var embedding = new float[backend.EmbeddingSize];
        if (_ids.Count > 0)
        {
            backend.Embed(CollectionsMarshal.AsSpan(_ids)[..Math.Min(_ids.Count, MaxTokens)], embedding);
        }

        return embedding;
    }
}
