using System.Text;
using System.Text.Json;
using NeedleBench.Harness.Files;

namespace NeedleBench.Harness.PeakMemory;

/// <summary>Requests as JSON lines, from one process to another.</summary>
public static class RequestLines
{
    const string File = "requests";

    /// <summary>A line for each request; <see cref="ToolCallRequest.Constrained"/>, which no run sets, is left out.</summary>
    public static string Write(IEnumerable<ToolCallRequest> requests) => string.Concat(requests.Select(request => JsonSerializer.Serialize(
        new
        {
            request.Query,
            Tools = request.Tools.Select(tool => new
            {
                tool.Name,
                tool.Description,
                Parameters = tool.Parameters.ValueKind == JsonValueKind.Undefined ? (JsonElement?)null : tool.Parameters,
            }),
            request.MaxOutputTokens,
        },
        HarnessJson.Line) + "\n"));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InputException">A line is no request.</exception>
    public static IReadOnlyList<ToolCallRequest> Read(TextReader lines)
    {
        var requests = new List<ToolCallRequest>();
        while (lines.ReadLine() is { } text)
        {
            var number = requests.Count + 1;
            var line = JsonText.Parse(Encoding.UTF8.GetBytes(text), File, number);
            if (line.ValueKind != JsonValueKind.Object
                || !line.TryGetProperty("query", out var query) || query.ValueKind != JsonValueKind.String
                || !line.TryGetProperty("tools", out var tools))
            {
                throw new InputException("the line is no request", "A request is {\"query\":\"…\",\"tools\":[…],\"maxOutputTokens\":n}.", File, number);
            }

            requests.Add(new ToolCallRequest(query.GetString()!, ToolDefinitionJson.ParseList(tools, File, number))
            {
                MaxOutputTokens = line.TryGetProperty("maxOutputTokens", out var most) && most.TryGetInt32(out var n) ? n : null,
            });
        }

        return requests;
    }
}
