using System.Text;
using System.Text.Json;
using NeedleBench.San.Prompting;

namespace NeedleBench.San.Decoding;

/// <summary>What the tools of one request allow: their names, and for each its argument keys, nested objects included.</summary>
sealed class CallConstraints
{
    const int Open = -1;

    readonly int[] _keyRoots; // by tool

    public CallConstraints(IReadOnlyList<ToolDefinition> tools, ToolNames names)
    {
        Names = Trie.AddRoot();
        _keyRoots = new int[tools.Count];
        for (var i = 0; i < tools.Count; i++)
        {
            Trie.Add(Names, names.Seen[i], i);
            _keyRoots[i] = AddKeys(tools[i].Schema);
        }
    }

    public NameTrie Trie { get; } = new();

    /// <summary>Root of the tool names; a name's payload is its tool.</summary>
    public int Names { get; }

    /// <summary>Root of a tool's argument keys, or −1 where any key may stand; a key's payload is the root of what it holds.</summary>
    public int Keys(int tool) => _keyRoots[tool];

    // Keys of an object that lists its properties; an object that does not takes any.
    int AddKeys(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return Open;
        }

        if (schema.TryGetProperty("items", out var items))
        {
            return AddKeys(items);
        }

        if (!schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return Open;
        }

        var root = Trie.AddRoot();
        foreach (var property in properties.EnumerateObject())
        {
            var text = new StringBuilder();
            CompactJson.AppendString(text, property.Name);
            var nested = AddKeys(property.Value);
            Trie.Add(root, text.ToString(1, text.Length - 2), nested);
        }

        return root;
    }
}
