using System.Text;

namespace NeedleBench.San.Decoding;

/// <summary>
/// Byte tries over the names that may stand in an answer, all in one pool of nodes: one trie of tool names, one of the
/// argument keys of each tool, one of the keys of each object inside them. Keys are held as they stand inside JSON quotes.
/// </summary>
sealed class NameTrie
{
    const int None = -1;

    readonly List<Node> _nodes = [];

    /// <summary>Starts an empty trie and returns its root.</summary>
    public int AddRoot()
    {
        _nodes.Add(new Node(0, None, None, None, false));
        return _nodes.Count - 1;
    }

    /// <summary>Adds a name.</summary>
    /// <param name="payload">What <see cref="Payload"/> says at its end.</param>
    public void Add(int root, string name, int payload)
    {
        var node = root;
        foreach (var b in Encoding.UTF8.GetBytes(name))
        {
            var child = Child(node, b);
            if (child < 0)
            {
                child = _nodes.Count;
                _nodes.Add(new Node(b, None, _nodes[node].FirstChild, None, false));
                _nodes[node] = _nodes[node] with { FirstChild = child };
            }

            node = child;
        }

        _nodes[node] = _nodes[node] with { Payload = payload, IsEnd = true };
    }

    /// <summary>The node that <paramref name="b"/> leads to, or −1.</summary>
    public int Child(int node, byte b)
    {
        for (var child = _nodes[node].FirstChild; child >= 0; child = _nodes[child].NextSibling)
        {
            if (_nodes[child].Byte == b)
            {
                return child;
            }
        }

        return None;
    }

    /// <summary>The first of the nodes that follow this one, or −1; the others are its siblings.</summary>
    public int FirstChild(int node) => _nodes[node].FirstChild;

    /// <summary>The next node with the same parent, or −1.</summary>
    public int NextSibling(int node) => _nodes[node].NextSibling;

    public bool IsEnd(int node) => _nodes[node].IsEnd;

    public int Payload(int node) => _nodes[node].Payload;

    /// <summary>
    /// Appends the tokens that may follow at <paramref name="node"/>: those that stay inside the trie, and those that close
    /// the string at the end of a name, whatever stands behind the closing quote.
    /// </summary>
    /// <returns>How many were written to <paramref name="allowed"/>.</returns>
    public int Allowed(int node, TokenTexts tokens, Span<int> allowed)
    {
        var count = 0;
        for (var child = _nodes[node].FirstChild; child >= 0; child = _nodes[child].NextSibling)
        {
            foreach (var id in tokens.StartingWith(_nodes[child].Byte))
            {
                if (Fits(child, tokens.Bytes(id)[1..]))
                {
                    allowed[count++] = id;
                }
            }
        }

        if (IsEnd(node))
        {
            var closing = tokens.StartingWith((byte)'"');
            closing.CopyTo(allowed[count..]);
            count += closing.Length;
        }

        return count;
    }

    bool Fits(int node, ReadOnlySpan<byte> rest)
    {
        foreach (var b in rest)
        {
            if (b == (byte)'"' && IsEnd(node))
            {
                return true;
            }

            node = Child(node, b);
            if (node < 0)
            {
                return false;
            }
        }

        return true;
    }

    readonly record struct Node(byte Byte, int FirstChild, int NextSibling, int Payload, bool IsEnd);
}
