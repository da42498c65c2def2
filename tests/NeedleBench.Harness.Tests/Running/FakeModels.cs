using System.Text.Json;

namespace NeedleBench.Harness.Tests.Running;

/// <summary>Opens models <c>fake:name</c> that answer as a test says, and keeps a diary.</summary>
sealed class FakeModels : IModelProvider
{
    public string Scheme => "fake";

    public string Summary => "for tests";

    /// <summary>"open x", "x: query", "close x".</summary>
    public List<string> Diary { get; } = [];

    public Dictionary<string, string> Fingerprints { get; } = [];

    /// <summary>Called at each call with (model, 0-based number of this call over all models).</summary>
    public Func<string, int, ToolCallResponse>? Answer { get; set; }

    public int Calls { get; private set; }

    public ModelCatalog Catalog => new([this]);

    public static ToolCallResponse Alarm(string time) => new()
    {
        RawText = $"I say\n\u2028 {time}",
        Calls = [new ToolCall("set_alarm", JsonElement.Parse($$"""{"time":"{{time}}","n":1.50}"""))],
        Timing = new GenerationTiming(7, 3, 0.25, 0.5, 0.3),
        Confidence = 0.75,
        DialectFingerprint = "d1a1",
    };

    public ValueTask<IToolCallingModel> OpenAsync(ModelSpec spec, CancellationToken cancellationToken = default)
    {
        if (spec.Rest == "broken")
        {
            throw new InputException("the model is broken", "Mend it.");
        }

        Diary.Add($"open {spec.Rest}");
        return ValueTask.FromResult<IToolCallingModel>(new Model(this, spec.Rest));
    }

    sealed class Model(FakeModels owner, string name) : IToolCallingModel
    {
        public ModelInfo Info { get; } = new(name, "resolved:" + name, "fp32", owner.Fingerprints.GetValueOrDefault(name, "f0")) { Parameters = 5 };

        public ValueTask<ToolCallResponse> CallAsync(ToolCallRequest request, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            owner.Diary.Add($"{name}: {request.Query}{(request.MaxOutputTokens is { } n ? $" ({n})" : "")}");
            var number = owner.Calls++;
            return ValueTask.FromResult(owner.Answer is { } answer ? answer(name, number) : Alarm("six"));
        }

        public void Dispose() => owner.Diary.Add($"close {name}");
    }
}
