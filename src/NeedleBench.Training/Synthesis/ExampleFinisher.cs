namespace NeedleBench.Training.Synthesis;

/// <summary>
/// Makes an example of a request and its tools: their order, how they are shown, and the answer in their names.
/// </summary>
static class ExampleFinisher
{
    public static SyntheticExample Finish(
        ExampleKind kind, RequestDraft draft, (CorpusTool Tool, ShownTool Plain)[] offered, ToolDisguise disguise,
            SeededRandom random)
    {
        random.Shuffle(offered.AsSpan());
        var answers = kind is ExampleKind.Request or ExampleKind.Artificial
            && draft.Calls.TrueForAll(call => IndexOf(offered, call.Tool) >= 0);
        var shown = new ShownTool[offered.Length];
        for (var i = 0; i < offered.Length; i++)
        {
            shown[i] = disguise.Show(offered[i].Tool, offered[i].Plain, answers ? Used(draft, offered[i].Tool) : null);
        }

        var tools = new ToolDefinition[shown.Length];
        for (var i = 0; i < shown.Length; i++)
        {
            tools[i] = shown[i].Definition;
        }

        if (!answers)
        {
            return new SyntheticExample(draft.ToString(), tools, []) { Kind = kind };
        }

        var calls = new ToolCall[draft.Calls.Count];
        for (var i = 0; i < calls.Length; i++)
        {
            calls[i] = Write(draft.Calls[i], shown[IndexOf(offered, draft.Calls[i].Tool)]);
        }

        return new SyntheticExample(draft.ToString(), tools, calls) { Kind = kind, CopiedValues = draft.Copied };
    }

    static ToolCall Write(CallDraft call, ShownTool shown)
    {
        var scratch = JsonScratch.Current;
        var writer = scratch.Begin();
        writer.WriteStartObject();
        foreach (var parameter in shown.Order)
        {
            var value = call.Values[parameter];
            if (value.Text is not null)
            {
                writer.WriteString(shown.Names[parameter], value.Text);
            }
            else if (value.IsGiven)
            {
                writer.WritePropertyName(shown.Names[parameter]);
                value.Json.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
        return new ToolCall(shown.Definition.Name, scratch.End());
    }

    static bool[]? Used(RequestDraft draft, CorpusTool tool)
    {
        bool[]? used = null;
        foreach (var call in draft.Calls)
        {
            if (ReferenceEquals(call.Tool, tool))
            {
                used ??= new bool[call.Values.Length];
                for (var i = 0; i < used.Length; i++)
                {
                    used[i] |= call.Values[i].IsGiven;
                }
            }
        }

        return used;
    }

    static int IndexOf((CorpusTool Tool, ShownTool Plain)[] offered, CorpusTool tool)
    {
        for (var i = 0; i < offered.Length; i++)
        {
            if (ReferenceEquals(offered[i].Tool, tool))
            {
                return i;
            }
        }

        return -1;
    }
}
