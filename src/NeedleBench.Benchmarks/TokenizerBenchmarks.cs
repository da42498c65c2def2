using System.Text;
using BenchmarkDotNet.Attributes;
using NeedleBench.San;
using NeedleBench.Tokenizers;

namespace NeedleBench.Benchmarks;

/// <summary>Encoding with the tokenizer of the model in the box: a long tool list, and texts that a quadratic case would show on.</summary>
[MemoryDiagnoser]
public class TokenizerBenchmarks
{
    readonly SentencePieceTokenizer _tokenizer = SanModelSource.Open("san-nano").Tokenizer;
    readonly List<int> _ids = [];
    readonly string _json = Json(10_000);
    readonly string _json100 = Json(100_000);
    readonly string _letters = new('a', 100_000);

    [Benchmark(Baseline = true)]
    public int Json10Thousand() => Encode(_json);

    [Benchmark]
    public int Json100Thousand() => Encode(_json100);

    [Benchmark]
    public int OneLetter100Thousand() => Encode(_letters);

    int Encode(string text)
    {
        _ids.Clear();
        _tokenizer.Encode(text, _ids);
        return _ids.Count;
    }

    static string Json(int length)
    {
        var text = new StringBuilder();
        for (var i = 0; text.Length < length; i++)
        {
            text.Append("{\"name\":\"set_alarm_").Append(i)
                .Append("\",\"description\":\"Set an alarm for a time of day.\",\"parameters\":{\"time\":{\"type\":\"string\",\"description\":\"When, in the user's own words.\",\"required\":true}}},");
        }

        return text.ToString(0, length);
    }
}
