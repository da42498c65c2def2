namespace NeedleBench.Training.Synthesis;

/// <summary>
/// Makes training examples of a corpus: an endless stream in which each example depends on the seed and its index alone, so
/// that a training run can be repeated, and taken up again where it stopped. Immutable: any number of threads may use one.
/// <para>
/// A text that the corpus gives as a plain string stands in the request exactly as in the answer. Where a whole request is
/// in lower case, its values are too, and the answer copies them so; values that the corpus translates (<c>say</c> to
/// <c>value</c>) are lowered where they are said and stay as they are in the answer. Typing errors, fillers and stripped
/// punctuation only touch the words around values.
/// </para>
/// </summary>
public sealed class ExampleSynthesiser
{
    // Of requests for the retrieval head: a stream of their own.
    const ulong RequestStream = 0x9E_7B_1E;

    readonly SynthesisOptions _options;
    readonly ulong _seed;
    readonly PreparedTool[] _tools;
    readonly PreparedTool[] _askable; // a tool as many times as it has phrasings, so that each is as likely as any other
    readonly PreparedTool[][] _askableByCategory;
    readonly PreparedTool[] _wanted; // likewise, requests without arguments counted in
    readonly PreparedTool[][] _wantedByCategory;
    readonly PreparedRefusal[] _refusals;
    readonly Distractors _distractors;
    readonly ArtificialExamples _artificial;

    /// <param name="corpus">A corpus without errors.</param>
    /// <param name="options">The mixture.</param>
    /// <param name="seed">The same seed, options and corpus give the same stream, on every machine and runtime.</param>
    /// <exception cref="InputException">The corpus has an error, or nothing that these options could use.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ExampleSynthesiser(TrainingCorpus corpus, SynthesisOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        options.Check();
        if (CorpusValidator.Validate(corpus).FirstOrDefault(f => f.Severity == CorpusFindingSeverity.Error) is { } error)
        {
            throw new InputException(error.Tool is null ? error.Problem : $"tool '{error.Tool}': {error.Problem}",
                "Correct the corpus.", error.File, error.Line);
        }

        _options = options;
        _seed = seed;
        var tools = new List<PreparedTool>();
        foreach (var (c, category) in corpus.Categories.Index())
        {
            foreach (var tool in category.Tools)
            {
                tools.Add(PreparedTool.From(tools.Count, c, tool, category, options.HeldOut, options.MostRequests));
            }
        }

        _tools = [.. tools];
        _askable = [.. _tools.SelectMany(t => Enumerable.Repeat(t, t.Phrasings.Count))];
        if (_askable.Length == 0)
        {
            throw new InputException(
                options.HeldOut ? "no tool of the corpus has a held-out phrasing" : "no tool of the corpus has a phrasing",
                "Every tenth phrasing of a tool is held out: give one of them ten or more.");
        }

