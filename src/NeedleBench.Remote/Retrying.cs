using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace NeedleBench.Remote;

/// <summary>
/// Tries again where a fault may pass: no connection, 408, 429, 5xx, a cut or unreadable stream, a timeout. A server that was
/// unreachable to the end of one call's attempts gets a single attempt a call until it answers again, so that a long run
/// against a dead server ends.
/// </summary>
sealed class Retrying
{
    readonly ResiliencePipeline _patient;
    readonly ResiliencePipeline _once;
    readonly RetryOptions _options;
    readonly TimeProvider _time;
    readonly string _address;
    volatile bool _isDown;

    public Retrying(RetryOptions options, Uri endpoint, TimeProvider time)
    {
        _options = options;
        _time = time;
        _address = OpenAiOptions.Address(endpoint);
        _once = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(options.Timeout).Build();
        _patient = options.Retries == 0
            ? _once
            : new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(Strategy(options)).AddPipeline(_once).Build();
    }

    /// <summary>Runs <paramref name="attempt"/> until it succeeds, or nothing more is to be hoped for.</summary>
    /// <exception cref="InputException">The last attempt's fault, with the address and the mend.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    public async ValueTask<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        var pipeline = _isDown ? _once : _patient;
        try
        {
            var result = await pipeline.ExecuteAsync(token => TryAsync(attempt, token), cancellationToken);
            _isDown = false;
            return result;
        }
        catch (TimeoutRejectedException e)
        {
            throw Final(ServerFaults.TimedOut(_options.Timeout), e);
        }
        catch (ServerFault e)
        {
            _isDown = e.IsUnreachable;
            throw Final(e, e);
        }
    }

    async ValueTask<T> TryAsync<T>(Func<CancellationToken, ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await attempt(cancellationToken);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested)
        {
            // What a torn connection throws after the timeout, or after Ctrl-C, is not the server's fault.
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (Exception e) when (e is not ServerFault && ServerFaults.From(e, _time) is { } fault)
        {
            throw fault;
        }
    }

    InputException Final(ServerFault fault, Exception inner) => new($"{_address}: {fault.Message}", fault.Mend, inner: inner);

    static RetryStrategyOptions Strategy(RetryOptions options) => new()
    {
        MaxRetryAttempts = options.Retries,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = options.Delay,
        MaxDelay = options.MaxDelay,
        ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception switch
        {
            TimeoutRejectedException => true,
            ServerFault fault => fault.IsTransient && !(fault.RetryAfter > options.MaxDelay),
            _ => false,
        }),
        // Null leaves the wait to the backoff.
        DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as ServerFault)?.RetryAfter),
    };
}
