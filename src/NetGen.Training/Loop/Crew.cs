using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace NetGen.Training.Loop;

/// <summary>
/// Threads that work on one thing after another, together with the caller: the steps of training follow each other within a millisecond, so they wait for the
/// next by spinning first.
/// </summary>
internal sealed class Crew : IDisposable
{
    private readonly Thread[] threads;
    private readonly Exception?[] failures;
    private readonly SpinBarrier middle;
    private readonly SpinBarrier start;
    private readonly SpinBarrier end;
    private Action<int>? work;
    private Action<int>? then;

    /// <param name="workers">How many work, the caller included; at least 1.</param>
    public Crew(int workers)
    {
        Workers = workers;
        failures = new Exception?[workers];
        middle = new SpinBarrier(workers);
        start = new SpinBarrier(workers);
        end = new SpinBarrier(workers);
        threads = new Thread[workers - 1];
        for (int i = 0; i < threads.Length; i++)
        {
            int worker = i + 1;
            threads[i] = new Thread(() => Follow(worker)) { IsBackground = true, Name = $"NetGen training {worker}" };
            threads[i].Start();
        }
    }

    /// <summary>How many work, the caller included.</summary>
    public int Workers { get; }

    /// <summary>Runs the work once for each worker, whose number it is given, and returns when all have finished; the first failure is thrown.</summary>
    /// <param name="work">What is done.</param>
    /// <param name="then">What is done when all have finished that; null is nothing. After a failure it is left out.</param>
    public void Run(Action<int> work, Action<int>? then = null)
    {
        if (Workers == 1)
        {
            work(0);
            then?.Invoke(0);
            return;
        }

        (this.work, this.then) = (work, then);
        start.Wait();
        Do(0);
        end.Wait();
        for (int i = 0; i < failures.Length; i++)
            if (failures[i] is { } failure)
            {
                Array.Clear(failures);
                ExceptionDispatchInfo.Throw(failure);
            }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (threads.Length == 0)
            return;

        work = null;
        start.Wait();
        foreach (Thread thread in threads)
            thread.Join();
    }

    private void Follow(int worker)
    {
        while (true)
        {
            start.Wait();
            if (work is null)
                return;
            Do(worker);
            end.Wait();
        }
    }

    private void Do(int worker)
    {
        Try(work!, worker);
        if (then is null)
            return;
        middle.Wait();
        if (Array.TrueForAll(failures, static failure => failure is null))
            Try(then, worker);
    }

    private void Try(Action<int> action, int worker)
    {
        try
        {
            action(worker);
        }
        catch (Exception e)
        {
            failures[worker] = e;
        }
    }
}
