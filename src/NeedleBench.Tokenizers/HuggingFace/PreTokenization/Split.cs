using System.Runtime.InteropServices;

namespace NeedleBench.Tokenizers.HuggingFace.PreTokenization;

/// <summary>Cuts pieces at the matches of a splitter.</summary>
/// <param name="splitter">What is matched.</param>
/// <param name="behavior">What becomes of the matches.</param>
/// <param name="invert">Whether what is between the matches counts as matched, and the other way round.</param>
sealed class Split(ISplitter splitter, SplitBehavior behavior, bool invert = false) : IPreTokenizer
{
    public void Apply(PieceList pieces) => pieces.Cut(Cut);

    void Cut(PieceList pieces, int i)
    {
        pieces.Matches.Clear();
        splitter.Find(pieces[i], pieces.Matches);
        if (behavior == SplitBehavior.Isolated)
        {
            Isolate(pieces, i);
            return;
        }

        var parts = Parts(CollectionsMarshal.AsSpan(pieces.Matches), pieces[i].Length);
        if (behavior == SplitBehavior.MergedWithNext)
        {
            MergeWithNext(parts);
        }
        else if (behavior != SplitBehavior.Removed)
        {
            MergeWithPrevious(parts);
        }

        foreach (var part in parts)
        {
            if (behavior != SplitBehavior.Removed || !part.IsMatch)
            {
                pieces.Add(i, part.Start, part.End);
            }
        }
    }

    static void Isolate(PieceList pieces, int i)
    {
        var end = 0;
        foreach (var match in pieces.Matches)
        {
            pieces.Add(i, end, match.Start);
            pieces.Add(i, match.Start, match.End);
            end = match.End;
        }

        pieces.Add(i, end, pieces[i].Length);
    }

    /// <summary>The matches and what is between them, without a gap.</summary>
    List<Part> Parts(ReadOnlySpan<Match> matches, int length)
    {
        var parts = new List<Part>((matches.Length * 2) + 1);
        var end = 0;
        foreach (var match in matches)
        {
            if (match.Start > end)
            {
                parts.Add(new Part(end, match.Start, invert));
            }

            parts.Add(new Part(match.Start, match.End, !invert));
            end = match.End;
        }

        if (length > end)
        {
            parts.Add(new Part(end, length, invert));
        }

        return parts;
    }

    /// <summary>
    /// Contiguous: parts of one kind side by side are joined. MergedWithPrevious: a match is joined to the part before it,
    /// unless that is a match too.
    /// </summary>
    void MergeWithPrevious(List<Part> parts)
    {
        var kept = 0;
        var previous = false;
        foreach (var part in parts.ToArray())
        {
            var joins = behavior == SplitBehavior.Contiguous ? part.IsMatch == previous : part.IsMatch && !previous;
            if (joins && kept > 0)
            {
                parts[kept - 1] = parts[kept - 1] with { End = part.End };
            }
            else
            {
                parts[kept++] = part;
            }

            previous = part.IsMatch;
        }

        parts.RemoveRange(kept, parts.Count - kept);
    }

    /// <summary>A match is joined to the part behind it, unless that is a match too.</summary>
    static void MergeWithNext(List<Part> parts)
    {
        for (var i = parts.Count - 2; i >= 0; i--)
        {
            if (parts[i].IsMatch && !parts[i + 1].IsMatch)
            {
                parts[i + 1] = parts[i] with { End = parts[i + 1].End };
                parts.RemoveAt(i);
            }
        }
    }

    readonly record struct Part(int Start, int End, bool IsMatch);
}
