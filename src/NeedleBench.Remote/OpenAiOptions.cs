namespace NeedleBench.Remote;

/// <summary>What an <c>openai:</c> spec says.</summary>
/// <param name="Endpoint">The address that <c>/chat/completions</c> is added to, e.g. <c>http://127.0.0.1:8080/v1</c>.</param>
/// <param name="Model">The model's name on the server.</param>
/// <param name="Temperature">0 is greedy; null where the spec says nothing.</param>
/// <param name="MaxTokens">The most tokens of an answer; the server's own limit where null.</param>
/// <param name="Retry">How long to wait, and how often to try again.</param>
readonly record struct OpenAiOptions(Uri Endpoint, string Model, double? Temperature, int? MaxTokens, RetryOptions Retry)
{
    public const string Keys = "model, temperature, max_tokens, timeout, retries, retry_delay";

    /// <exception cref="InputException">The address is none, the model is not named, or an option is wrong.</exception>
    public static OpenAiOptions Read(ModelSpec spec)
    {
        spec.AllowOptions("model", "temperature", "max_tokens", "timeout", "retries", "retry_delay");
        if (!Uri.TryCreate(spec.Rest, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
            || address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw new InputException(
                $"model spec '{spec.Text}': '{spec.Rest}' is no address of a server",
                "Write openai:http://127.0.0.1:8080/v1?model=name; a key goes into OPENAI_API_KEY.");
        }

        var model = spec.GetString("model", "");
        if (model.Length == 0)
        {
            throw new InputException(
                $"model spec '{spec.Text}': no model is named",
                $"Add ?model=name; {Address(address)}/models lists what the server has.");
        }

        var defaults = new RetryOptions();
        var given = spec.Options;
        return new OpenAiOptions(
            address,
            model,
            given.ContainsKey("temperature") ? spec.GetDouble("temperature", 0, 0, 2) : null,
            given.ContainsKey("max_tokens") ? spec.GetInt("max_tokens", 0, 1, int.MaxValue) : null,
            defaults with
            {
                Timeout = TimeSpan.FromSeconds(spec.GetDouble("timeout", defaults.Timeout.TotalSeconds, 0.05, 3600)),
                Retries = spec.GetInt("retries", defaults.Retries, 0, 20),
                Delay = TimeSpan.FromSeconds(spec.GetDouble("retry_delay", defaults.Delay.TotalSeconds, 0, 60)),
            });
    }

    /// <summary>The address without a slash at its end, for messages.</summary>
    public static string Address(Uri endpoint) => endpoint.ToString().TrimEnd('/');
}
