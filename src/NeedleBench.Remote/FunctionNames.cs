namespace NeedleBench.Remote;

/// <summary>
/// The way there and back between tool names and the function names that OpenAI takes: 1 to 64 of <c>A-Z a-z 0-9 _ -</c>.
/// A name that fits goes over as it is; in another one, each other character becomes <c>_</c>, and names that then clash are
/// numbered.
/// </summary>
sealed class FunctionNames
{
    const int MaxLength = 64;

    readonly Dictionary<string, string> _sent = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);

    public FunctionNames(IEnumerable<string> names)
    {
        var all = names.ToList();
        foreach (var name in all.Where(Fits))
        {
            Add(name, name);
        }

        foreach (var name in all.Where(name => !Fits(name)))
        {
            var stem = string.Concat(name.Select(c => IsAllowed(c) ? c : '_'));
            var sent = stem.Length > MaxLength ? stem[..MaxLength] : stem;
            for (var number = 2; _given.ContainsKey(sent); number++)
            {
                var suffix = FormattableString.Invariant($"_{number}");
                sent = stem[..Math.Min(stem.Length, MaxLength - suffix.Length)] + suffix;
            }

            Add(name, sent);
        }
    }

    public string Send(string name) => _sent[name];

    /// <summary>The tool's name for one that the server wrote; a name that was never sent comes back as it is.</summary>
    public string Restore(string sent) => _given.GetValueOrDefault(sent, sent);

    void Add(string name, string sent)
    {
        _sent[name] = sent;
        _given[sent] = name;
    }

    static bool Fits(string name) => name.Length is > 0 and <= MaxLength && name.All(IsAllowed);

    static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
