using System;
using System.Threading;

namespace NetGen.Training.Runs;

/// <summary>One process of several does what the others do not.</summary>
internal sealed class Failure(long step, string how) : TrainingCallback
{
    private readonly CancellationTokenSource source = new();

    public CancellationToken Cancellation => source.Token;

    public override void AfterStep(TrainingStatus status)
    {
        if (status.Step != step)
            return;
        switch (how)
        {
            case "exit":
                Environment.Exit(3);
                break;
            case "cancel":
                source.Cancel();
                break;
            case "stop":
                status.Stop("this process has seen enough");
                break;
            case "hang":
                Thread.Sleep(Timeout.Infinite);
                break;
            default:
                throw new ExpectedException($"step {step} failed on purpose");
        }
    }
}

/// <summary>Thrown on purpose.</summary>
internal sealed class ExpectedException(string message) : Exception(message);
