using System.Text;

namespace NeedleBench.Remote.Tests;

/// <summary>A stream whose second half comes when the gate opens.</summary>
sealed class GatedStream(SemaphoreSlim gate, string first, string second) : Stream
{
    int _reads;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = _reads++;
        if (read == 1 && !await gate.WaitAsync(TimeSpan.FromSeconds(10), cancellationToken))
        {
            throw new TimeoutException("nobody opened the gate");
        }

        return read > 1 ? 0 : Encoding.UTF8.GetBytes(read == 0 ? first : second, buffer.Span);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
