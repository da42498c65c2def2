using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.Tests.Synthesis;

/// <summary>Corpora for tests: the repository's, and small ones written to order.</summary>
static class TestCorpus
{
    public static TrainingCorpus Repository { get; } =
        CorpusReader.Read(RepositoryFiles.InRepository("src/NeedleBench.Training/Corpus"));

    /// <summary>A sound tool to change one thing of.</summary>
    public const string Tool =
        """
        {"name":"set_level","description":"Set the level.",
         "parameters":{"type":"object","properties":{
           "level":{"type":"integer","description":"Level.","minimum":0,"maximum":100},
           "mode":{"type":"string","description":"Mode.","enum":["slow","fast"]},
           "note":{"type":"string","description":"Note."},
           "tags":{"type":"array","description":"Tags.","items":{"type":"string"}}},"required":["level"]},
         "slots":{"level":"level","mode":"mode","note":"note","tags":"tags"},
         "phrasings":[
           {"text":"level {level}"},{"text":"go to {level}"},{"text":"make it {level} in {mode}"},{"text":"{level}, note {note}"},
           {"text":"all the way","arguments":{"level":100}},{"text":"tags {tags} at {level}"}]}
        """;

    public const string Slots =
        """
        {"level":[{"say":"half","value":50},{"say":"ten","value":10}],"mode":[{"say":"slow mode","value":"slow"}],
         "note":["Mind the Gap","ask Zoë"],"tags":[{"say":"a and b","value":["a","b"]}]}
        """;

    public static string File(string tool = Tool, string slots = Slots) =>
        $$"""
        {"category":"test","description":"A test.",
         "slots":{{slots}},
         "tools":[
        {{tool}}
        ],"refusals":["sing a song"]}
        """;

    public static TrainingCorpus Read(string json)
    {
        using var folder = new TemporaryFolder();
        System.IO.File.WriteAllText(folder.File("test.json"), json);
        return CorpusReader.Read(folder.Path);
    }
}
