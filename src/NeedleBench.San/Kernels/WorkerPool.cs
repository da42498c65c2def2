using System.Runtime.CompilerServices;

namespace NeedleBench.San.Kernels;

/// <summary>
/// A fixed set of threads that share out the parts of one job at a time; the caller is one of them. Parts are claimed one
/// by one, so a thread that the system has put aside delays nobody but the part it holds. Nothing is allocated a job.
/// </summary>
sealed unsafe class WorkerPool : IDisposable
{
    // Between two jobs of one token lie a few microseconds: worth spinning over, but no longer than waking up costs.
    const int IdleSpins = 2000;

    readonly Thread[] _threads;
    readonly SemaphoreSlim _wake = new(0);
    long _ticket; // generation in the upper half, next unclaimed part in the lower
    int _parts;
    int _done;
    int _sleepers;
    void* _job;
    delegate*<void*, int, int, void> _run;
    Exception? _failure;
    volatile bool _stopping;

    /// <param name="threads">How many threads work, the caller included; at least 1.</param>
    public WorkerPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        _threads = new Thread[threads - 1];
        for (var i = 0; i < _threads.Length; i++)
        {
            var worker = i + 1;
            _threads[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"san-worker-{worker}" };
            _threads[i].Start();
        }
    }

    public int Threads { get; }

    /// <summary>Runs all parts of a job and returns when the last is done. Not to be called by two threads at once.</summary>
    public void Run<TJob>(ref TJob job, int parts)
        where TJob : struct, IParallelJob
    {
        if (parts <= 1 || _threads.Length == 0)
        {
            for (var part = 0; part < parts; part++)
            {
                job.Run(part, 0);
            }

            return;
        }

        // The job stands on this stack frame, which does not move and is not left before every part is done.
        _job = Unsafe.AsPointer(ref job);
        _run = &Invoke<TJob>;
        _parts = parts;
        _done = 0;
        _failure = null;
        var generation = (Volatile.Read(ref _ticket) >> 32) + 1;
        Interlocked.Exchange(ref _ticket, generation << 32);
        if (Volatile.Read(ref _sleepers) > 0)
        {
            _wake.Release(Math.Min(_threads.Length, parts - 1));
        }

        while (TryRunPart(0))
        {
        }

        var spinner = default(SpinWait);
        while (Volatile.Read(ref _done) < parts)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }

        if (_failure is { } failure)
        {
            throw new InvalidOperationException("A worker thread failed.", failure);
        }
    }

    public void Dispose()
    {
        _stopping = true;
        _wake.Release(_threads.Length + 1);
        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _wake.Dispose();
    }

    static void Invoke<TJob>(void* job, int part, int worker)
        where TJob : struct, IParallelJob => Unsafe.AsRef<TJob>(job).Run(part, worker);

    void Work(int worker)
    {
        while (!_stopping)
        {
            if (TryRunPart(worker))
            {
                continue;
            }

            var ticket = Volatile.Read(ref _ticket);
            var spins = 0;
            while (Volatile.Read(ref _ticket) == ticket && spins++ < IdleSpins && !_stopping)
            {
                Thread.SpinWait(1);
            }

            if (spins < IdleSpins)
            {
                continue;
            }

            // Announce first, look again second: a job published in between sees a sleeper and wakes it.
            Interlocked.Increment(ref _sleepers);
            if (Volatile.Read(ref _ticket) == ticket && !_stopping)
            {
                _wake.Wait();
            }

            Interlocked.Decrement(ref _sleepers);
        }
    }

    bool TryRunPart(int worker)
    {
        while (true)
        {
            var ticket = Volatile.Read(ref _ticket);
            var part = (int)(ticket & 0xffffffff);
            if (part >= Volatile.Read(ref _parts) || ticket == 0)
            {
                return false;
            }

            // The generation is in the ticket: a claim on a job that is over cannot succeed.
            if (Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket) != ticket)
            {
                continue;
            }

            try
            {
                _run(_job, part, worker);
            }
#pragma warning disable CA1031 // Handed to the thread that asked for the job.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref _failure, e, null);
            }

            Interlocked.Increment(ref _done);
            return true;
        }
    }
}
