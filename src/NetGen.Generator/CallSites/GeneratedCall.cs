using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NetGen.Generator.CallSites;

/// <summary>A call of a member that was generated into a network class.</summary>
/// <param name="Name">How the class is called where the call stands.</param>
internal sealed record GeneratedCall(IInvocationOperation Operation, NetworkType Network, string Name)
{
    private static readonly HashSet<string> s_names = ["Forward", "Predict", "Loss", "Backward", "TrainStep", "SgdStep", "OptimizerStep", "Step", "ForwardParts"];

    /// <summary>The parameters of each, static ones behind an s; where targets are taken, labels may be.</summary>
    private static readonly HashSet<string> s_signatures =
    [
        "s Forward(parameters,inputs,outputs,scratch)", "Forward(inputs,outputs)", "s Predict(inputs,outputs)",
        "s Loss(parameters,inputs,targets,scratch)", "Loss(inputs,targets)",
        "s Backward(parameters,inputs,targets,gradients,scratch,seed)", "Backward(inputs,targets)",
        "TrainStep(inputs,targets)", "TrainStep(inputs,targets,learningRate)",
        "s SgdStep(parameters,gradients,state,learningRate)", "SgdStep(learningRate)", "SgdStep()",
        "s OptimizerStep(parameters,gradients,state,learningRate)", "OptimizerStep(learningRate)", "OptimizerStep()",
        "s Step(parameters,input,state,output,scratch)",
    ];

    public IMethodSymbol Method => Operation.TargetMethod;

    public string Member => Method.Name;

    /// <summary>It computes a loss or a gradient, for which there must be a sample.</summary>
    public bool NeedsSamples => Member is "Loss" or "Backward" or "TrainStep";

    /// <summary>Null where the method is another one; its name alone is looked at where it can be none.</summary>
    public static GeneratedCall? Of(IInvocationOperation operation, NetworkTypes types)
    {
        IMethodSymbol method = operation.TargetMethod;
        if (!s_names.Contains(method.Name) || method.IsGenericMethod || types.Find(method.ContainingType) is not { } network || !IsGenerated(method, network) || IsMissing(method))
            return null;
        string name = operation.SemanticModel is { } model
            ? network.Symbol.ToMinimalDisplayString(model, operation.Syntax.SpanStart) : network.Symbol.Name;
        return new GeneratedCall(operation, network, name);
    }

    /// <summary>What is passed for a parameter; null where there is no such parameter.</summary>
    public IArgumentOperation? Argument(string parameter) => Operation.Arguments.FirstOrDefault(a => a.Parameter?.Name == parameter);

    /// <summary>It is only there to say that it is not: what is passed to it makes no matter.</summary>
    private static bool IsMissing(ISymbol member) => member.GetAttributes().Any(static a => a.AttributeClass?.Name == "ObsoleteAttribute");

    /// <summary>The input or the output that a parameter of ForwardParts is; null where it is none.</summary>
    public (string Constant, int Size)? PartOf(string parameter)
    {
        int place = Method.Parameters.ToList().FindIndex(p => p.Name == parameter) - (Method.IsStatic ? 1 : 0);
        return Member == "ForwardParts" && place >= 0 && place < Network.Parts.Count ? Network.Parts[place] : null;
    }

    private static bool IsGenerated(IMethodSymbol method, NetworkType network)
    {
        if (method.Name == "ForwardParts")
            return network.Parts.Count > 0 && method.Parameters.Length == network.Parts.Count + (method.IsStatic ? 2 : 0) && method.Parameters.All(p => IsGenerated(p, network));
        string parameters = string.Join(",", method.Parameters.Select(static p => p.Name == "labels" ? "targets" : p.Name));
        return s_signatures.Contains($"{(method.IsStatic ? "s " : "")}{method.Name}({parameters})") && method.Parameters.All(p => IsGenerated(p, network));
    }

    private static bool IsGenerated(IParameterSymbol parameter, NetworkType network)
    {
        ITypeSymbol? element = (parameter.Type, network.TakesArrays) switch
        {
            (IArrayTypeSymbol array, true) => array.ElementType,
            (INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", TypeArguments: { Length: 1 } arguments }, false) => arguments[0],
            _ => null,
        };
        return parameter.Name switch
        {
            "learningRate" => parameter.Type.SpecialType == SpecialType.System_Single,
            "seed" => parameter.Type.SpecialType == SpecialType.System_UInt64,
            "labels" => element?.SpecialType == SpecialType.System_Int32,
            _ => element?.SpecialType == SpecialType.System_Single,
        };
    }
}
