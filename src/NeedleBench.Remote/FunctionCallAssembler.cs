using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace NeedleBench.Remote;

/// <summary>Puts function calls together from the pieces that a stream brings.</summary>
sealed class FunctionCallAssembler(FunctionNames names)
{
    readonly SortedDictionary<int, Draft> _drafts = [];

    /// <summary>Takes one element of <c>delta.tool_calls</c>.</summary>
    public void Add(JsonElement piece)
    {
        if (piece.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("a piece of a function call is no object");
        }

        var function = piece.TryGetProperty("function", out var f) && f.ValueKind == JsonValueKind.Object ? f : default;
        var name = Text(function, "name");
        var draft = Find(piece, startsOne: name is { Length: > 0 });
        draft.Id ??= Text(piece, "id");
        draft.Name ??= name is { Length: > 0 } ? name : null;

        // Ollama once sent the arguments as an object instead of its text.
        if (function.ValueKind == JsonValueKind.Object && function.TryGetProperty("arguments", out var arguments)
            && arguments.ValueKind is not JsonValueKind.Null)
        {
            draft.Arguments.Append(arguments.ValueKind == JsonValueKind.String ? arguments.GetString() : arguments.GetRawText());
        }
    }

    /// <summary>
    /// The calls in their order. One that cannot be read has <see cref="FunctionCallContent.Exception"/>, and what the server
    /// sent in <see cref="AIContent.RawRepresentation"/>.
    /// </summary>
    public IEnumerable<FunctionCallContent> Finish() => _drafts.Values.Select((draft, i) => Finish(draft, i));

    Draft Find(JsonElement piece, bool startsOne)
    {
        var last = _drafts.Count == 0 ? -1 : _drafts.Keys.Last();
        var index = piece.TryGetProperty("index", out var given) && given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var number)
            ? number
            : startsOne ? last + 1 : Math.Max(last, 0); // some servers leave it out
        if (!_drafts.TryGetValue(index, out var draft))
        {
            _drafts.Add(index, draft = new Draft());
        }

        return draft;
    }

    FunctionCallContent Finish(Draft draft, int position)
    {
        var id = draft.Id ?? FormattableString.Invariant($"call_{position}");
        var name = names.Restore(draft.Name ?? "");
        var raw = draft.Arguments.ToString();
        try
        {
            if (name.Length == 0)
            {
                throw new JsonException("the call has no name");
            }

            // No arguments at all is how several servers write {}.
            var arguments = JsonElement.Parse(string.IsNullOrWhiteSpace(raw) ? "{}" : raw);
            if (arguments.ValueKind != JsonValueKind.Object)
            {
                throw new JsonException($"the arguments are a JSON {arguments.ValueKind}, not an object");
            }

            var read = new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach (var member in arguments.EnumerateObject())
            {
                read[member.Name] = member.Value;
            }

            return new FunctionCallContent(id, name, read);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a member's name that is no Unicode text.
            return new FunctionCallContent(id, name) { Exception = e, RawRepresentation = raw };
        }
    }

    static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    sealed class Draft
    {
        public string? Id { get; set; }

        public string? Name { get; set; }

        public StringBuilder Arguments { get; } = new();
    }
}
