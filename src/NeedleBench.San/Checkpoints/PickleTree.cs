namespace NeedleBench.San.Checkpoints;

/// <summary>
/// Checks what a pickle built. Memo references can make a list contain itself, or a hundred bytes stand for 2^100 leaves;
/// whoever walks the result must not have to think of that.
/// </summary>
static class PickleTree
{
    const int MaxDepth = 64;
    const int MaxNodes = 1_000_000;

    public static void Check(object? root, string file)
    {
        var open = new Stack<(object? Value, int Depth)>();
        open.Push((root, 0));
        for (var nodes = 0; open.TryPop(out var node); nodes++)
        {
            if (node.Depth > MaxDepth || nodes + open.Count > MaxNodes)
            {
                throw Bad($"the data are nested deeper than {MaxDepth} levels, or have more than {MaxNodes} parts", file);
            }

            switch (node.Value)
            {
                case Dictionary<string, object?> dictionary:
                    PushAll(open, dictionary.Values, node.Depth, file);
                    break;
                case List<object?> list:
                    PushAll(open, list, node.Depth, file);
                    break;
                case object?[] tuple:
                    PushAll(open, tuple, node.Depth, file);
                    break;
                case PickleGlobal or NumpyDtype or NumpyArray { IsComplete: false }:
                    throw Bad("a NumPy class, dtype or empty array stands where data should", file);
            }
        }
    }

    static void PushAll(Stack<(object? Value, int Depth)> open, IReadOnlyCollection<object?> values, int depth, string file)
    {
        if (open.Count + values.Count > MaxNodes)
        {
            throw Bad($"the data have more than {MaxNodes} parts", file);
        }

        foreach (var value in values)
        {
            open.Push((value, depth + 1));
        }
    }

    static InputException Bad(string problem, string file) => new(problem, "This is no pickle that Needle's tools write; do not use it.", file);
}
