namespace NeedleBench.Tests;

/// <summary>What a <see cref="LoopbackFileServer"/> does with a request.</summary>
sealed record FileReply(int Status, byte[] Body, params string[] Headers)
{
    /// <summary>The connection breaks after so many bytes of the body; null where it does not.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Whether the answer says how long its body is.</summary>
    public bool HasLength { get; init; } = true;

    /// <summary>Awaited after <see cref="CutAfter"/> bytes, or before the first one; null where nothing is.</summary>
    public Task? Gate { get; init; }

    /// <summary>A file, as a server with ranges and validators (RFC 9110, sections 13 and 14) gives it.</summary>
    public static FileReply File(FileRequest request, byte[] content, string? etag = "\"v1\"")
    {
        string[] validator = etag is null ? [] : [$"ETag: {etag}"];
        if (request["Range"] is null || (request["If-Range"] is { } wanted && wanted != etag))
        {
            return new FileReply(200, content, validator);
        }

        return request.Offset >= content.Length
            ? new FileReply(416, [], [$"Content-Range: bytes */{content.Length}"])
            : new FileReply(206, content[request.Offset..], [$"Content-Range: bytes {request.Offset}-{content.Length - 1}/{content.Length}", .. validator]);
    }

    /// <summary>A file, as a server without ranges gives it.</summary>
    public static FileReply Whole(byte[] content) => new(200, content);

    public static FileReply Error(int status, params string[] headers) => new(status, "no"u8.ToArray(), headers);
}
