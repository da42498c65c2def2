using Polly;
using Polly.Retry;

namespace NeedleBench.Remote.Downloads;

/// <summary>Tries again where a <see cref="ServerFault"/> may pass, and not where the server asks for more time than there is.</summary>
static class DownloadRetries
{
    /// <param name="retrying">Hears of each fault that is tried again after, and of the wait before that.</param>
    public static ResiliencePipeline Create(DownloadOptions options, TimeProvider time, Action<string, TimeSpan> retrying) =>
        options.Retries == 0
            ? ResiliencePipeline.Empty
            : new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.Delay,
                MaxDelay = options.MaxDelay,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is ServerFault { IsTransient: true } fault && !(fault.RetryAfter > options.MaxDelay)),
                // Null leaves the wait to the backoff.
                DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as ServerFault)?.RetryAfter),
                OnRetry = arguments =>
                {
                    retrying(arguments.Outcome.Exception!.Message, arguments.RetryDelay);
                    return ValueTask.CompletedTask;
                },
            }).Build();
}
