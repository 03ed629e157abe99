using System;
using System.Runtime.ExceptionServices;
using NetGen.Training.Mpi.Native;

namespace NetGen.Training.Mpi.Exchange;

/// <summary>
/// The ways out of a group: all leave together, or the job ends with a message that says why. Without this, the others would wait for ever for a process
/// that has thrown, or has returned early.
/// </summary>
internal sealed class Farewell
{
    private readonly Communicator communicator;
    private readonly Messages messages;
    private Exception? lastThrown;
    private bool isOver;

    public Farewell(Communicator communicator, Messages messages)
    {
        (this.communicator, this.messages) = (communicator, messages);
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        AppDomain.CurrentDomain.FirstChanceException += OnThrown;
    }

    /// <summary>A sum has succeeded, so what was thrown before did not prevent it.</summary>
    public void ForgetThrown() => lastThrown = null;

    /// <summary>Leaves, when all others do; if one waits for a further sum, or a call of MPI has failed, ends the job.</summary>
    public void Leave()
    {
        if (isOver)
            return;

        Exception? thrown = lastThrown; // later ones are ours
        isOver = true;
        AppDomain.CurrentDomain.FirstChanceException -= OnThrown;
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        if (communicator.IsBroken)
        {
            Abort("leaves a group that cannot go on", thrown);
            return;
        }

        if (messages.Leave() is { } waiting)
        {
            Abort(
                $"left the group after {messages.Sums} sums, but process {waiting.Process} waits for its values of sum {waiting.Sums}: "
                + "every process must make the same calls",
                thrown);
            return;
        }

        communicator.End();
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
    }

    private void OnUnhandled(object sender, UnhandledExceptionEventArgs e)
    {
        isOver = true;
        Console.Error.WriteLine($"Process {communicator.Rank} of {communicator.Count} ends the job by an unhandled exception: {e.ExceptionObject}");
        communicator.Abort();
    }

    private void OnExit(object? sender, EventArgs e)
    {
        if (isOver)
            return;
        if (Environment.ExitCode != 0)
            Abort($"ends with exit code {Environment.ExitCode}", lastThrown);
        else
            Leave();
    }

    private void OnThrown(object? sender, FirstChanceExceptionEventArgs e) => lastThrown = e.Exception;

    private void Abort(string why, Exception? thrown)
    {
        isOver = true;
        Console.Error.WriteLine($"Process {communicator.Rank} of {communicator.Count} {why}. The job ends; resume from the last checkpoint.");
        if (thrown is not null)
            Console.Error.WriteLine($"The last exception in process {communicator.Rank} was: {thrown}");
        communicator.Abort();
    }
}
