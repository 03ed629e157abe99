using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Emit;

/// <summary>
/// The static Loss and Backward. Where the loss takes class indices as well, both overloads check what they are given and call one method in the nested class,
/// which makes targets of the labels of as many samples as it works on at once.
/// </summary>
internal sealed class TrainingMembers(CodeWriter w, CodeWriter nested, Dialect dialect, Program program, MemberNames names, RegionSet regions)
{
    private readonly Network _network = program.Network;
    private readonly TrainingProgram _training = program.Training!;
    private readonly string _read = dialect.ReadOnly();
    private readonly string _write = dialect.Writable;

    private bool TakesLabels => _training.LabelSize is not null;

    private bool IsMean => _network.Loss!.Reduction == Reduction.Mean;

    /// <summary>The mean is over the labels that count, which are counted first.</summary>
    private bool CountsLabels => LabelMembers.Counts(_network);

    private void DeclareCounted(CodeWriter w, string kernels)
    {
        foreach (string line in TakesLabels ? LabelMembers.DeclareCounted(_network, kernels) : [])
            w.Line(line);
    }

    private string Reported => IsMean ? "mean" : "summed";

    public void Emit()
    {
        Emit(
            $"The {Reported} loss of n samples, in inference mode{(regions.Penalty is null ? "" : ", and the l2 penalty")}. Pure.", "Loss",
            [$"{dialect.OptionalScratch}"], [("scratch", "At least ScratchSize floats, whatever they hold.")], EmitLoss);
        Emit(
            $"Overwrites the gradients with those of the {Reported} loss of n samples, in training mode, and returns the loss. Pure.", "Backward",
            [$"{_write} gradients", $"{_write} scratch", "ulong seed = 0"],
            [
                ("gradients", "ParameterBufferSize floats: the gradient of each parameter at the parameter's place; 0 where it is frozen."),
                ("scratch", "At least TrainingScratchSize(n) floats, whatever they hold."),
                ("seed", "Of the randomness of training (dropout): the same seed gives the same numbers."),
            ],
            EmitBackward);
    }

    /// <summary>A member for targets, and one for labels where the loss takes them.</summary>
    /// <param name="more">What it takes behind the targets.</param>
    /// <param name="body">Prints what both do, and how it calls the nested class's members.</param>
    private void Emit(string summary, string name, string[] more, (string Name, string Text)[] texts, System.Action<CodeWriter, string> body)
    {
        string[] behind = [.. more.Select(static p => p.Split('=')[0].TrimEnd())];
        foreach (bool labels in TakesLabels ? [false, true] : new[] { false })
        {
            w.Summary(summary);
            Parameter("parameters", "ParameterBufferSize floats.");
            Parameter("inputs", "n samples back to back, n at least 1.");
            if (labels)
                Parameter("labels", $"Class indices, {LabelMembers.Range(_network)}.");
            else
                Parameter("targets", $"n {_network.TargetSizeName} floats.");
            foreach ((string parameter, string text) in texts)
                Parameter(parameter, text);
            CoreMembers.ArgumentExceptions(w, labels);
            CoreMembers.Optimize(w, dialect);
            using (w.Block($"public static float {name}({_read} parameters, {_read} inputs, {(labels ? dialect.ReadOnly("int") + " labels" : _read + " targets")}, {string.Join(", ", more)})"))
            {
                w.Line(Check(dialect, names.Kernels, labels));
                if (TakesLabels)
                    w.Line($"return {names.Kernels}.{name}Of(parameters, inputs, {(labels ? "default, labels" : "targets, default")}, {string.Join(", ", behind.Select(static p => p.Split(' ').Last()))});");
                else
                    body(w, names.Kernels + ".");
            }

            w.Line();
        }

        if (!TakesLabels)
            return;
        nested.Summary(name == "Loss" ? "The loss, by targets or by labels: the other are none." : "The gradients and the loss, by targets or by labels: the other are none.");
        CoreMembers.Optimize(nested, dialect);
        using (nested.Block($"internal static float {name}Of({_read} parameters, {_read} inputs, {_read} targets, {dialect.ReadOnly("int")} labels, {string.Join(", ", behind)})"))
            body(nested, "");
        nested.Line();
    }

    /// <summary>Checks the targets, or the labels, against the inputs.</summary>
    public static string Check(Dialect dialect, string kernels, bool labels) => labels
        ? $"{kernels}.CheckLabels({dialect.Length("inputs")}, labels);" : $"{kernels}.CheckTargets({dialect.Length("inputs")}, {dialect.Length("targets")});";

