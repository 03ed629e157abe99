using NetGen.Compiler.Binding;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Emit;

/// <summary>The implementation of NetGen.Training's interfaces, for projects that reference that library.</summary>
internal static class TrainingInterface
{
    public static string NameFor(Network network) => network.Loss switch
    {
        null => "INetwork",
        { TakesLabels: true } => "IClassifierNetwork",
        _ => "ITrainableNetwork",
    };

    public static void Emit(CodeWriter w, Program program, MemberNames names, string self)
    {
        const string Span = "global::System.Span<float>";
        const string Read = "global::System.ReadOnlySpan<float>";
        const string Labels = "global::System.ReadOnlySpan<int>";
        string network = $"global::NetGen.Training.INetwork<{self}>";
        string trainable = $"global::NetGen.Training.ITrainableNetwork<{self}>";
        string classifier = $"global::NetGen.Training.IClassifierNetwork<{self}>";

        w.Line();
        foreach (string size in new[] { "InputSize", "OutputSize", "ParameterBufferSize", "ScratchSize" })
            w.Line($"static int {network}.{size} => {size};");
        w.Line();
        w.Line($"static global::System.Collections.Generic.IReadOnlyList<global::NetGen.Training.NetworkParameter> {network}.ParameterTable =>");
        w.Line($"    global::System.Array.ConvertAll({names.Kernels}.Table, static p => new global::NetGen.Training.NetworkParameter(p.Name, p.Shape, p.Offset, p.Strides));");
        w.Line();
        w.Line($"static void {network}.Forward({Read} parameters, {Read} inputs, {Span} outputs, {Span} scratch) => Forward(parameters, inputs, outputs, scratch);");
        if (program.Training is not { } training)
            return;

        w.Line();
        w.Line($"static int {trainable}.TrainingScratchSize(int samples) => TrainingScratchSize(samples);");
        w.Line($"static int {trainable}.OptimizerStateSize => OptimizerStateSize;");
        w.Line($"static int {trainable}.TargetSize => OutputSize;");
        w.Line($"static float {trainable}.LearningRate(long step) => {CSharpLiteral.Float(program.Network.Optimizer.LearningRate)};");
        w.Line();
        w.Line($"static float {trainable}.Loss({Read} parameters, {Read} inputs, {Read} targets, {Span} scratch) => Loss(parameters, inputs, targets, scratch);");
        w.Line($"static float {trainable}.Backward({Read} parameters, {Read} inputs, {Read} targets, {Span} gradients, {Span} scratch, ulong seed) => Backward(parameters, inputs, targets, gradients, scratch, seed);");
        w.Line($"static void {trainable}.OptimizerStep({Span} parameters, {Read} gradients, {Span} state, float learningRate) => {CoreMembers.StepName(program.Network)}(parameters, gradients, state, learningRate);");
        w.Line($"{Span} {trainable}.OptimizerState => {names.State};");
        if (training.Labels is null)
            return;

        w.Line();
        w.Line(Invariant($"static int {classifier}.LabelSize => {training.Labels.Size};"));
        w.Line($"static float {classifier}.Loss({Read} parameters, {Read} inputs, {Labels} labels, {Span} scratch) => Loss(parameters, inputs, labels, scratch);");
        w.Line($"static float {classifier}.Backward({Read} parameters, {Read} inputs, {Labels} labels, {Span} gradients, {Span} scratch, ulong seed) => Backward(parameters, inputs, labels, gradients, scratch, seed);");
    }
}
