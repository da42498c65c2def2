using System.Text;

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

    static bool AreEqual(ArgumentValue[] a, ArgumentValue[] b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i].Text != b[i].Text || a[i].IsGiven != b[i].IsGiven
                || (a[i].Text is null && a[i].IsGiven && a[i].Json.GetRawText() != b[i].Json.GetRawText()))
            {
                return false;
            }
        }

        return true;
    }
}