    private void EmitLoss(CodeWriter w, string kernels)
    {
        BeginBody(w, kernels);
        BlockRegions? ofOne = regions.Blocks is { Evaluate: not null } blocks ? blocks : null;
        int used = regions.EvaluationFloats + (ofOne?.Inference.Panel ?? 0);
        int room = _training.TargetFloats;
        string scratch = dialect.Whole("scratch");
        if (!CoreMembers.UsesStack(dialect, program))
            CheckScratch(w, kernels, "ScratchSize", "ScratchSize");
        else
            scratch = used + room == 0 ? dialect.Whole("default") : dialect.Stack(w, used + room);
        if (ofOne is not null)
            w.Line("const int count = 1;");
        if (regions.EvaluateLoss!.Arguments.Contains(RegionArgument.Scale))
            w.Line("const double scale = 1.0;");
        DeclareCounted(w, kernels);
        w.Line("double loss = 0.0;");
        using (w.Block("for (int sample = 0; sample < samples; sample++)"))
        {
            string target = Target(w, kernels, "sample", "1", scratch, Invariant($"{used}"));
            string Pass(RegionArgument a) => this.Pass(a, scratch, target, "sample");
            if (ofOne is not null)
                w.Line($"{kernels}{ofOne.Evaluate!.CallBlock(Pass, null)};");
            else if (regions.Evaluate is not null)
                w.Line($"{kernels}{regions.Evaluate.Call(Pass)};");
            w.Line($"loss += {kernels}{regions.EvaluateLoss!.Call(Pass)};");
        }

        EndBody(w, kernels);
    }

    private void EmitBackward(CodeWriter w, string kernels)
    {
        BeginBody(w, kernels);
        w.Line(Length(kernels, "gradients"));
        CheckScratch(w, kernels, "TrainingScratchSize(samples)", "TrainingScratchSize");
        if (_network.Layers.OfType<BatchNorm>().FirstOrDefault(static l => l is { UsesBatch: true, Rows: 1 }) is { } norm)
            w.Line($"{kernels}CheckBatch(samples, {CSharpLiteral.String(norm.Name)});");
        w.Line(dialect.Clear("gradients"));
        DeclareCounted(w, kernels);
        w.Line(CountsLabels ? "double scale = 1.0 / counted;" : IsMean ? "double scale = 1.0 / samples;" : "const double scale = 1.0;");
        w.Line("double loss = 0.0;");
        if (regions.Blocks is { Training: { Samples: null } } batch)
        {
            w.Line("// Some layer is over the batch: all samples go forward, and backward, together.");
            EmitBlock(w, kernels, batch, null);
        }
        else if (regions.Blocks is { Training: { Samples: { } most } } blocks)
        {
            using (w.Block(Invariant($"for (int first = 0; first < samples; first += {most})")))
            {
                w.Line(Invariant($"int count = global::System.Math.Min(samples - first, {most});"));
                if (blocks.SampleFloats is null)
                    EmitBlock(w, kernels, blocks, "first");
                else
                    EmitLanes(w, kernels);
            }
        }
        else
            EmitSamples(w, kernels, "0", LastOf("scratch", "1"));

        if (regions.PenaltyGradient is not null)
        {
            w.Line();
            w.Line($"{kernels}{regions.PenaltyGradient.Call(a => Pass(a, "", "", "0"))};");
        }

        EndBody(w, kernels);
    }

    private void BeginBody(CodeWriter w, string kernels)
    {
        w.Line($"int samples = {kernels}SampleCount({dialect.Length("inputs")});");
        w.Line(Length(kernels, "parameters"));
        if (Checks.Indices(_network).Count > 0)
            w.Line($"{kernels}CheckIndices(inputs, \"inputs\");");
    }

    private void EndBody(CodeWriter w, string kernels)
    {
        string penalty = regions.Penalty is null ? "" : $" + {kernels}{regions.Penalty.Call(a => Pass(a, "", "", "0"))}";
        w.Line();
        w.Line($"return (float)({(CountsLabels ? "loss / counted" : IsMean ? "loss / samples" : "loss")}{penalty});");
    }

    /// <summary>Samples forward, their loss, and backward, together.</summary>
    /// <param name="first">The first of them; null for all that there are.</param>
    private void EmitBlock(CodeWriter w, string kernels, BlockRegions blocks, string? first)
    {
        string count = first is null ? "samples" : "count", scratch = dialect.Whole("scratch");
        string target = Target(w, kernels, first, count, scratch, LastOf("scratch", count));
        string Pass(RegionArgument a) => a == RegionArgument.Input && first is null ? dialect.Whole("inputs") : this.Pass(a, scratch, target, first ?? "0");
        foreach (Region region in new[] { blocks.Forward, blocks.Head, blocks.Backward }.OfType<Region>())
            w.Line($"{(region.GivesLoss ? "loss += " : "")}{kernels}{region.CallBlock(Pass, first ?? "0", count)};");
    }

