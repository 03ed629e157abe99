using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.CallSites;

/// <summary>Whose threads run a lambda.</summary>
internal enum Threads
{
    /// <summary>Those of its caller, as far as one can see.</summary>
    Same,

    /// <summary>Another one, each time that it is passed on.</summary>
    Another,

    /// <summary>One for each lambda that is passed.</summary>
    OneEach,

    /// <summary>Many at once.</summary>
    Many,

    /// <summary>It is kept, or passed to who knows whom.</summary>
    Unknown,
}

/// <summary>What the framework's methods do with the lambdas that they are given.</summary>
internal static class Concurrency
{
    /// <summary>Who takes a lambda, and whose threads run it.</summary>
    public static (Threads Threads, IOperation? Taker) Of(IAnonymousFunctionOperation lambda)
    {
        IOperation? taker = lambda.Parent;
        while (taker is IDelegateCreationOperation or IConversionOperation or IArrayInitializerOperation or IArrayCreationOperation or IArgumentOperation or IParenthesizedOperation)
            taker = taker.Parent;
        Threads threads = taker switch
        {
            IObjectCreationOperation { Type: { Name: "Thread", ContainingNamespace.Name: "Threading" } } => Threads.Another,
            IInvocationOperation { TargetMethod: { } method } => (method.ContainingType.Name, method.Name) switch
            {
                _ when !IsOfSystem(method.ContainingType) => Threads.Unknown,
                ("Parallel", "For" or "ForEach" or "ForEachAsync") or ("ParallelEnumerable", _) => Threads.Many,
                ("Parallel", "Invoke") => Threads.OneEach,
                ("Task", "Run") or ("TaskFactory", "StartNew") or ("ThreadPool", "QueueUserWorkItem" or "UnsafeQueueUserWorkItem") => Threads.Another,
                ("Enumerable", _) => Threads.Same,
                _ => Threads.Unknown,
            },
            _ => Threads.Unknown,
        };
        return (threads, taker);
    }

    /// <summary>It waits for something: for another thread, or for its turn.</summary>
    public static bool Waits(IOperation operation) => operation switch
    {
        IAwaitOperation or ILockOperation => true,
        IInvocationOperation { TargetMethod.Name: { } name } =>
            name is "Join" or "GetResult" or "WhenAll" or "WhenAny" or "TryEnter" || name.StartsWith("Wait", StringComparison.Ordinal) || name.StartsWith("Enter", StringComparison.Ordinal),
        IPropertyReferenceOperation { Property: { Name: "Result", ContainingType.Name: "Task" } } => true,
        _ => false,
    };

    /// <summary>The task that it gives is waited for at once, or given to who knows whom.</summary>
    public static bool IsWaitedFor(IOperation spawn)
    {
        IOperation? user = spawn.Parent;
        while (user is IConversionOperation or IParenthesizedOperation)
            user = user.Parent;
        return user switch
        {
            IAwaitOperation => true,
            IInvocationOperation { Instance: { } instance, TargetMethod.Name: not "Start" } => instance.Syntax.Span.Contains(spawn.Syntax.Span),
            IPropertyReferenceOperation => true,
            _ => false,
        };
    }

    /// <summary>All that its lambda gives is asked for, before any of it is waited for: <c>Task.WhenAll(x.Select(…))</c>.</summary>
    public static bool IsTakenAtOnce(IOperation? sequence)
    {
        if (sequence is not IInvocationOperation { TargetMethod: { Name: "Select", ContainingType.Name: "Enumerable" } })
            return false;
        IOperation? user = sequence.Parent;
        while (user is IConversionOperation or IArgumentOperation or IParenthesizedOperation)
            user = user.Parent;
        return user is IInvocationOperation { TargetMethod.Name: "WhenAll" or "WaitAll" or "ToArray" or "ToList" };
    }

    /// <summary>The lambda or local function around, or the whole.</summary>
    public static IOperation FunctionAround(IOperation operation)
    {
        IOperation around = operation.Parent ?? operation;
        while (around is not (IAnonymousFunctionOperation or ILocalFunctionOperation) && around.Parent is { } parent)
            around = parent;
        return around;
    }

    private static bool IsOfSystem(INamedTypeSymbol type) => type.ContainingNamespace?.ToDisplayString() is "System.Threading" or "System.Threading.Tasks" or "System.Linq";
}
