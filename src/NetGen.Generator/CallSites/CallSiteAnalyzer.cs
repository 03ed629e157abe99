using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.CallSites;

/// <summary>
/// Checks the uses of generated members, as far as they can be decided at compile time. Of any other call it looks at the name alone.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CallSiteAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.BufferLength, Descriptors.SwappedBuffers, Descriptors.TargetKind, Descriptors.SharedInstance, Descriptors.AllocatedInLoop);

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypesByMetadataName(NetworkGenerator.AttributeName).IsEmpty)
                return;
            var types = new NetworkTypes();
            var reader = new LengthReader(types);
            start.RegisterOperationAction(operation => Analyze(operation, types, reader), OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, NetworkTypes types, LengthReader reader)
    {
        if (GeneratedCall.Of((IInvocationOperation)context.Operation, types) is not { } call)
            return;
        foreach (Diagnostic diagnostic in new BufferRules(call, reader).Check())
            context.ReportDiagnostic(diagnostic);
        if (ThreadRule.Check(call) is { } shared)
            context.ReportDiagnostic(shared);
        foreach (Diagnostic allocated in new LoopRule(call, types).Check())
            context.ReportDiagnostic(allocated);
    }
}
