using System.Net;
using System.Net.Http.Headers;

namespace NeedleBench.Remote.Downloads;

/// <summary>
/// Asks a server for files. Redirects are followed here, not by <see cref="HttpClient"/>: the token must stay with the host it was
/// meant for.
/// </summary>
sealed class ModelServer : IDisposable
{
    const int MostRedirects = 10;

    readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(30),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    readonly Uri _base;
    readonly string? _token;

    public ModelServer(Uri baseAddress, string? token)
    {
        _base = baseAddress;
        _token = string.IsNullOrWhiteSpace(token) ? null : token.Trim();
    }

    /// <summary>Asks for a file, from <paramref name="offset"/> on where the content is still that of <paramref name="etag"/>.</summary>
    /// <returns>The answer that is no redirect, its body still to be read, and the SHA-256 announced on the way.</returns>
    /// <exception cref="ServerFault">The redirects lead nowhere.</exception>
    public async Task<(HttpResponseMessage Response, string? Announced)> GetAsync(Uri address, long offset, string? etag, CancellationToken cancellationToken)
    {
        string? announced = null;
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            var response = await _client.SendAsync(Request(address, offset, etag), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            announced ??= Announced(address, response);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
            {
                return (response, announced);
            }

            using (response)
            {
                address = Next(address, response);
            }
        }

        throw new ServerFault($"there are more than {MostRedirects} redirects", "Check the base address.");
    }

    public void Dispose() => _client.Dispose();

    HttpRequestMessage Request(Uri address, long offset, string? etag)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.ParseAdd("needlebench");
        request.Headers.AcceptEncoding.ParseAdd("identity");
        if (offset > 0)
        {
            request.Headers.Range = new RangeHeaderValue(offset, null);
            if (etag is not null)
            {
                request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue(etag));
            }
        }

        if (_token is not null && IsOwn(address) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        }

        return request;
    }

    bool IsOwn(Uri address) => address.Scheme == _base.Scheme && address.IdnHost.Equals(_base.IdnHost, StringComparison.OrdinalIgnoreCase) && address.Port == _base.Port;

    static Uri Next(Uri from, HttpResponseMessage response)
    {
        var to = response.Headers.Location is { } location ? new Uri(from, location) : null;
        return to is not null && to.Scheme is "http" or "https" && !(from.Scheme == Uri.UriSchemeHttps && to.Scheme == Uri.UriSchemeHttp)
            ? to
            : throw new ServerFault($"the server redirects to '{ServerFaults.OneLine($"{response.Headers.Location}")}'", "Check the base address; HTTPS is not left for HTTP.");
    }

    // The public hub answers with a redirect whose X-Linked-ETag is the SHA-256 of the file. Of other hosts it would prove nothing.
    string? Announced(Uri address, HttpResponseMessage response) =>
        IsOwn(address) && response.Headers.TryGetValues("X-Linked-ETag", out var values)
        && values.First().Trim('"') is { Length: 64 } hash && hash.All(char.IsAsciiHexDigit) ? hash.ToLowerInvariant() : null;
}
