namespace NeedleBench.Training.Synthesis;

/// <summary>Fills the phrasings of the corpus.</summary>
static class RequestWriter
{
    /// <summary>Adds one request for a tool.</summary>
    /// <param name="draft">What it is added to.</param>
    /// <param name="tool">A tool with phrasings.</param>
    /// <param name="brief">Whether to prefer a short phrasing, as when several are joined.</param>
    /// <param name="random">The example's generator.</param>
    public static void Add(RequestDraft draft, PreparedTool tool, bool brief, SeededRandom random)
    {
        var phrasing = random.Pick(tool.Phrasings);
        for (var attempt = 0; brief && phrasing.Length > 60 && attempt < 4; attempt++)
        {
            phrasing = random.Pick(tool.Phrasings);
        }

        var call = NewCall(tool, phrasing);
        var pieces = new List<QueryPiece>(phrasing.Parts.Count + 2);
        foreach (var (words, parameter) in phrasing.Parts)
        {
            if (parameter < 0)
            {
                pieces.Add(new QueryPiece(words, phrasing.HoldsValue));
            }
            else
            {
                var value = Choose(tool.Fillers[parameter], draft, call, random);
                pieces.Add(new QueryPiece(draft.Say(value.Say), true));
                call.Values[parameter] = Fill(value, draft);
            }
        }

        draft.Join(pieces);
        draft.Calls.Add(call);
    }

    /// <summary>Adds a request as it is, or one filled from a phrasing: each of the tool's as likely as any other.</summary>
    public static void AddAnyWay(RequestDraft draft, PreparedTool tool, SeededRandom random)
    {
        if (tool.Requests.Count > 0 && random.Below(tool.WaysToAsk) >= tool.Phrasings.Count)
        {
            draft.Join([new QueryPiece(draft.Say(random.Pick(tool.Requests)), false)]);
        }
        else
        {
            Add(draft, tool, false, random);
        }
    }

    /// <summary>
    /// Adds one phrasing with two or three values in its one placeholder ("set an alarm for 7 and 9"): one call for each.
    /// Returns false, and adds nothing, where the tool has no phrasing or values that this can be done with: one can ask for
    /// two cities, but not set one level to 40 and 50.
    /// </summary>
    public static bool TryAddShared(RequestDraft draft, PreparedTool tool, int count, SeededRandom random)
    {
        var phrasing = random.Pick(tool.Phrasings);
        for (var attempt = 0; phrasing.Placeholders != 1 && attempt < 6; attempt++)
        {
            phrasing = random.Pick(tool.Phrasings);
        }

        if (phrasing.Placeholders != 1)
        {
            return false;
        }

        var parameter = phrasing.Parts.First(p => p.Parameter >= 0).Parameter;
        if (tool.Tool.Parameters[parameter].Type != "string")
        {
            return false;
        }

        var values = new List<SlotValue>(count);
        for (var attempt = 0; values.Count < count && attempt < 10; attempt++)
        {
            var value = random.Pick(tool.Fillers[parameter]);
            if (IsShort(value.Say) && !values.Exists(v => v.Say == value.Say || v.Value.GetRawText() == value.Value.GetRawText()))
            {
                values.Add(value);
            }
        }

        if (values.Count < count)
        {
            return false;
        }

        var pieces = new List<QueryPiece>(phrasing.Parts.Count + 4);
        foreach (var (words, at) in phrasing.Parts)
        {
            if (at < 0)
            {
                pieces.Add(new QueryPiece(words, phrasing.HoldsValue));
                continue;
            }

            for (var i = 0; i < count; i++)
            {
                if (i > 0)
                {
                    pieces.Add(new QueryPiece(i == count - 1 ? " and " : ", ", true));
                }

                pieces.Add(new QueryPiece(draft.Say(values[i].Say), true));
            }
        }

        draft.Join(pieces);
        foreach (var value in values)
        {
            var call = NewCall(tool, phrasing);
            call.Values[parameter] = Fill(value, draft);
            draft.Calls.Add(call);
        }

        return true;
    }

    static CallDraft NewCall(PreparedTool tool, PreparedPhrasing phrasing)
    {
        var call = new CallDraft(tool.Tool);
        foreach (var (parameter, value) in phrasing.Constants)
        {
            call.Values[parameter] = new ArgumentValue(null, value);
        }

        return call;
    }

    // Not the same words twice in a request: "from Oslo to Oslo" is no request, and two equal calls are no two calls.
    static SlotValue Choose(IReadOnlyList<SlotValue> values, RequestDraft draft, CallDraft call, SeededRandom random)
    {
        var value = random.Pick(values);
        for (var attempt = 0; attempt < 5 && IsUsed(value, draft, call); attempt++)
        {
            value = random.Pick(values);
        }

        return value;
    }

    static bool IsUsed(SlotValue value, RequestDraft draft, CallDraft call)
    {
        if (value.IsPlain)
        {
            return draft.Copied.Contains(draft.Say(value.Say));
        }

        var raw = value.Value.GetRawText();
        return Array.Exists(call.Values, v => v.Text is null && v.IsGiven && v.Json.GetRawText() == raw);
    }

    static ArgumentValue Fill(SlotValue value, RequestDraft draft)
    {
        if (!value.IsPlain)
        {
            return new ArgumentValue(null, value.Value);
        }

        var text = draft.Say(value.Say);
        draft.Copied.Add(text);
        return new ArgumentValue(text, default);
    }

    static bool IsShort(string words) =>
        words.AsSpan().Count(' ') < 4 && !words.Contains(',', StringComparison.Ordinal)
            && !words.Contains(" and ", StringComparison.Ordinal);
}
