using System.Text.Json;
using NeedleBench.Tokenizers.SentencePiece;

namespace NeedleBench.Tokenizers.HuggingFace;

/// <summary>The merges of a model: which two tokens become which, and how early.</summary>
sealed class MergeTable
{
    readonly PairTable _ranks;
    readonly int[] _merged;

    MergeTable(Dictionary<(int Left, int Right), int> ranks, int[] merged)
    {
        _ranks = new PairTable([.. ranks.Select(entry => (entry.Key.Left, entry.Key.Right, entry.Value))]);
        _merged = merged;
    }

    /// <summary>The rank of a merge, lowest first, or <see cref="PairTable.None"/>.</summary>
    public int Rank(int left, int right) => _ranks.Find(left, right);

    /// <summary>The id of the token that the merge of a rank makes.</summary>
    public int Merged(int rank) => _merged[rank];

    /// <summary>Reads <c>model.merges</c>: strings <c>"a b"</c> or pairs <c>["a", "b"]</c>.</summary>
    /// <exception cref="InvalidDataException">A merge is no pair, or the vocabulary lacks one of its tokens.</exception>
    public static MergeTable Read(JsonItem item, TokenVocabulary vocabulary)
    {
        var builder = new Builder(vocabulary);
        foreach (var merge in item.Items())
        {
            if (merge.Kind == JsonValueKind.String)
            {
                Add(builder, merge.Text(), problem => merge.Error(problem));
                continue;
            }

            var pair = merge.Items().Take(3).Select(part => part.Text()).ToArray();
            if (pair.Length != 2)
            {
                throw merge.Error("is not two tokens");
            }

            Add(builder, pair[0], pair[1], problem => merge.Error(problem));
        }

        return builder.Build();
    }

    /// <summary>Reads a <c>merges.txt</c>: a merge a line, with a line <c>#version</c> that says nothing.</summary>
    /// <exception cref="InvalidDataException">A line is no merge, or the vocabulary lacks one of its tokens.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static MergeTable Read(string file, TokenVocabulary vocabulary)
    {
        var builder = new Builder(vocabulary);
        foreach (var (index, line) in File.ReadLines(file).Index())
        {
            if (line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal))
            {
                Add(builder, line, problem => ModelError.Because($"{file}:{index + 1}: the merge {problem}", ModelError.GetItAgain));
            }
        }

        return builder.Build();
    }

    static void Add(Builder builder, string merge, Func<string, Exception> error)
    {
        var space = merge.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0 || space == merge.Length - 1 || merge.AsSpan(space + 1).Contains(' '))
        {
            throw error($"is not two tokens with a space between: {ModelError.Quote(merge)}");
        }

        Add(builder, merge.AsSpan(0, space), merge.AsSpan(space + 1), error);
    }

    static void Add(Builder builder, ReadOnlySpan<char> left, ReadOnlySpan<char> right, Func<string, Exception> error)
    {
        if (builder.Missing(left, right) is { } missing)
        {
            throw error($"needs the token {ModelError.Quote(missing)}, which the vocabulary lacks");
        }
    }

    sealed class Builder(TokenVocabulary vocabulary)
    {
        readonly Dictionary<(int Left, int Right), int> _ranks = [];
        readonly List<int> _merged = [];
        char[] _whole = new char[64];

        /// <summary>Adds a merge; of two for the same pair the later one counts, as in the original.</summary>
        /// <returns>Null, or the token that the vocabulary lacks; nothing is added then.</returns>
        public string? Missing(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
        {
            if (!vocabulary.TryGetId(left, out var leftId))
            {
                return left.ToString();
            }

            if (!vocabulary.TryGetId(right, out var rightId))
            {
                return right.ToString();
            }

            var length = left.Length + right.Length;
            if (length > _whole.Length)
            {
                _whole = new char[length * 2];
            }

            left.CopyTo(_whole);
            right.CopyTo(_whole.AsSpan(left.Length));
            if (!vocabulary.TryGetId(_whole.AsSpan(0, length), out var mergedId))
            {
                return _whole.AsSpan(0, length).ToString();
            }

            _ranks[(leftId, rightId)] = _merged.Count;
            _merged.Add(mergedId);
            return null;
        }

        public MergeTable Build() => new(_ranks, [.. _merged]);
    }
}
