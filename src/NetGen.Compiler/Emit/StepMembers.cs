using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Emit;

/// <summary>The members that take a network over time one step of a stream further; where it cannot, one that says why.</summary>
internal sealed class StepMembers(CodeWriter w, Dialect dialect, Program program, MemberNames names)
{
    private readonly string _read = dialect.ReadOnly();
    private readonly string _write = dialect.Writable;

    private string Head => $"public static void Step({_read} parameters, {_read} input, {_write} state, {_write} output, {dialect.OptionalScratch})";

    /// <summary>The step's values stand on the stack, where the dialect has one and they are few.</summary>
    public static bool UsesStack(Dialect dialect, StepProgram step) => dialect.Target.HasSpan && step.Plan.Size <= Tuning.Source.ForwardOnStack;

    /// <summary>Floats of scratch that a step needs of the caller.</summary>
    public static int CallersScratch(Dialect dialect, Program program) => program.Step is { } step && !UsesStack(dialect, step) ? step.Plan.Size : 0;

    /// <param name="region">The step's method; null where there is none.</param>
    public void Emit(Region? region)
    {
        if (program.Step is { } step)
            EmitStep(step, region!);
        else if (program.StepObstacle is { } obstacle)
            EmitObstacle(obstacle);
    }

    private void EmitStep(StepProgram step, Region region)
    {
        CoreMembers.Constant(w, "StepInputSize", step.Input.Size, "Floats of one time step's input.");
        CoreMembers.Constant(w, "StepOutputSize", step.Output.Size, "Floats of one time step's output.");
        CoreMembers.Constant(w, "StateSize", step.StateSize, step.StateSize == 0 ? "Floats that a stream keeps from one time step to the next: none." : "Floats that a stream keeps from one time step to the next: zeros begin it, a copy saves it.");
        w.Summary("One time step of a stream, in inference mode: what Forward computes of a whole sequence, step after step. Pure: what the steps before left is in the caller's state, so any number of streams share one parameter buffer.");
        w.Line("/// <param name=\"parameters\">ParameterBufferSize floats.</param>");
        w.Line("/// <param name=\"input\">StepInputSize floats.</param>");
        w.Line("/// <param name=\"state\">StateSize floats, which the step changes; zeros before the first step.</param>");
        w.Line("/// <param name=\"output\">StepOutputSize floats; every one is written. Must not overlap the input.</param>");
        w.Line($"/// <param name=\"scratch\">{(UsesStack(dialect, step) ? "Not needed: the stack serves." : "At least ScratchSize floats, whatever they hold.")}</param>");
        w.Line("/// <exception cref=\"global::System.ArgumentException\">A length is not the one stated; nothing was written.</exception>");
        if (Checks.Indices(program.Network).Count > 0)
            w.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">An index is none; nothing was written.</exception>");
        CoreMembers.Optimize(w, dialect);
        using (w.Block(Head))
        {
            foreach ((string span, string size) in new[] { ("parameters", "ParameterBufferSize"), ("input", "StepInputSize"), ("state", "StateSize"), ("output", "StepOutputSize") })
                w.Line($"{names.Kernels}.CheckLength(\"{span}\", {dialect.Length(span)}, {size}, {CSharpLiteral.String(size)});");
            if (Checks.Indices(program.Network).Count > 0)
                w.Line($"{names.Kernels}.{(program.Network.Inputs.Count == 1 ? "CheckIndices" : "CheckStepIndices")}(input, \"input\");");
            string scratch = dialect.Whole("scratch");
            if (UsesStack(dialect, step))
                scratch = step.Plan.Size == 0 ? dialect.Whole("default") : dialect.Stack(w, step.Plan.Size);
            else
                w.Line($"{names.Kernels}.CheckScratch({dialect.Length("scratch", optional: !dialect.Target.HasSpan)}, ScratchSize, \"ScratchSize\");");
            w.Line($"{names.Kernels}.{region.Call(a => a switch
            {
                RegionArgument.Parameters => dialect.Whole("parameters"),
                RegionArgument.State => dialect.Whole("state"),
                RegionArgument.Input => dialect.All("input"),
                RegionArgument.Output => dialect.All("output"),
                _ => scratch,
            })};");
        }

        w.Line();
    }

    /// <summary>A member that no call of compiles, for the sake of its message.</summary>
    private void EmitObstacle(string obstacle)
    {
        string message = CSharpLiteral.String($"this network has no Step: {obstacle}");
        string id = dialect.HasVectors ? $", DiagnosticId = \"{Diagnostics.Rules.NoStep.Id}\"" : "";
        w.Summary($"There is none: {obstacle}.");
        if (!dialect.Target.IsSmall)
            w.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
        w.Line($"[global::System.Obsolete({message}, true{id})]");
        using (w.Block(Head))
            w.Line($"throw new global::System.NotSupportedException({message});");
        w.Line();
    }
}
