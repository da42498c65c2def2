using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using NeedleBench.Chat;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Models;

// Construction with an AuthenticationPolicy is marked experimental; it is the only way to send no key, and the version is pinned.
#pragma warning disable OPENAI001

namespace NeedleBench.Remote;

/// <summary>
/// Opens models behind OpenAI-compatible servers (llama.cpp, Ollama, vLLM, OpenAI):
/// <c>openai:http://127.0.0.1:8080/v1?model=x</c>. Options: <c>model</c>; <c>temperature</c> (0); <c>max_tokens</c> (the
/// server's); <c>timeout</c>, seconds an attempt (120); <c>retries</c> (4); <c>retry_delay</c>, seconds before the first retry
/// (1). The key comes from the environment variable <c>OPENAI_API_KEY</c>; without it, none is sent.
/// </summary>
public sealed class OpenAiModelProvider : IChatModelProvider
{
    const string KeyVariable = "OPENAI_API_KEY";

    readonly Func<string, string?> _environment;
    readonly TimeProvider _time;

    public OpenAiModelProvider()
        : this(Environment.GetEnvironmentVariable, TimeProvider.System)
    {
    }

    internal OpenAiModelProvider(Func<string, string?> environment, TimeProvider time)
    {
        _environment = environment;
        _time = time;
    }

    public string Scheme => "openai";

    public bool RunsElsewhere => true;

    public string Summary =>
        $"a model behind an OpenAI-compatible server, openai:http://127.0.0.1:8080/v1?model=name; options: {OpenAiOptions.Keys}; key: {KeyVariable}";

    /// <summary>Asks the server for a sign of life, then opens the model.</summary>
    /// <exception cref="InputException">The spec is wrong, or the server stays unreachable.</exception>
    public async ValueTask<IToolCallingModel> OpenAsync(ModelSpec spec, CancellationToken cancellationToken = default)
    {
        var options = OpenAiOptions.Read(spec);
        var retrying = new Retrying(options.Retry, options.Endpoint, _time);
        await ReachAsync(options, retrying, cancellationToken);
        var info = new ModelInfo(options.Model, spec.Text, "unknown", "");
        var chatOptions = new ChatOptions { Temperature = 0, MaxOutputTokens = options.MaxTokens };
        return new RetryingModel(new ChatClientModel(Client(options), info, chatOptions), retrying);
    }

    /// <inheritdoc/>
    public async ValueTask<IChatClient> OpenChatAsync(ModelSpec spec, CancellationToken cancellationToken = default)
    {
        var options = OpenAiOptions.Read(spec);
        var retrying = new Retrying(options.Retry, options.Endpoint, _time);
        await ReachAsync(options, retrying, cancellationToken);
        return new RetryingChatClient(Client(options), retrying);
    }

    /// <summary>One clear error now is better than one for each case of a run. Any answer will do, a refusal, too.</summary>
    async ValueTask ReachAsync(OpenAiOptions options, Retrying retrying, CancellationToken cancellationToken)
    {
        var models = new OpenAIModelClient(Key(), ClientOptions(options));
        await retrying.RunAsync(
            async token =>
            {
                var result = await models.GetModelsAsync(
                    new RequestOptions { CancellationToken = token, ErrorOptions = ClientErrorBehaviors.NoThrow });
                result.GetRawResponse().Dispose();
                return true;
            },
            cancellationToken);
    }

    OpenAiChatClient Client(OpenAiOptions options) => new(new ChatClient(options.Model, Key(), ClientOptions(options)), options);

    AuthenticationPolicy Key() =>
        _environment(KeyVariable) is { } key && !string.IsNullOrWhiteSpace(key)
            ? ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(new ApiKeyCredential(key.Trim()))
            : new NoAuthentication();

    // Retries and timeouts are Retrying's: the package's own would be hidden in what is measured.
    static OpenAIClientOptions ClientOptions(OpenAiOptions options) => new()
    {
        Endpoint = options.Endpoint,
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        NetworkTimeout = Timeout.InfiniteTimeSpan,
        EnableDistributedTracing = false,
    };
}
