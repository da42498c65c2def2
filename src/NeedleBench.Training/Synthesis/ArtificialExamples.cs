namespace NeedleBench.Training.Synthesis;

/// <summary>Whole examples of made-up tools.</summary>
sealed class ArtificialExamples
{
    static readonly NameStyle[] Styles =
        [NameStyle.Snake, NameStyle.Snake, NameStyle.Snake, NameStyle.Camel, NameStyle.Kebab, NameStyle.Dotted, NameStyle.Pascal];

    // Of made-up examples, those that ask for a tool that is not there.
    const double Missing = 0.07;

    readonly SynthesisOptions _options;
    readonly ArtificialRequest _request;

    public ArtificialExamples(SynthesisOptions options, TrainingCorpus corpus)
    {
        _options = options;
        List<string> values = [.. corpus.Categories
            .SelectMany(category => category.Slots.Values).SelectMany(slot => slot)
            .Where(value => value.IsPlain && value.Say.Length <= 60 && value.Say.AsSpan().Count(' ') < 8)
            .Select(value => value.Say)];
        _request = new ArtificialRequest(values.Count > 0 ? values : ArtificialWords.Texts);
    }

    public SyntheticExample Create(RequestDraft draft, int count, SeededRandom random)
    {
        var style = random.Pick(Styles);
        var invent = random.Chance(0.35);
        var missing = random.Chance(Missing);
        var asked = missing || !random.Chance(_options.SeveralCalls) ? 1 : random.Chance(0.7) ? 2 : 3;
        var same = asked > 1 && random.Chance(_options.SameTool);
        var tools = new List<ArtificialTool> { ArtificialToolMaker.Make(random.Pick(ArtificialWords.Verbs),
            ArtificialToolMaker.NewNoun(random), style, invent, random) };
        count = Math.Max(count, missing ? 2 : same ? 1 : Math.Min(asked, _options.MostTools));
        while (tools.Count < count)
        {
            var (verb, noun) = Beside(tools[random.Below(tools.Count)], missing, random);
            if (!tools.Exists(tool => tool.Verb == verb && tool.Noun == noun))
            {
                tools.Add(ArtificialToolMaker.Make(verb, noun, style, invent, random));
            }
        }

        for (var i = 0; i < asked; i++)
        {
            _request.Add(draft, tools[same ? 0 : Math.Min(i, tools.Count - 1)], random);
        }

        if (draft.HasEqualCalls())
        {
            draft = new RequestDraft(random, draft.Lower);
            _request.Add(draft, tools[0], random);
        }

        if (missing)
        {
            tools.RemoveAt(0);
        }

        QueryNoise.Apply(draft.Pieces, _options, draft.Lower, random);
        var offered = tools.ConvertAll(tool => (tool.Tool, ToolDisguise.Plain(tool.Tool))).ToArray();
        return ExampleFinisher.Finish(ExampleKind.Artificial, draft, offered,
            new ToolDisguise(_options with { RewordDescription = 0 }, random, NameMode.Keep), random);
    }

    // Alike in verb or noun, but never both; where the tool asked for is away, no other may share its noun.
    static (string Verb, string Noun) Beside(ArtificialTool tool, bool missing, SeededRandom random) =>
        random.Below(missing ? 2 : 3) switch
        {
            0 => (random.Pick(ArtificialWords.Verbs), ArtificialToolMaker.NewNoun(random)),
            1 => (tool.Verb, ArtificialToolMaker.NewNoun(random)),
            _ => (random.Pick(ArtificialWords.Verbs), tool.Noun),
        };
}
