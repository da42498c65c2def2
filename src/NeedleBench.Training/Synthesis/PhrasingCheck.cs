namespace NeedleBench.Training.Synthesis;

/// <summary>Checks one phrasing of a tool.</summary>
static class PhrasingCheck
{
    public static void Check(CorpusTool tool, Phrasing phrasing, Action<CorpusFindingSeverity, string> add)
    {
        void Error(string problem) => add(CorpusFindingSeverity.Error, $"'{phrasing.Text}': {problem}");

        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in phrasing.Parts)
        {
            if (!part.IsPlaceholder)
            {
                if (part.Text.AsSpan().ContainsAny('{', '}'))
                {
                    Error("braces do not pair");
                }
            }
            else if (!said.Add(part.Text))
            {
                Error($"the placeholder {{{part.Text}}} stands there twice");
            }
            else if (tool.IndexOf(part.Text) < 0)
            {
                Error($"the placeholder {{{part.Text}}} is no parameter");
            }
            else if (!tool.Slots.ContainsKey(part.Text))
            {
                Error($"the placeholder {{{part.Text}}} has no slot");
            }
        }

        foreach (var (name, value) in phrasing.Arguments)
        {
            var index = tool.IndexOf(name);
            if (index < 0)
            {
                Error($"the argument '{name}' is no parameter");
            }
            else if (SchemaCheck.Problem(tool.Parameters[index], value) is { } problem)
            {
                Error($"the argument '{name}': {problem}");
            }

            if (said.Contains(name))
            {
                Error($"'{name}' is both a placeholder and an argument");
            }
        }

        foreach (var parameter in tool.Parameters
            .Where(p => p.Required && !said.Contains(p.Name) && !phrasing.Arguments.ContainsKey(p.Name)))
        {
            Error($"the required '{parameter.Name}' is missing");
        }
    }
}
