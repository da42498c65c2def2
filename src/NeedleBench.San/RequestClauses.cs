using System.Text.RegularExpressions;

namespace NeedleBench.San;

/// <summary>
/// A request's clauses. One that asks for several things, or tells a story first, has its embedding somewhere between all of
/// them; a clause names one.
/// </summary>
static partial class RequestClauses
{
    // Requests are short; a pasted page shall not cost a page's worth of clauses.
    const int Most = 16;

    /// <summary>Cuts behind punctuation and at joining words; empty where the request is one clause.</summary>
    public static IReadOnlyList<string> Split(string request)
    {
        // A word alone is a name or a filler.
        var clauses = Joint().Split(request).Select(clause => clause.Trim()).Where(clause => clause.Contains(' ', StringComparison.Ordinal)).Take(Most).ToList();
        return clauses.Count > 1 ? clauses : [];
    }

    [GeneratedRegex(@"(?:(?<=[.?!;:])\s+|,\s+|\s+[-–—]\s+)(?:(?:and|then|also|plus|but)\s+)?|\s+(?:and|then|also|plus|but)\s+")]
    private static partial Regex Joint();
}
