using System.Globalization;

namespace NeedleBench.Training.Synthesis;

/// <summary>Asks for a made-up tool: its verb and noun, then its parameters' words and values in a few patterns.</summary>
/// <param name="corpusValues">Plain slot values of the corpus, for variety.</param>
sealed class ArtificialRequest(IReadOnlyList<string> corpusValues)
{
    static readonly string[] Openings =
        ["", "", "", "", "can you ", "please ", "I need to ", "we should ", "time to ", "could you ", "go and ",
        "I want you to ", "it's time to ", "let's "];

    // Before the value, after it; # is the parameter's words.
    static readonly (string Before, string After)[] Patterns =
    [
        (" with # ", ""), (", # ", ""), (" using # ", ""), (" and set the # to ", ""), (", make the # ", ""), (" (#: ", ")"),
            (" where the # is ", ""), (", # should be ", ""), (" with ", " as the #"), (", with the # set to ", ""),
            (" - # ", ""),
        (", #: ", ""), (", # = ", ""), (" at # ", ""),
    ];

    static readonly (string Before, string After)[] TextPatterns =
        [(", #: ", ""), (", # \"", "\""), (" with the # ", ""), (" and add the # ", ""), (", the # is ", ""),
        (", # reads '", "'")];
    static readonly string[] On = [" with # on", ", # enabled", " and turn # on", ", # on", " with #", " and switch on #"];
    static readonly string[] Off = [" with # off", ", no #", " without #", " and keep # off", ", # disabled", " and turn off #"];

    public void Add(RequestDraft draft, ArtificialTool tool, SeededRandom random)
    {
        var call = new CallDraft(tool.Tool);
        var used = new List<int>(4);
        for (var i = 0; i < tool.Concepts.Count; i++)
        {
            if (tool.Tool.Parameters[i].Required || random.Chance(0.6))
            {
                used.Add(i);
            }
        }

        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(used));
        var pieces = new List<QueryPiece>(12);
        var next = 0;
        if (used.Count > 0 && tool.Concepts[used[0]].Kind is not (ArtificialKind.Flag or ArtificialKind.Text)
            && random.Chance(0.12))
        {
            pieces.Add(new QueryPiece(tool.Concepts[used[0]].Words + " ", false));
            AddValue(pieces, draft, call, used[0], tool, random);
            pieces.Add(new QueryPiece(random.Chance(0.5) ? ", " : ": ", false));
            next = 1;
        }

        pieces.Add(new QueryPiece(random.Chance(0.08) && pieces.Count == 0 ? $"the {tool.Noun}, {tool.Verb} it"
            : $"{random.Pick(Openings)}{tool.Verb} {(random.Chance(0.9) ? "the " : "")}{tool.Noun}", false));
        for (; next < used.Count; next++)
        {
            AddParameter(pieces, draft, call, used[next], tool, random);
        }

