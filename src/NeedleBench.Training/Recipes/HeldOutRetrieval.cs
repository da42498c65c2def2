using NeedleBench.San;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.Recipes;

/// <summary>Asks a checkpoint's retrieval head for the tool of a request among a hundred.</summary>
static class HeldOutRetrieval
{
    const int Offered = 100;
    const int First = 5;

    /// <summary>How many of the requests have their tool among the first five.</summary>
    /// <param name="model">With a retrieval head.</param>
    /// <param name="synthesiser">Whose requests are asked; each is offered the tools of those that follow it, too.</param>
    /// <param name="requests">How many.</param>
    /// <param name="cancellationToken">Looked at between requests.</param>
    public static int Count(SanToolCallingModel model, ExampleSynthesiser synthesiser, int requests, CancellationToken cancellationToken)
    {
        var found = 0;
        var made = new List<ToolRequests>(requests + Offered);
        for (var request = 0; request < requests; request++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var asked = At(request);
            var tools = new List<ToolDefinition>(Offered) { asked.Tool };
            var (taken, names) = (new HashSet<int> { asked.Identity }, new HashSet<string> { SnakeCaseName.From(asked.Tool.Name) });

            // A small corpus has no hundred tools: then as many as a long look finds.
            for (var other = request + 1; tools.Count < Offered && other < request + (20 * Offered); other++)
            {
                var beside = At(other);
                if (taken.Add(beside.Identity) && names.Add(SnakeCaseName.From(beside.Tool.Name)))
                {
                    tools.Add(beside.Tool);
                }
            }

            found += model.RankTools(asked.Queries[0], tools).Take(First).Contains(0) ? 1 : 0;
        }

        return found;

        // The requests that follow one follow the next as well.
        ToolRequests At(int index)
        {
            while (made.Count <= index)
            {
                made.Add(synthesiser.CreateRequests(made.Count, 1));
            }

            return made[index];
        }
    }
}
