using NeedleBench.Tokenizers;

namespace NeedleBench.Onnx.LanguageModels;

/// <summary>The files of one decoder-only model at one precision.</summary>
/// <param name="Folder">Its folder, as a full path without a separator at the end.</param>
/// <param name="Graph">The <c>.onnx</c> file.</param>
/// <param name="Precision">What the graph's name says of its weights, such as <c>q4f16</c>; null where it says nothing.</param>
sealed record DecoderFiles(string Folder, string Graph, string? Precision)
{
    /// <summary>What <c>precision=</c> calls the graph whose name says nothing, as transformers.js does.</summary>
    const string Unmarked = "fp32";

    const string GraphsFolder = "onnx";
    const string TokenizerMend = "Give the folder the tokenizer.json (or vocab.json, merges.txt and tokenizer_config.json) that the model came with.";

    // The second is what optimum once wrote: prompt and steps in one graph, behind a switch.
    static readonly string[] Stems = ["model", "decoder_model_merged"];

    static readonly string[] TokenizerNames = ["tokenizer.json"];
    static readonly string[] OlderTokenizerNames = ["vocab.json", "merges.txt", "tokenizer_config.json"];

    /// <summary>The graphs of a folder, or of its folder <c>onnx</c> where that has any, by precision; empty where there are none.</summary>
    public static SortedDictionary<string, string> Graphs(string folder)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var place in (string[])[Path.Combine(folder, GraphsFolder), folder])
        {
            foreach (var stem in Stems)
            {
                if (found.Count == 0 && Directory.Exists(place))
                {
                    Collect(place, stem, found);
                }
            }
        }

        return found;
    }

    /// <param name="folder">A folder.</param>
    /// <param name="precision">Which graph, where there are several.</param>
    /// <exception cref="InputException">There is no folder, no graph, none of that precision, or several and none is named.</exception>
    public static DecoderFiles Find(string folder, string? precision)
    {
        if (!Directory.Exists(folder))
        {
            throw new InputException("there is no such folder", "Name the folder of a model.", folder);
        }

        var graphs = Graphs(folder);
        if (graphs.Count == 0)
        {
            throw new InputException(
                "the folder holds no model*.onnx, nor does its folder onnx", "Download or export the model again.", folder);
        }

        var all = string.Join(", ", graphs.Keys);
        if (precision is null && graphs.Count > 1)
        {
            throw new InputException($"the folder holds the model in several precisions: {all}", "Choose one with precision=….", folder);
        }

        var chosen = precision ?? graphs.Keys.First();
        return graphs.TryGetValue(chosen, out var graph)
            ? new DecoderFiles(
                Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)),
                graph,
                Stems.Contains(Path.GetFileNameWithoutExtension(graph)) ? null : chosen)
            : throw new InputException($"the folder does not hold the model in the precision '{chosen}'", $"There is: {all}.", folder);
    }

    /// <exception cref="InputException">The tokenizer is missing, broken, or of a kind that is not read here.</exception>
    public HuggingFaceTokenizer LoadTokenizer()
    {
        try
        {
            return TokenizerFiles().All(File.Exists)
                ? HuggingFaceTokenizer.Load(Folder)
                : throw new InputException("the folder has no tokenizer", TokenizerMend, Folder);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the tokenizer cannot be used ({e.Message.TrimEnd('.')})", TokenizerMend, Folder, inner: e);
        }
    }

    /// <summary>SHA-256, hexadecimal, over the files that the tokenizer was read from.</summary>
    /// <exception cref="InputException">A file cannot be read.</exception>
    public string HashTokenizer() => FileHash.Of(TokenizerFiles());

    List<string> TokenizerFiles()
    {
        var isWhole = File.Exists(Path.Combine(Folder, TokenizerNames[0]));
        return [.. (isWhole ? TokenizerNames : OlderTokenizerNames).Select(name => Path.Combine(Folder, name))];
    }

    static void Collect(string place, string stem, SortedDictionary<string, string> found)
    {
        foreach (var file in Directory.EnumerateFiles(place, stem + "*.onnx"))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (name == stem)
            {
                found[Unmarked] = file;
            }
            else if (name[stem.Length] == '_' && name.Length > stem.Length + 1)
            {
                found[name[(stem.Length + 1)..]] = file;
            }
        }
    }
}
