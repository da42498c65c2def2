namespace NeedleBench.Training.Synthesis;

/// <summary>
/// Chooses the other tools of an example. From other categories come only tools that share few words with the right one,
/// so that none could serve the request as well; from the right one's category come any, as its tools are distinct.
/// </summary>
sealed class Distractors
{
    // Of 20,580 pairs across the first fifteen categories, 160 lie above 0.15 and 1,923 above 0.05; near-twins such as
    // list_reminders and show_tasks lie at 0.2 to 0.7.
    const float MayServe = 0.15f;
    const float Unrelated = 0.06f;

    // Where the right tool is away, one of its category that is as alike as this might do in its place.
    const float MayReplace = 0.33f;

    static readonly double[] Easy = [0.25, 0.25, 0.2, 0.15, 0.1, 0.05, 0, 0];
    static readonly double[] Hard = [0.03, 0.07, 0.14, 0.2, 0.2, 0.16, 0.12, 0.08];

    readonly SynthesisOptions _options;
    readonly PreparedTool[] _tools;
    readonly int[][] _categories;
    readonly float[] _alike; // [tools × tools]
    readonly double[] _counts;

    public Distractors(SynthesisOptions options, PreparedTool[] tools, int[][] categories, ToolSimilarity similarity)
    {
        _options = options;
        _tools = tools;
        _categories = categories;
        _alike = new float[tools.Length * tools.Length];
        for (var a = 0; a < tools.Length; a++)
        {
            for (var b = 0; b < a; b++)
            {
                _alike[(a * tools.Length) + b] = _alike[(b * tools.Length) + a] = similarity.Between(a, b);
            }
        }

        _counts = [.. Easy.Zip(Hard, (easy, hard) => ((1 - options.Difficulty) * easy) + (options.Difficulty * hard))
            .Take(options.MostTools)];
    }

    /// <summary>How many tools to offer.</summary>
    public int Count(SeededRandom random) => 1 + random.Weighted(_counts);

    /// <summary>Whether two tools may be asked for in one request: neither could serve the other's part.</summary>
    public bool GoTogether(PreparedTool a, PreparedTool b) =>
        a.SnakeName != b.SnakeName && (a.Category == b.Category || Alike(a, b) <= MayServe);

    /// <summary>Adds tools beside those that are asked for.</summary>
    public void AddBeside(List<PreparedTool> offered, int count, SeededRandom random)
    {
        var asked = offered.Count;
        for (var attempt = 0; offered.Count < count && attempt < 10 * count; attempt++)
        {
            var near = random.Chance(0.3 + (0.4 * _options.Difficulty));
            var candidate = near ? FromCategory(offered[random.Below(asked)].Category, random) : random.Pick(_tools);
            var fits = IsNew(candidate, offered);
            for (var i = 0; i < asked && fits; i++)
            {
                fits = GoTogether(offered[i], candidate);
            }

            if (fits)
            {
                offered.Add(candidate);
            }
        }
    }

    /// <summary>Adds tools of which none can serve what <paramref name="away"/> was for.</summary>
    public void AddWithout(List<PreparedTool> offered, PreparedTool away, int count, bool sameCategory, SeededRandom random)
    {
        var other = OtherCategory(away.Category, random);
        for (var attempt = 0; offered.Count < count && attempt < 12 * count; attempt++)
        {
            var candidate = random.Chance(0.75) ? FromCategory(sameCategory ? away.Category : other, random)
                : random.Pick(_tools);
            var own = candidate.Category == away.Category;
            if (candidate != away && (sameCategory || !own) && !candidate.IsGeneral
                && candidate.SnakeName != away.SnakeName && Alike(candidate, away) <= (own ? MayReplace : Unrelated)
                    && IsNew(candidate, offered))
            {
                offered.Add(candidate);
            }
        }
    }

    /// <summary>
    /// Adds tools beside a refusal of the corpus: those of its category, and others that share no words with it.
    /// </summary>
    public void AddFor(List<PreparedTool> offered, PreparedRefusal refusal, int count, SeededRandom random)
    {
        for (var attempt = 0; offered.Count < count && attempt < 12 * count; attempt++)
        {
            var candidate = random.Chance(0.8) ? FromCategory(refusal.Category, random) : random.Pick(_tools);
            if ((candidate.Category == refusal.Category || refusal.MayStandBeside[candidate.Index]) && IsNew(candidate, offered))
            {
                offered.Add(candidate);
            }
        }
    }

    PreparedTool FromCategory(int category, SeededRandom random) => _tools[random.Pick(_categories[category])];

    int OtherCategory(int category, SeededRandom random)
    {
        var other = random.Below(_categories.Length);
        return other == category ? (other + 1) % _categories.Length : other;
    }

    float Alike(PreparedTool a, PreparedTool b) => _alike[(a.Index * _tools.Length) + b.Index];

    static bool IsNew(PreparedTool candidate, List<PreparedTool> offered) =>
        !offered.Exists(tool => tool.SnakeName == candidate.SnakeName);
}
