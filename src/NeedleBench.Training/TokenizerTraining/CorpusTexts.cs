using NeedleBench.San.Prompting;

namespace NeedleBench.Training.TokenizerTraining;

/// <summary>
/// The texts that the project's own tokenizer is trained on, from a folder of corpus files (the form is described in the
/// corpus folder's README): requests with their slots filled, tool lists as a model reads them, the calls it answers with,
/// and requests that no tool serves.
/// </summary>
public static class CorpusTexts
{
    /// <summary>How often each phrasing is said, each time with other values.</summary>
    const int FillingsOfAPhrasing = 4;

    /// <summary>One tool list for so many phrasings: a list is some twenty times as long as a request.</summary>
    const int PhrasingsPerToolList = 4;

    const int MostToolsOfAList = 5;

    /// <summary>Reads a folder's <c>*.json</c> in the order of their names, one file in memory at a time.</summary>
    /// <param name="folder">The folder of corpus files.</param>
    /// <param name="seed">The same seed and files give the same texts in the same order.</param>
    /// <exception cref="InputException">The folder is not there or holds no corpus file, or a file is not of the form.</exception>
    public static IEnumerable<string> Read(string folder, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
        {
            throw new InputException("there is no such folder", "Name a folder of corpus files.", folder);
        }

        var files = Directory.GetFiles(folder, "*.json");
        if (files.Length == 0)
        {
            throw new InputException("the folder holds no corpus file (*.json)", "Name a folder of corpus files.", folder);
        }

        Array.Sort(files, StringComparer.Ordinal);
        return files.SelectMany((file, index) => ReadFile(file, new Random(SeedOf(seed, index))));
    }

    static IEnumerable<string> ReadFile(string file, Random random)
    {
        var corpus = CorpusFile.Read(file);
        foreach (var tool in corpus.Tools)
        {
            var seenName = new ToolNames([tool.Definition]).Seen[0];
            foreach (var (index, phrasing) in tool.Phrasings.Index())
            {
                for (var filling = 0; filling < FillingsOfAPhrasing; filling++)
                {
                    var (request, call) = tool.Fill(phrasing, random);
                    yield return request;
                    yield return ToolCallJson.Write([call with { Name = seenName }]);
                }

                if (index % PhrasingsPerToolList == 0)
                {
                    yield return ToolList(corpus, tool, random);
                }
            }
        }

        foreach (var refusal in corpus.Refusals)
        {
            yield return refusal;
        }
    }

    static string ToolList(CorpusFile corpus, CorpusTool tool, Random random)
    {
        var tools = random.GetItems(corpus.Tools.ToArray(), random.Next(MostToolsOfAList)).Append(tool).Distinct()
            .Select(chosen => chosen.Definition).ToArray();
        random.Shuffle(tools);
        return ToolListText.Render(tools, new ToolNames(tools));
    }

    // Each file has random numbers of its own, so that an edit of one leaves the texts of the others as they were.
    static int SeedOf(int seed, int index) => unchecked((seed * 1_000_003) ^ (index * 7919));
}
