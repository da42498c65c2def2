namespace NeedleBench.Training.Recipes;

/// <summary>
/// Lessons of the retrieval head: for a stretch of the run requests and tools alone, as requests find their tools in far fewer
/// tokens than calls are written in, and an encoder that knows which tool is meant is what a decoder needs; then beside the
/// decoder's. Before that stretch the decoder is taught alone.
/// </summary>
/// <param name="Steps">How many steps the stretch has.</param>
/// <param name="Requests">Requests in each of these steps.</param>
/// <param name="RequestsBeside">Requests in each step behind them, beside its examples; 0 takes those of the examples.</param>
/// <param name="RequestsATool">
/// Requests for the same tool in a step: a tool's text is several times as long as a request, and is read once for all of them.
/// </param>
/// <param name="Domains">
/// How many domains the tools of a step are of, at most: the fewer, the more alike are those to tell apart. 0 for no limit.
/// </param>
public sealed record RetrievalLessons(int Steps, int Requests, int RequestsBeside = 0, int RequestsATool = 1, int Domains = 0)
{
    /// <summary>The 0-based step that the stretch begins with.</summary>
    public int From { get; init; }

    /// <summary>
    /// Every so many steps of the stretch, one like those behind it, so that a decoder that was taught before forgets nothing;
    /// 0 for none.
    /// </summary>
    public int ExamplesEvery { get; init; }

    /// <summary>Share of requests misspelt throughout, their values too.</summary>
    public double Misspelt { get; init; }

    /// <summary>Share of requests that another tool's request is joined to.</summary>
    public double Joined { get; init; }

    /// <summary>Share of merges that the tokenizer leaves out in a request (BPE-dropout, Provilkov et al. 2020).</summary>
    public double MergeDropout { get; init; }

    /// <summary>The first step behind the stretch.</summary>
    internal int Until => From + Steps;

    /// <summary>Whether a step teaches requests alone.</summary>
    internal bool AreAlone(int step) => step >= From && step < Until && (ExamplesEvery == 0 || (step - From) % ExamplesEvery != ExamplesEvery - 1);
}
