using System.CommandLine;
using System.Globalization;

namespace NeedleBench.Cli.Commands;

/// <summary>Options that several commands take, each in one wording.</summary>
static class SharedOptions
{
    public const string DefaultModel = "san:san-mini";

    public static Option<string> Suites() => new("--suites")
    {
        Description = "The folder that holds the suites.",
        HelpName = "folder",
        DefaultValueFactory = _ => "suites",
    };

    /// <summary>Where a clone of the repository keeps its training phrasings.</summary>
    public const string DefaultCorpus = "src/NeedleBench.Training/Corpus";

    public static Option<string> Corpus() => new("--corpus")
    {
        Description = "The folder of training phrasings.",
        HelpName = "folder",
        DefaultValueFactory = _ => DefaultCorpus,
    };

    public static Option<string[]> Plugins() => new("--plugin")
    {
        Description = "An assembly that adds model providers. It runs with all rights of this process. May stand several times.",
        HelpName = "assembly",
    };

    public static Option<string> Model() => new("--model")
    {
        Description = "The model, as scheme:name?key=value; see 'models list'.",
        HelpName = "spec",
        DefaultValueFactory = _ => DefaultModel,
    };

    public static Option<int?> MaxTokens() => new Option<int?>("--max-tokens")
    {
        Description = "The most tokens a model may generate for an answer.",
        HelpName = "n",
    }.AtLeast(1);

    /// <summary>Refuses numbers below <paramref name="least"/>.</summary>
    public static Option<int?> AtLeast(this Option<int?> option, int least)
    {
        option.Validators.Add(result =>
        {
            // What is no number at all has its own message already.
            if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value < least)
            {
                result.AddError($"{option.Name} is {value}; give a whole number of at least {least}.");
            }
        });
        return option;
    }
}
