namespace NeedleBench.Training.Synthesis;

/// <summary>What the synthesised examples are like. Probabilities are shares from 0 to 1.</summary>
public readonly record struct SynthesisOptions()
{
    /// <summary>
    /// Use only the held-out phrasings, which are otherwise never used: index 9, 19, … of a tool, and of every fifth tool with
    /// six to nine the last. For validation data.
    /// </summary>
    public bool HeldOut { get; init; }

    /// <summary>
    /// From 0 (few tools, far apart) to 1 (many tools, alike): raise it as training goes on. It moves the number of tools
    /// and the share of distractors from the called tool's own category.
    /// </summary>
    public double Difficulty { get; init; } = 0.7;

    /// <summary>The most tools in an example, 1 to 8.</summary>
    public int MostTools { get; init; } = 8;

    /// <summary>No tool is offered; the answer is [].</summary>
    public double NoTools { get; init; } = 0.015;

    /// <summary>The tool that the request is for is not offered, others of its category are; the answer is [].</summary>
    public double MissingTool { get; init; } = 0.05;

    /// <summary>A refusal of the corpus with tools of its category; the answer is [].</summary>
    public double DomainRefusal { get; init; } = 0.06;

    /// <summary>A request of another category than all the tools; the answer is [].</summary>
    public double OffTopicRefusal { get; init; } = 0.035;

    /// <summary>Made-up tools and requests, which teach reading and copying.</summary>
    public double Artificial { get; init; } = 0.15;

    /// <summary>Of corpus and made-up requests alike: two or three calls in one request.</summary>
    public double SeveralCalls { get; init; } = 0.2;

    /// <summary>Of several calls: the same tool each time, with other values.</summary>
    public double SameTool { get; init; } = 0.35;

    /// <summary>Tool and parameter names are exchanged for synonyms and other naming styles.</summary>
    public double Rename { get; init; } = 0.45;

    /// <summary>Names are exchanged for invented ones, so that only the descriptions tell.</summary>
    public double InventNames { get; init; } = 0.08;

    /// <summary>A description is reworded, shortened or left out; for each tool and each parameter.</summary>
    public double RewordDescription { get; init; } = 0.25;

    /// <summary>A tool's schema is varied: unused optional parameters, order of parameters and enum values.</summary>
    public double VarySchema { get; init; } = 0.4;

    /// <summary>The whole request, copied values included, is in lower case; the answer follows it.</summary>
    public double LowerCase { get; init; } = 0.12;

    /// <summary>Only the words around the values are put in lower case, or their capital and final stop set.</summary>
    public double Punctuate { get; init; } = 0.3;

    /// <summary>One or two typing errors, never in a value.</summary>
    public double Typos { get; init; } = 0.08;

    /// <summary>Half of the words around the values are misspelt, as hurried thumbs do; never in a value.</summary>
    public double Garbled { get; init; }

    /// <summary>Of each tool's requests without arguments only the first so many, those held out counted in; null for all.</summary>
    public int? MostRequests { get; init; }

    /// <summary>Of requests for the retrieval head, which copy nothing: misspelt throughout, values too.</summary>
    public double MisspeltRequests { get; init; }

    /// <summary>Of requests for the retrieval head: another tool's request is joined to it, as where several calls are asked for.</summary>
    public double JoinedRequests { get; init; }

    /// <summary>"um", "uh" and their like.</summary>
    public double Fillers { get; init; } = 0.07;

    /// <summary>"please", "hey, …", "thanks".</summary>
    public double Politeness { get; init; } = 0.12;

    /// <exception cref="ArgumentOutOfRangeException">
    /// A value is not within its range, or the kinds of example sum to more than 1.
    /// </exception>
    public void Check()
    {
        foreach (var share in (ReadOnlySpan<double>)
            [Difficulty, NoTools, MissingTool, DomainRefusal, OffTopicRefusal, Artificial, SeveralCalls, SameTool, Rename,
                InventNames,
                RewordDescription, VarySchema, LowerCase, Punctuate, Typos, Garbled, MisspeltRequests, JoinedRequests, Fillers, Politeness,
                NoTools + MissingTool + DomainRefusal + OffTopicRefusal + Artificial, Rename + InventNames])
        {
            if (!(share is >= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(SynthesisOptions), share,
                    "Shares, and sums of exclusive shares, run from 0 to 1.");
            }
        }

        ArgumentOutOfRangeException.ThrowIfNegative(MostRequests ?? 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(MostTools, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MostTools, 8);
    }
}
