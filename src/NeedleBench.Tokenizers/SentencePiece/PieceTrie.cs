namespace NeedleBench.Tokenizers.SentencePiece;

/// <summary>Strings by their prefixes, walked one character at a time: all prefixes of a text that are pieces cost one pass over it.</summary>
sealed class PieceTrie
{
    public const int Root = 0;

    public const int None = -1;

    readonly Dictionary<long, int> _children = [];
    readonly List<int> _ids = [None];

    public void Add(ReadOnlySpan<char> text, int id)
    {
        var node = Root;
        foreach (var c in text)
        {
            var key = Key(node, c);
            if (!_children.TryGetValue(key, out var child))
            {
                child = _ids.Count;
                _ids.Add(None);
                _children.Add(key, child);
            }

            node = child;
        }

        _ids[node] = id;
    }

    /// <returns>The node behind <paramref name="c"/>, or <see cref="None"/>; from None there is no way on.</returns>
    public int Step(int node, char c) => node != None && _children.TryGetValue(Key(node, c), out var child) ? child : None;

    /// <returns>The id of the text that ends at <paramref name="node"/>, or <see cref="None"/>.</returns>
    public int IdAt(int node) => node == None ? None : _ids[node];

    static long Key(int node, char c) => ((long)node << 16) | c;
}
