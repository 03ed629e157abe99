using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.CallSites;

/// <summary>One instance that several threads certainly use at once, without taking turns: its members share its buffers.</summary>
internal static class ThreadRule
{
    public static Diagnostic? Check(GeneratedCall call)
    {
        if (!Shares(call) || SharedInstance.Of(call.Operation) is not { } instance)
            return null;
        for (IOperation? around = call.Operation.Parent; around is not null; around = around.Parent)
        {
            if (around is ILockOperation or ILocalFunctionOperation)
                return null;
            if (around is not IAnonymousFunctionOperation lambda)
                continue;
            (Threads threads, IOperation? taker) = Concurrency.Of(lambda);
            if (threads == Threads.Unknown || instance.IsDeclaredIn(lambda) || lambda.Descendants().Any(IsTurnTaking))
                return null;
            bool isShared = threads switch
            {
                Threads.Many => true,
                Threads.OneEach => CallsBefore(lambda, instance, taker!).Any(),
                Threads.Another => IsStartedOften(taker!, instance),
                _ => false,
            };
            if (isShared)
                return CallsOn(instance, lambda).Any(earlier => earlier.Syntax.SpanStart < call.Operation.Syntax.SpanStart) ? null : Report(call, Describe(taker!));
        }

        return null;
    }

    /// <summary>Training writes to the instance; what only evaluates shares its scratch, if it needs any.</summary>
    private static bool Shares(GeneratedCall call) => Shares(call.Member) || (call.Member is "Forward" or "Loss" && call.Network.SizeOf("ScratchSize") > 0);

    private static bool Shares(string member) => member is "Backward" or "TrainStep" or "SgdStep" or "OptimizerStep";

    /// <summary>Threads that wait for each other inside of the lambda may well take turns.</summary>
    private static bool IsTurnTaking(IOperation operation) => operation is not IAwaitOperation && Concurrency.Waits(operation);

    /// <summary>The same lambda is started again, or another one on the same instance, while the first may still run.</summary>
    private static bool IsStartedOften(IOperation spawn, SharedInstance instance)
    {
        IOperation function = Concurrency.FunctionAround(spawn);
        if (function is IAnonymousFunctionOperation outer && !instance.IsDeclaredIn(outer) && Concurrency.IsTakenAtOnce(Concurrency.Of(outer).Taker))
            return true;
        bool isInOrder = false;
        for (IOperation? around = spawn.Parent; around is not null && around != function; around = around.Parent)
        {
            if (around is IConditionalOperation or ISwitchOperation or ISwitchExpressionOperation or ICatchClauseOperation or ICoalesceOperation)
                return false;
            if (around is IBlockOperation block && !isInOrder)
            {
                isInOrder = true;
                if (IsStartedBefore(spawn, instance, block))
                    return true;
            }

            if (around is ILoopOperation loop)
                return !instance.IsDeclaredIn(loop) && !Concurrency.IsWaitedFor(spawn) && !EndsOrWaits(loop, spawn);
        }

        return function is not ILocalFunctionOperation && !isInOrder && function is IBlockOperation body && IsStartedBefore(spawn, instance, body);
    }

    private static bool EndsOrWaits(ILoopOperation loop, IOperation spawn) => loop.Descendants().Any(inner =>
        !spawn.Syntax.Span.Contains(inner.Syntax.Span)
        && (Concurrency.Waits(inner) || inner is IReturnOperation { Kind: OperationKind.Return } or IThrowOperation or IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo }));

    /// <summary>Another thread was started on the instance in the same block, and nothing has waited since.</summary>
    private static bool IsStartedBefore(IOperation spawn, SharedInstance instance, IBlockOperation block)
    {
        int start = spawn.Syntax.SpanStart;
        List<IOperation> waits = [.. block.Descendants().Where(Concurrency.Waits)];
        return block.Descendants().OfType<IAnonymousFunctionOperation>().Any(lambda =>
        {
            (Threads threads, IOperation? taker) = Concurrency.Of(lambda);
            return threads == Threads.Another && taker!.Syntax.Span.End <= start && IsAlwaysIn(taker, block) && !Concurrency.IsWaitedFor(taker)
                && !lambda.Descendants().Any(IsTurnTaking)
                && !waits.Any(w => w.Syntax.Span.End > taker.Syntax.Span.End && w.Syntax.Span.End <= start)

                // A thread starts where it says so, maybe after the other one has ended.
                && (taker is not IObjectCreationOperation || waits.Count == 0 || waits.All(w => !IsJoinBeforeStart(w, block)))
                && CallsOn(instance, lambda).Any();
        });
    }

    private static bool IsJoinBeforeStart(IOperation wait, IBlockOperation block) => block.Descendants().OfType<IInvocationOperation>()
        .Any(c => c.TargetMethod.Name == "Start" && c.Syntax.SpanStart > wait.Syntax.SpanStart);

    /// <summary>Whenever the block runs, it does, and once.</summary>
    private static bool IsAlwaysIn(IOperation operation, IBlockOperation block)
    {
        for (IOperation? around = operation.Parent; around is not null && around != block; around = around.Parent)
        {
            if (around is IConditionalOperation or ISwitchOperation or ISwitchExpressionOperation or ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation
                or ICatchClauseOperation or ICoalesceOperation)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The calls on the instance in lambdas that were passed before this one.</summary>
    private static IEnumerable<IInvocationOperation> CallsBefore(IAnonymousFunctionOperation lambda, SharedInstance instance, IOperation taker) =>
        CallsOn(instance, taker).Where(c => c.Syntax.SpanStart < lambda.Syntax.SpanStart && Concurrency.FunctionAround(c) is IAnonymousFunctionOperation other
            && Concurrency.Of(other).Taker == taker && !other.Descendants().Any(IsTurnTaking));

    private static IEnumerable<IInvocationOperation> CallsOn(SharedInstance instance, IOperation within) =>
        within.Descendants().OfType<IInvocationOperation>().Where(c => !c.TargetMethod.IsStatic && (Shares(c.TargetMethod.Name) || c.TargetMethod.Name is "Forward" or "Loss") && instance.IsOf(c));

    private static string Describe(IOperation taker) => taker switch
    {
        IInvocationOperation { TargetMethod: { ContainingType.Name: "ParallelEnumerable" } method } => $"the threads of AsParallel().{method.Name}",
        IInvocationOperation { TargetMethod: { ContainingType.Name: "Parallel" } method } => $"the threads of Parallel.{method.Name}",
        IInvocationOperation { TargetMethod: var method } => $"the threads of several {method.ContainingType.Name}.{method.Name}",
        _ => "several threads",
    };

    private static Diagnostic Report(GeneratedCall call, string threads)
    {
        SyntaxNode syntax = call.Operation.Syntax is InvocationExpressionSyntax invocation ? invocation.Expression : call.Operation.Syntax;
        string instance = call.Operation.Instance is IInstanceReferenceOperation ? "this" : call.Operation.Instance!.Syntax.ToString();
        string member = call.Member is "Forward" or "Loss" ? call.Member : "Backward";
        string memory = member == "Backward" ? "gradients and scratch" : "scratch";
        return Diagnostic.Create(Descriptors.SharedInstance, syntax.GetLocation(),
            System.Collections.Immutable.ImmutableDictionary<string, string?>.Empty.Add("member", call.Member),
            $"{threads} share the instance {instance}, whose {call.Member} works in buffers of its own; call the static {call.Name}.{member} over one parameter buffer, with {memory} for each thread, or make an instance for each");
    }
}
