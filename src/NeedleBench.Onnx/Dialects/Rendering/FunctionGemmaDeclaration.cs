using System.Text;
using System.Text.Json;

namespace NeedleBench.Onnx.Dialects.Rendering;

/// <summary>
/// A tool in FunctionGemma's declaration syntax: <c>declaration:name{description:…,parameters:{properties:{…},…}}</c>, every
/// string between <c>&lt;escape&gt;</c> tokens. Rules of Google's chat template: properties in the order of Jinja's
/// <c>dictsort</c>, which ignores case; parameters named like a schema keyword are left out; types in capitals, always last;
/// an <c>enum</c> only for strings, <c>items</c> only for arrays, nested properties only for objects; nothing else of a schema.
/// </summary>
/// <remarks>
/// The template leaves a declaration unbalanced whose parameters have no type; here they are an OBJECT. A union of types
/// counts as its first type that is not null, because the template would print Python's text of the list.
/// </remarks>
/// <param name="IsBfcl">
/// Whether to write it as the Berkeley handler does: without the <c>parameters</c> wrapper, and sorted with regard to case.
/// </param>
readonly record struct FunctionGemmaDeclaration(bool IsBfcl)
{
    const string Escape = "<escape>";

    static bool IsKeyword(string name) => name is "description" or "type" or "properties" or "required" or "nullable";

    public void Append(StringBuilder text, ToolDefinition tool)
    {
        text.Append("declaration:").Append(JsonStrings.WellFormed(tool.Name)).Append("{description:");
        AppendEscaped(text, JsonStrings.WellFormed(tool.Description));
        text.Append(IsBfcl ? "," : ",parameters:{");
        var schema = tool.Schema;
        if (Members(schema, "properties") is { Count: > 0 } properties)
        {
            text.Append("properties:{");
            AppendProperties(text, properties);
            text.Append("},");
        }

        if (Names(schema) is { Count: > 0 } required)
        {
            AppendRequired(text, required);
            text.Append(',');
        }

        text.Append("type:");
        AppendEscaped(text, TypeName(schema) is { Length: > 0 } type ? type : "OBJECT");
        text.Append(IsBfcl ? "}" : "}}");
    }

    void AppendProperties(StringBuilder text, List<KeyValuePair<string, JsonElement>> properties)
    {
        var separator = "";
        foreach (var (name, schema) in Sorted(properties))
        {
            if (!IsKeyword(name))
            {
                text.Append(separator).Append(name).Append(":{description:");
                AppendEscaped(text, JsonStrings.Member(schema, "description", ""));
                AppendDetails(text, schema, TypeName(schema));
                text.Append('}');
                separator = ",";
            }
        }
    }

    void AppendDetails(StringBuilder text, JsonElement schema, string type)
    {
        if (type == "STRING" && schema.TryGetProperty("enum", out var values) && (IsBfcl || IsTrue(values)))
        {
            text.Append(",enum:");
            AppendValue(text, values);
        }
        else if (type == "OBJECT")
        {
            text.Append(",properties:{");
            AppendProperties(text, Members(schema, "properties"));
            text.Append('}');
            if (Names(schema) is { Count: > 0 } required)
            {
                text.Append(',');
                AppendRequired(text, required);
            }
        }
        else if (type == "ARRAY" && Members(schema, "items") is { Count: > 0 } items)
        {
            text.Append(",items:{");
            AppendItems(text, items);
            text.Append('}');
        }

        text.Append(",type:");
        AppendEscaped(text, type);
    }

    // The schema of an array's items is written member by member, whatever they are.
    void AppendItems(StringBuilder text, List<KeyValuePair<string, JsonElement>> items)
    {
        var separator = "";
        foreach (var (name, value) in Sorted(items))
        {
            if (value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            text.Append(separator);
            separator = ",";
            if (name == "properties" && value.ValueKind == JsonValueKind.Object)
            {
                text.Append("properties:{");
                AppendProperties(text, MembersOf(value));
                text.Append('}');
            }
            else if (name == "required" && value.ValueKind == JsonValueKind.Array)
            {
                AppendRequired(text, NamesOf(value));
            }
            else if (name == "type" && value.ValueKind == JsonValueKind.String)
            {
                text.Append("type:");
                AppendEscaped(text, JsonStrings.Value(value).ToUpperInvariant());
            }
            else if (name == "type" && value.ValueKind == JsonValueKind.Array)
            {
                text.Append("type:[");
                AppendNames(text, NamesOf(value).ConvertAll(t => t.ToUpperInvariant()));
                text.Append(']');
            }
            else
            {
                text.Append(name).Append(':');
                AppendValue(text, value);
            }
        }
    }

    void AppendValue(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                AppendEscaped(text, JsonStrings.Value(value));
                break;
            case JsonValueKind.Number:
                text.Append(PythonJson.Number(value.GetRawText()));
                break;
            case JsonValueKind.Array:
                text.Append('[');
                var separator = "";
                foreach (var item in value.EnumerateArray())
                {
                    text.Append(separator);
                    AppendValue(text, item);
                    separator = ",";
                }

                text.Append(']');
                break;
            case JsonValueKind.Object:
                text.Append('{');
                separator = "";
                foreach (var (name, member) in Sorted(MembersOf(value)))
                {
                    text.Append(separator);
                    AppendEscaped(text, name);
                    text.Append(':');
                    AppendValue(text, member);
                    separator = ",";
                }

                text.Append('}');
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    static void AppendRequired(StringBuilder text, List<string> names)
    {
        text.Append("required:[");
        AppendNames(text, names);
        text.Append(']');
    }

    static void AppendNames(StringBuilder text, List<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            text.Append(i > 0 ? "," : "");
            AppendEscaped(text, names[i]);
        }
    }

    static void AppendEscaped(StringBuilder text, string value) => text.Append(Escape).Append(value).Append(Escape);

    IEnumerable<KeyValuePair<string, JsonElement>> Sorted(List<KeyValuePair<string, JsonElement>> members)
    {
        var order = Comparer<string>.Create(PythonText.Compare);
        return IsBfcl ? members.OrderBy(m => m.Key, order) : members.OrderBy(m => m.Key.ToLowerInvariant(), order);
    }

    static List<KeyValuePair<string, JsonElement>> Members(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var inner) && inner.ValueKind == JsonValueKind.Object
            ? MembersOf(inner)
            : [];

    static List<KeyValuePair<string, JsonElement>> MembersOf(JsonElement element) =>
        [.. element.EnumerateObject().Select(m => KeyValuePair.Create(JsonStrings.Name(m), m.Value))];

    static List<string> Names(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array
            ? NamesOf(required)
            : [];

    static List<string> NamesOf(JsonElement list) =>
        [.. list.EnumerateArray().Select(n => n.ValueKind == JsonValueKind.String ? JsonStrings.Value(n) : n.GetRawText())];

    static string TypeName(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type))
        {
            return "";
        }

        return type.ValueKind switch
        {
            JsonValueKind.String => JsonStrings.Value(type).ToUpperInvariant(),
            JsonValueKind.Array => NamesOf(type).Find(t => t != "null")?.ToUpperInvariant() ?? "",
            _ => "",
        };
    }

    // Jinja's truth of a value.
    static bool IsTrue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        JsonValueKind.String => JsonStrings.Value(value).Length > 0,
        JsonValueKind.Number => value.GetDouble() != 0,
        var kind => kind == JsonValueKind.True,
    };
}
