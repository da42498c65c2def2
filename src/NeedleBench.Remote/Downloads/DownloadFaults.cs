using System.Net;

namespace NeedleBench.Remote.Downloads;

/// <summary>Turns refusals and broken connections into a <see cref="ServerFault"/> that says what to do.</summary>
static class DownloadFaults
{
    public static ServerFault OfStatus(HttpResponseMessage response, ModelLicence licence, Uri repository, TimeProvider time)
    {
        var status = (int)response.StatusCode;
        var retry = response.Headers.RetryAfter;
        var wait = retry?.Delta ?? retry?.Date - time.GetUtcNow();
        var mend = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                $"The model may be gated: accept its licence ({licence.Name}) at {repository}, then put a token of yours into {DownloadOptions.TokenVariable}.",
            HttpStatusCode.NotFound or HttpStatusCode.Gone => "Check the base address; a newer file of the same form can be named with --catalogue.",
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => "Wait, and pull again; what has come is kept.",
            >= HttpStatusCode.InternalServerError => "Pull again later, or from another server with --from; what has come is kept.",
            _ => "Check the base address.",
        };
        return new ServerFault(
            $"the server answers {status} {response.ReasonPhrase}".TrimEnd() + (wait is { TotalSeconds: > 0 } ? FormattableString.Invariant($", and asks to wait {wait.Value.TotalSeconds:0} s") : ""), mend)
        {
            IsTransient = status is 408 or 429 or >= 500,
            RetryAfter = wait is { Ticks: < 0 } ? TimeSpan.Zero : wait,
        };
    }

    /// <summary>The fault, or null where <paramref name="exception"/> is none of the network's.</summary>
    public static ServerFault? OfNetwork(Exception exception) => exception switch
    {
        ServerFault known => known,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError } =>
            new ServerFault($"nobody answers there ({Innermost(exception)})", "Check the network and the base address.", exception) { IsTransient = true, IsUnreachable = true },
        HttpRequestException or IOException =>
            new ServerFault($"the connection was cut ({Innermost(exception)})", "Pull again; what has come is kept.", exception) { IsTransient = true },
        _ => null,
    };

    public static ServerFault Idle(TimeSpan timeout) => new(
        FormattableString.Invariant($"nothing came for {timeout.TotalSeconds:0.###} s"), "Pull again; what has come is kept.")
    { IsTransient = true };

    static string Innermost(Exception e)
    {
        while (e.InnerException is { } inner)
        {
            e = inner;
        }

        return ServerFaults.OneLine(e.Message).TrimEnd('.');
    }
}