    /// <summary>As many samples at a time as there are lanes; fewer than four one by one.</summary>
    private void EmitLanes(CodeWriter w, string kernels)
    {
        string target = Target(w, kernels, "first", "count", dialect.Whole("scratch"), LastOf("scratch", "count"));
        string arguments = $"(count, {dialect.Whole("parameters")}, {dialect.SampleArgument("inputs", _network.Input.Size, "first")}, {target}, {dialect.Whole("scratch")}, {dialect.Whole("gradients")}, 1f, scale);";
        string otherwise = "";
        foreach ((string condition, string typeArguments) in LaneEmitter.Widths("count", kernels))
        {
            w.Line($"{otherwise}if ({condition})\n    loss += {kernels}TrainLanes{typeArguments}{arguments}");
            otherwise = "else ";
        }

        using (w.Block("else"))
            EmitSamples(w, kernels, "first", null);
    }

    /// <summary>One sample after another.</summary>
    /// <param name="room">Where its target has room, from the end of scratch; null where the targets of the samples from the first one on are there
    /// already.</param>
    private void EmitSamples(CodeWriter w, string kernels, string first, string? room)
    {
        string scratch = dialect.Whole("scratch");
        using (w.Block($"for (int sample = {first}; sample < samples; sample++)"))
        {
            if (CoreMembers.UsesSeed(regions.Forward, regions.Backward))
            {
                dialect.Use(Helper.SampleSeed);
                w.Line($"ulong sampleSeed = {kernels}SampleSeed(seed, sample);");
            }

            string target = room is not null ? Target(w, kernels, "sample", "1", scratch, room)
                : dialect.SampleArgument(_training.MakesTargets ? "target" : "targets", _network.TargetSize, _training.MakesTargets ? $"(sample - {first})" : "sample");
            string Pass(RegionArgument a) => this.Pass(a, scratch, target, "sample", "sampleSeed");
            if (regions.Forward is not null)
                w.Line($"{kernels}{regions.Forward.Call(Pass)};");
            w.Line($"loss += {kernels}{regions.Head!.Call(Pass)};");
            if (regions.Backward is not null)
                w.Line($"{kernels}{regions.Backward.Call(Pass)};");
        }
    }

    /// <summary>The place in scratch behind which so many targets are its last floats.</summary>
    private string LastOf(string scratch, string count) => $"{dialect.Length(scratch)} - {Targets(count)}";

    private string Targets(string count) => count == "1" ? Invariant($"{_network.TargetSize}") : Invariant($"{count} * {_network.TargetSize}");

    /// <summary>Gives back what is passed for the targets of so many samples; where they are made, declares them first.</summary>
    /// <param name="first">The first of them; null for all that there are.</param>
    private string Target(CodeWriter w, string kernels, string? first, string count, string scratch, string room)
    {
        if (!_training.MakesTargets)
            return first is null ? dialect.All("targets") : dialect.SampleArgument("targets", _network.TargetSize, first);
        (string First, string Count) samples = (first ?? "0", count);
        (string, string, string) place = (scratch, room, Targets(count));
        string? weighted = !LabelMembers.Weighs(_network) ? null : dialect.Weighted(kernels, samples, _network.TargetSize, place);
        IEnumerable<string> lines = !TakesLabels ? dialect.DeclareWeighted(weighted!, room)
            : dialect.DeclareTarget(samples, _network.TargetSize, LabelMembers.OneHot(_network, dialect, kernels, samples, _training.LabelSize!.Value, place), weighted, room);
        foreach (string line in lines)
            w.Line(line);
        return dialect.DeclaredTarget;
    }

    private string Pass(RegionArgument argument, string scratch, string target, string sample, string seed = "seed") => argument switch
    {
        RegionArgument.Parameters => dialect.Whole("parameters"),
        RegionArgument.Gradients => dialect.Whole("gradients"),
        RegionArgument.Input => dialect.SampleArgument("inputs", _network.Input.Size, sample),
        RegionArgument.Target => target,
        RegionArgument.Scratch => scratch,
        RegionArgument.Scale => "scale",
        RegionArgument.Seed => seed,
        _ => throw new System.InvalidOperationException($"training has no {argument}"),
    };

    private string Length(string kernels, string span) => $"{kernels}CheckLength(\"{span}\", {dialect.Length(span)}, ParameterBufferSize, \"ParameterBufferSize\");";

    private void CheckScratch(CodeWriter w, string kernels, string expected, string meaning) =>
        w.Line($"{kernels}CheckScratch({dialect.Length("scratch", optional: !dialect.Target.HasSpan)}, {expected}, {CSharpLiteral.String(meaning)});");

    private void Parameter(string name, string text) => w.Line($"/// <param name=\"{name}\">{text}</param>");
}
