namespace NeedleBench.Training.Recipes;

/// <summary>
/// Lessons of the retrieval head: first alone, as requests find their tools in far fewer tokens than calls are written in, and
/// an encoder that knows which tool is meant is what a decoder needs; then beside the decoder's.
/// </summary>
/// <param name="Steps">The first steps of the run, which teach nothing else.</param>
/// <param name="Requests">Requests in each of these steps.</param>
/// <param name="RequestsBeside">Requests in each step behind them, beside its examples; 0 takes those of the examples.</param>
/// <param name="RequestsATool">
/// Requests for the same tool in a step: a tool's text is several times as long as a request, and is read once for all of them.
/// </param>
/// <param name="Domains">
/// How many domains the tools of a step are of, at most: the fewer, the more alike are those to tell apart. 0 for no limit.
/// </param>
public sealed record RetrievalStage(int Steps, int Requests, int RequestsBeside = 0, int RequestsATool = 1, int Domains = 0);