        draft.Join(pieces);
        draft.Calls.Add(call);
    }

    void AddParameter(List<QueryPiece> pieces, RequestDraft draft, CallDraft call, int parameter, ArtificialTool tool,
        SeededRandom random)
    {
        var (words, kind) = tool.Concepts[parameter];
        if (kind == ArtificialKind.Flag)
        {
            var on = random.Chance(0.5);
            pieces.Add(new QueryPiece(random.Pick(on ? On : Off).Replace("#", words, StringComparison.Ordinal), false));
            call.Values[parameter] = new ArgumentValue(null, ArtificialJson.Boolean(on));
            return;
        }

        var (before, after) = random.Pick(kind == ArtificialKind.Text ? TextPatterns : Patterns);
        pieces.Add(new QueryPiece(before.Replace("#", words, StringComparison.Ordinal), false));
        AddValue(pieces, draft, call, parameter, tool, random);
        if (after.Length > 0)
        {
            pieces.Add(new QueryPiece(after.Replace("#", words, StringComparison.Ordinal), false));
        }
    }

    void AddValue(List<QueryPiece> pieces, RequestDraft draft, CallDraft call, int parameter, ArtificialTool tool,
        SeededRandom random)
    {
        string words;
        switch (tool.Concepts[parameter].Kind)
        {
            case ArtificialKind.Integer:
                var number = random.Below(3) switch
                {
                    0 => random.Below(21),
                    1 => 10 + random.Below(90),
                    _ => 100 + random.Below(4900),
                };
                words = number <= 20 && random.Chance(0.4) ? ArtificialWords.NumberWords[number]
                    : number.ToString(CultureInfo.InvariantCulture);
                call.Values[parameter] = new ArgumentValue(null, ArtificialJson.Number(number));
                break;
            case ArtificialKind.Hour or ArtificialKind.Minutes or ArtificialKind.Percent:
                (words, var quantity) = ArtificialQuantity.Make(tool.Concepts[parameter].Kind, random);
                words = draft.Say(words);
                call.Values[parameter] = new ArgumentValue(null, ArtificialJson.Number(quantity));
                break;
            case ArtificialKind.Number:
                var tenths = 1 + random.Below(random.Chance(0.5) ? 100 : 10000);
                words = tenths % 10 == 0 ? (tenths / 10).ToString(CultureInfo.InvariantCulture)
                    : string.Create(CultureInfo.InvariantCulture, $"{tenths / 10}.{tenths % 10}");
                call.Values[parameter] = new ArgumentValue(null, ArtificialJson.Number(words));
                break;
            case ArtificialKind.Enum:
                words = random.Pick(tool.Tool.Parameters[parameter].Enum!);
                call.Values[parameter] = new ArgumentValue(null, ArtificialJson.Text(words));
                words = draft.Say(words);
                break;
            case ArtificialKind.Words:
            case ArtificialKind.Names:
                words = AddList(draft, call, parameter, tool.Concepts[parameter].Kind, random);
                break;
            default:
                words = draft.Say(Text(tool.Concepts[parameter].Kind, random));
                call.Values[parameter] = new ArgumentValue(words, default);
                draft.Copied.Add(words);
                break;
        }

        pieces.Add(new QueryPiece(words, true));
    }

    static string AddList(RequestDraft draft, CallDraft call, int parameter, ArtificialKind kind, SeededRandom random)
    {
        var items = new List<string>(3);
        for (var wanted = 1 + random.Below(3); items.Count < wanted;)
        {
            var item = draft.Say(random.Pick(kind == ArtificialKind.Names ? ArtificialWords.Names : ArtificialWords.Words));
            if (!items.Contains(item))
            {
                items.Add(item);
            }
        }

        call.Values[parameter] = new ArgumentValue(null, ArtificialJson.List(items));
        draft.Copied.AddRange(items);
        return items.Count == 1 ? items[0] : $"{string.Join(", ", items.Take(items.Count - 1))} and {items[^1]}";
    }

    string Text(ArtificialKind kind, SeededRandom random) => kind switch
    {
        ArtificialKind.Name => random.Pick(ArtificialWords.Names),
        ArtificialKind.Word => random.Chance(0.3) ? NameWriter.Invent(random) : random.Pick(ArtificialWords.Words),
        ArtificialKind.Code => Code(random),
        ArtificialKind.Time => random.Pick(ArtificialWords.Times),
        ArtificialKind.Text => random.Chance(0.6) ? random.Pick(ArtificialWords.Texts)
            : $"{random.Pick(ArtificialWords.Texts)}, {random.Pick(ArtificialWords.Texts)}",
        _ => random.Pick(corpusValues),
    };

    static string Code(SeededRandom random)
    {
        Span<char> code = stackalloc char[8];
        var length = 0;
        for (var letters = 1 + random.Below(3); letters > 0; letters--)
        {
            code[length++] = (char)('A' + random.Below(26));
        }

        if (random.Chance(0.6))
        {
            code[length++] = '-';
        }

        for (var digits = 2 + random.Below(3); digits > 0; digits--)
        {
            code[length++] = (char)('0' + random.Below(10));
        }

        return code[..length].ToString();
    }
}
