using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NeedleBench.Harness.Running;

namespace NeedleBench.Harness.Suites;

/// <summary>
/// Hashes of what a run saw of a suite. Every piece goes in behind its length, so that no two suites can look alike by
/// moving a boundary. JSON goes in compact, with members in file order, because a model sees that order; white space and
/// the spelling of escapes do not count.
/// </summary>
public static class SuiteHash
{
    static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The first <paramref name="cases"/> cases of a suite (all where null), as <c>run.json</c> names them.</summary>
    public static SuiteReference Reference(Suite suite, int? cases)
    {
        var seen = cases is { } limit ? suite.Cases.Take(limit).ToList() : suite.Cases;
        return new SuiteReference(suite.Name, suite.Version, seen.Count, PromptHash(seen), AnswerHash(seen));
    }

    /// <summary>SHA-256 over ids, queries and tools: lower-case hexadecimal.</summary>
    public static string PromptHash(IReadOnlyList<SuiteCase> cases) => Hash("prompts/1", cases, static (sink, item) =>
    {
        sink.Add(item.Query);
        sink.Add(item.Tools.Count);
        foreach (var tool in item.Tools)
        {
            sink.Add(tool.Name);
            sink.Add(tool.Description);
            sink.Add(tool.Parameters);
        }
    });

    /// <summary>SHA-256 over ids and expected answers: lower-case hexadecimal.</summary>
    public static string AnswerHash(IReadOnlyList<SuiteCase> cases) => Hash("answers/1", cases, static (sink, item) =>
    {
        sink.Add(item.Expected.Count);
        foreach (var call in item.Expected)
        {
            sink.Add(call.Name);
            sink.Add(call.Arguments.Count);
            foreach (var (name, accepted) in call.Arguments)
            {
                sink.Add(name);
                sink.Add(accepted.MayBeOmitted ? 1 : 0);
                sink.Add(accepted.Values.Count);
                foreach (var value in accepted.Values)
                {
                    sink.Add(value);
                }
            }
        }

        // Only where there is one, so that the hashes of all other suites stay what they were.
        if (item.Bfcl is { } original)
        {
            sink.Add(original.Category);
            sink.Add(original.GroundTruth);
        }
    });

    static string Hash(string purpose, IReadOnlyList<SuiteCase> cases, Action<Sink, SuiteCase> add)
    {
        using var sink = new Sink();
        sink.Add(purpose);
        sink.Add(cases.Count);
        foreach (var item in cases)
        {
            sink.Add(item.Id);
            add(sink, item);
        }

        return sink.Finish();
    }

    sealed class Sink : IDisposable
    {
        readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        readonly ArrayBufferWriter<byte> _buffer = new();

        public void Add(string text) => AddBytes(Encoding.UTF8.GetBytes(text));

        public void Add(int number)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
            _hash.AppendData(bytes);
        }

        public void Add(JsonElement element)
        {
            _buffer.ResetWrittenCount();
            if (element.ValueKind != JsonValueKind.Undefined)
            {
                using var writer = new Utf8JsonWriter(_buffer, Compact);
                element.WriteTo(writer);
            }

            AddBytes(_buffer.WrittenSpan);
        }

        public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

        public void Dispose() => _hash.Dispose();

        void AddBytes(ReadOnlySpan<byte> bytes)
        {
            Add(bytes.Length);
            _hash.AppendData(bytes);
        }
    }
}
