using System.Text;
using System.Text.Json;

namespace NeedleBench.Training.Synthesis;

/// <summary>A request under construction: its words, its calls, and what the answer copies.</summary>
sealed class RequestDraft(SeededRandom random, bool lower)
{
    static readonly string[] Weak =
        [" and ", " and also ", ", then ", " and then ", ", and ", ", also ", " plus ", " and after that "];
    static readonly string[] Strong =
        [". Also, ", "; ", ". Then ", ". And ", ". After that, ", ", then ", ". Oh and ", ", and also "];
    static readonly string[] AfterQuestion = ["? And ", "? Also, ", "? Then "];

    public List<QueryPiece> Pieces { get; } = [];

    public List<CallDraft> Calls { get; } = [];

    public List<string> Copied { get; } = [];

    public bool Lower => lower;

    /// <summary>A value's words as they stand in this request.</summary>
    public string Say(string words) => lower ? words.ToLowerInvariant() : words;

    /// <summary>Puts one more request behind what there is, with a connector that fits.</summary>
    /// <param name="next">Its words; its calls and copied values are added by the caller.</param>
    public void Join(List<QueryPiece> next)
    {
        if (Pieces.Count > 0)
        {
            // Behind a long free text "and" would read as a part of it.
            var afterText = Pieces[^1].IsFixed && Pieces[^1].Text.AsSpan().Count(' ') >= 3;
            var question = QueryNoise.TrimEnd(Pieces);
            QueryNoise.LowerFirst(next);
            Pieces.Add(new QueryPiece(random.Pick(question ? AfterQuestion : afterText || random.Chance(0.25) ? Strong : Weak),
                false));
        }

        Pieces.AddRange(next);
    }

    /// <summary>Whether two calls have the same tool and the same arguments.</summary>
    public bool HasEqualCalls()
    {
        for (var i = 0; i < Calls.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (ReferenceEquals(Calls[i].Tool, Calls[j].Tool) && AreEqual(Calls[i].Values, Calls[j].Values))
                {
                    return true;
                }
            }
        }

        return false;
    }

    public override string ToString()
    {
        var text = new StringBuilder(128);
        foreach (var piece in Pieces)
        {
            text.Append(piece.Text);
        }

        return text.ToString();
    }

    // As the answer will have them: a text of the request and a JSON string may say the same, and a request in lower case
    // takes its texts along.
    static bool AreEqual(ArgumentValue[] a, ArgumentValue[] b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i].IsGiven != b[i].IsGiven || !string.Equals(Written(a[i]), Written(b[i]), StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    static string? Written(ArgumentValue value) =>
        value.Text ?? (value.Json.ValueKind == JsonValueKind.String ? value.Json.GetString() : value.IsGiven ? value.Json.GetRawText() : null);
}
