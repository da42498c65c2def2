using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using NeedleBench.San.Prompting;
using NeedleBench.Tokenizers;

namespace NeedleBench.San;

/// <summary>
/// Picks the tools nearest to a query by the cosine of the retrieval head's embeddings: the whole query's, and half the best of
/// its clauses'. A tool's embedding is computed once and kept as long as its text is the same.
/// </summary>
/// <param name="backend">Computes embeddings.</param>
/// <param name="tokenizer">The checkpoint's.</param>
/// <param name="clauses">Whether clauses count; else the whole query alone, as the head's authors have it.</param>
sealed class ToolRetrieval(ISanBackend backend, SentencePieceTokenizer tokenizer, bool clauses)
{
    /// <summary>Texts are cut here, as the head's authors cut them.</summary>
    public const int MaxTokens = 256;

    // Of the best clause, beside the whole query's 1.
    const float ClauseWeight = 0.5f;

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
        var whole = Embed(query);
        float[][] parts = clauses ? [.. RequestClauses.Split(query).Select(Embed)] : [];
        var names = new ToolNames(tools);
        float[] scores = [.. tools.Select((tool, i) => Score(Tool(ToolListText.RenderOne(tool, names.Seen[i]))))];
        return [.. Enumerable.Range(0, tools.Count).OrderByDescending(i => scores[i])];

        float Score(float[] tool)
        {
            var cosine = TensorPrimitives.Dot<float>(whole, tool);
            return cosine + (ClauseWeight * (parts.Length == 0 ? cosine : parts.Max(part => TensorPrimitives.Dot<float>(part, tool))));
        }
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