        _askableByCategory = [.. corpus.Categories.Select((_, c) => _askable.Where(t => t.Category == c).ToArray())];
        _wanted = [.. _tools.SelectMany(t => Enumerable.Repeat(t, t.WaysToAsk))];
        _wantedByCategory = [.. corpus.Categories.Select((_, c) => _wanted.Where(t => t.Category == c).ToArray())];
        var similarity = new ToolSimilarity([.. _tools.Select(t => t.Tool)]);
        _distractors = new Distractors(
            options, _tools, [.. corpus.Categories
                .Select((_, c) => _tools.Where(t => t.Category == c).Select(t => t.Index).ToArray())], similarity);
        _refusals = [.. corpus.Categories.SelectMany((category, c) => category.Refusals
            .Where((_, i) => PreparedTool.IsHeldOut(i) == options.HeldOut)
            .Select(text => PreparedRefusal.From(text, c, _tools, similarity)))];
        _artificial = new ArtificialExamples(options, corpus);
    }

    /// <summary>The stream from an index on; it never ends.</summary>
    public IEnumerable<SyntheticExample> Stream(long first = 0)
    {
        for (var index = first; ; index++)
        {
            yield return Create(index);
        }
    }

    /// <summary>One example of the stream.</summary>
    /// <param name="index">Its position, from 0.</param>
    public SyntheticExample Create(long index)
    {
        var random = new SeededRandom(_seed, index);
        var kind = (ExampleKind)((int)ExampleKind.Request + random.Weighted([
            1 - _options.Artificial - _options.NoTools - _options.MissingTool - _options.DomainRefusal - _options.OffTopicRefusal,
            _options.Artificial, _options.NoTools, _options.MissingTool, _options.DomainRefusal, _options.OffTopicRefusal]));
        var draft = new RequestDraft(random, random.Chance(_options.LowerCase));
        if (kind == ExampleKind.Artificial)
        {
            return _artificial.Create(draft, _distractors.Count(random), random);
        }

        var offered = new List<PreparedTool>(8);
        switch (kind)
        {
            case ExampleKind.Request:
                draft = Ask(draft, offered, random);
                _distractors.AddBeside(offered, _distractors.Count(random), random);
                break;
            case ExampleKind.DomainRefusal when _refusals.Length > 0:
                var refusal = random.Pick(_refusals);
                draft.Pieces.Add(new QueryPiece(refusal.Text, false));
                _distractors.AddFor(offered, refusal, _distractors.Count(random), random);
                break;
            default:
                var away = random.Pick(_askable);
                RequestWriter.Add(draft, away, false, random);
                if (kind != ExampleKind.NoTools)
                {
                    _distractors.AddWithout(offered, away, _distractors.Count(random), kind == ExampleKind.MissingTool, random);
                }

                break;
        }

        QueryNoise.Apply(draft.Pieces, _options, draft.Lower, random);
        return Finish(kind, draft, offered, random);
    }

    /// <summary>Requests for one tool: what brings requests and tools together. A stream of its own, apart from <see cref="Create"/>'s.</summary>
    /// <param name="index">Its position, from 0.</param>
    /// <param name="count">How many requests, each worded and filled for itself.</param>
    /// <param name="near">
    /// A position in the same stream, whose domain the tool shall be of, so that the tools of a batch are hard to tell apart;
    /// null for any.
    /// </param>
    public ToolRequests CreateRequests(long index, int count, long? near = null)
    {
        var random = new SeededRandom(_seed ^ RequestStream, index);
        var category = near is { } other ? new SeededRandom(_seed ^ RequestStream, ~other).Pick(_wanted).Category : -1;
        var tool = random.Pick(category < 0 ? _wanted : _wantedByCategory[category]);
        var queries = new string[count];
        for (var i = 0; i < count; i++)
        {
            queries[i] = Request(tool, random);
        }

        return new ToolRequests(tool.Index, Disguise(random).Show(tool.Tool, tool.Plain, null).Definition, queries);
    }

    // No draw where an option is off or a tool has no such requests: streams of older recipes stay what they were.
    string Request(PreparedTool tool, SeededRandom random)
    {
        var draft = new RequestDraft(random, random.Chance(_options.LowerCase));
        var joined = _options.JoinedRequests > 0 && random.Chance(_options.JoinedRequests) ? random.Pick(_wanted) : null;
        foreach (var asked in joined is null ? [tool] : random.Chance(0.5) ? [joined, tool] : (PreparedTool[])[tool, joined])
        {
            RequestWriter.AddAnyWay(draft, asked, random);
        }

        QueryNoise.Apply(draft.Pieces, _options, draft.Lower, random);
        var text = draft.ToString();
        return _options.MisspeltRequests > 0 && random.Chance(_options.MisspeltRequests) ? GarbledSpelling.Apply(text, random) : text;
    }

    RequestDraft Ask(RequestDraft draft, List<PreparedTool> offered, SeededRandom random)
    {
        var tool = random.Pick(_askable);
        offered.Add(tool);
        if (!random.Chance(_options.SeveralCalls))
        {
            RequestWriter.Add(draft, tool, false, random);
            return draft;
        }

        var count = random.Chance(0.7) ? 2 : 3;
        if (random.Chance(_options.SameTool))
        {
            if (!random.Chance(0.4) || !RequestWriter.TryAddShared(draft, tool, count, random))
            {
                for (var i = 0; i < count; i++)
                {
                    RequestWriter.Add(draft, tool, true, random);
                }
            }
        }
        else
        {
            RequestWriter.Add(draft, tool, true, random);
            AskForOthers(draft, offered, Math.Min(count, _options.MostTools), random);
        }

        // Two phrasings of one tool may say the same; a request with two equal calls has no clear answer.
        if (!draft.HasEqualCalls())
        {
            return draft;
        }

        offered.RemoveRange(1, offered.Count - 1);
        var single = new RequestDraft(random, draft.Lower);
        RequestWriter.Add(single, tool, false, random);
        return single;
    }

    void AskForOthers(RequestDraft draft, List<PreparedTool> offered, int count, SeededRandom random)
    {
        for (var attempt = 0; offered.Count < count && attempt < 20; attempt++)
        {
            var other = random.Pick(random.Chance(0.5) ? _askableByCategory[offered[0].Category] : _askable);
            if (offered.TrueForAll(tool => _distractors.GoTogether(tool, other)))
            {
                offered.Add(other);
                RequestWriter.Add(draft, other, true, random);
            }
        }
    }

    SyntheticExample Finish(ExampleKind kind, RequestDraft draft, List<PreparedTool> offered, SeededRandom random)
    {
        var disguise = Disguise(random);
        return ExampleFinisher.Finish(kind, draft, [.. offered.Select(tool => (tool.Tool, tool.Plain))], disguise, random);
    }

    ToolDisguise Disguise(SeededRandom random)
    {
        var names = random.Weighted([1 - _options.Rename - _options.InventNames, _options.Rename, _options.InventNames]);
        return new ToolDisguise(_options, random, (NameMode)names);
    }
}
