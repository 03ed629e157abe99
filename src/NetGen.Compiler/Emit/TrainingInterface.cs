using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;
using static System.FormattableString;

namespace NetGen.Compiler.Emit;

/// <summary>The implementation of NetGen.Training's interfaces, for projects that reference that library.</summary>
internal static class TrainingInterface
{
    private const string Span = "global::System.Span<float>";
    private const string Read = "global::System.ReadOnlySpan<float>";
    private const string Labels = "global::System.ReadOnlySpan<int>";

    /// <summary>The base list of the class: nothing where the library is not referenced.</summary>
    public static string BaseList(Target target, ClassDeclaration declaration, string name) =>
        target.HasTraining ? $" : global::NetGen.Training.{name}<{declaration.GlobalName}>" : "";

    public static string NameFor(Network network) => network.Loss switch
    {
        null => "INetwork",
        // What its metrics are of would not be said by labels alone.
        _ when network.Trained.Skip(1).Any() => "ITrainableNetwork",
        { TakesLabels: true } or { IsBinary: true } => "IClassifierNetwork",
        _ => "ITrainableNetwork",
    };

    public static void Emit(CodeWriter w, Program program, MemberNames names, ClassDeclaration declaration)
    {
        string self = declaration.GlobalName;
        // Made once: whoever reads a parameter by its name asks for the table each time.
        EmitNetwork(w, self,
            $"{{ get; }} =\n    global::System.Array.ConvertAll({names.Kernels}.Table, static p => new global::NetGen.Training.NetworkParameter(p.Name, p.Shape, p.Offset, p.Strides));");
        EmitNormalizations(w, self, program.Network, [.. InputNormalization.Of(program.Network)]);
        if (program.Training is null)
            return;
        Loss loss = program.Network.Loss!;
        if (loss.Reduction == Reduction.Sum)
            w.Line($"static bool global::NetGen.Training.ITrainableNetwork<{self}>.SumsLoss => true;");
        bool isOne = !program.Network.Trained.Skip(1).Any();
        if (isOne && loss.TakesLogits)
            w.Line($"static bool global::NetGen.Training.ITrainableNetwork<{self}>.GivesLogits => true;");
        if (program.Network.L2 != 0)
            w.Line($"static bool global::NetGen.Training.ITrainableNetwork<{self}>.HasPenalty => true;");
        EmitTrainable(w, self, names.State, StepMethods.LearningRate(program.Network, names.Kernels, "step"), CoreMembers.StepName(program.Network), program.Network.TargetSizeName);
        if (program.Network.TargetSize != program.Network.Output.Size || !isOne)
            EmitTrainedOutputs(w, self, program.Network);
        if (!isOne)
            return;
        if (program.Training.LabelSize is { } labelSize)
        {
            EmitClassifier(w, self, Invariant($"{labelSize}"));
            if (program.Network.Trained.First().Shape is { Layout: Layout.Channels, Dimensions.Count: > 1 })
                w.Line($"static bool global::NetGen.Training.IClassifierNetwork<{self}>.HasClassesFirst => true;");
            if (loss is CategoricalLoss { IgnoredLabel: { } ignored })
                w.Line(Invariant($"static int? global::NetGen.Training.IClassifierNetwork<{self}>.IgnoredLabel => {ignored};"));
        }
        else if (loss.IsBinary)
            EmitBinary(w, self, program.Network.TargetSizeName);
    }

    /// <summary>Where the outputs stand that have a loss.</summary>
    private static void EmitTrainedOutputs(CodeWriter w, string self, Network network)
    {
        const string Type = "global::NetGen.Training.NetworkOutput";
        w.Line();
        w.Line($"static global::System.Collections.Generic.IReadOnlyList<{Type}> global::NetGen.Training.ITrainableNetwork<{self}>.TrainedOutputs {{ get; }} = new {Type}[]");
        w.Line("{");
        foreach (OutputPart output in network.Trained)
            w.Line(Invariant($"    new({CSharpLiteral.String(output.Name)}, {output.Offset}, {output.Shape.Size}),"));
        w.Line("};");
    }

    private static void EmitNormalizations(CodeWriter w, string self, Network network, IReadOnlyList<InputNormalization> layers)
    {
        const string Type = "global::NetGen.Training.InputNormalization";
        if (layers.Count == 0)
            return;
        w.Line();
        w.Line($"static global::System.Collections.Generic.IReadOnlyList<{Type}> global::NetGen.Training.INetwork<{self}>.Normalizations {{ get; }} = new {Type}[]");
        w.Line("{");
        foreach ((Normalization layer, float scale, float offset, int input) in layers)
        {
            string rescaled = (scale, offset) == (1, 0) ? "" : $", {CSharpLiteral.Float(scale)}, {CSharpLiteral.Float(offset)}";
            string part = network.Inputs.Count == 1 ? "" : Invariant($", First: {network.Inputs[input].Offset}, Count: {network.Inputs[input].Shape.Size}");
            w.Line(Invariant($"    new({CSharpLiteral.String(layer.Name + ".mean")}, {CSharpLiteral.String(layer.Name + ".variance")}, {layer.Channels}, {layer.Stride}{rescaled}{part}),"));
        }

        w.Line("};");
    }

    /// <summary>All of it, throwing, for a class whose spec has errors.</summary>
    public static void EmitFailed(CodeWriter w, ClassDeclaration declaration, string throws)
    {
        EmitNetwork(w, declaration.GlobalName, $"=>\n    {throws};");
        EmitTrainable(w, declaration.GlobalName, throws, throws, "SgdStep");
        EmitClassifier(w, declaration.GlobalName, throws);
    }

    private static void EmitNetwork(CodeWriter w, string self, string table)
    {
        string network = $"global::NetGen.Training.INetwork<{self}>";
        w.Line();
        foreach (string size in new[] { "InputSize", "OutputSize", "ParameterBufferSize", "ScratchSize" })
            w.Line($"static int {network}.{size} => {size};");
        w.Line();
        w.Line($"static global::System.Collections.Generic.IReadOnlyList<global::NetGen.Training.NetworkParameter> {network}.ParameterTable {table}");
        w.Line();
        w.Line($"static void {network}.Forward({Read} parameters, {Read} inputs, {Span} outputs, {Span} scratch) => Forward(parameters, inputs, outputs, scratch);");
    }

    private static void EmitTrainable(CodeWriter w, string self, string state, string learningRate, string step, string targetSize = "OutputSize")
    {
        string trainable = $"global::NetGen.Training.ITrainableNetwork<{self}>";
        w.Line();
        w.Line($"static int {trainable}.TrainingScratchSize(int samples) => TrainingScratchSize(samples);");
        w.Line($"static int {trainable}.OptimizerStateSize => OptimizerStateSize;");
        w.Line($"static int {trainable}.TargetSize => {targetSize};");
        w.Line($"static float {trainable}.LearningRate(long step) => {learningRate};");
        w.Line();
        w.Line($"static float {trainable}.Loss({Read} parameters, {Read} inputs, {Read} targets, {Span} scratch) => Loss(parameters, inputs, targets, scratch);");
        w.Line($"static float {trainable}.Backward({Read} parameters, {Read} inputs, {Read} targets, {Span} gradients, {Span} scratch, ulong seed) => Backward(parameters, inputs, targets, gradients, scratch, seed);");
        w.Line($"static void {trainable}.OptimizerStep({Span} parameters, {Read} gradients, {Span} state, float learningRate) => {step}(parameters, gradients, state, learningRate);");
        w.Line($"{Span} {trainable}.OptimizerState => {state};");
    }

    /// <summary>Each output has a label of its own, which is given as a target.</summary>
    private static void EmitBinary(CodeWriter w, string self, string size)
    {
        string classifier = $"global::NetGen.Training.IClassifierNetwork<{self}>";
        w.Line();
        w.Line($"static int {classifier}.LabelSize => {size};");
        w.Line($"static bool {classifier}.IsBinary => true;");
    }

    private static void EmitClassifier(CodeWriter w, string self, string labelSize)
    {
        string classifier = $"global::NetGen.Training.IClassifierNetwork<{self}>";
        w.Line();
        w.Line($"static int {classifier}.LabelSize => {labelSize};");
        w.Line($"static float {classifier}.Loss({Read} parameters, {Read} inputs, {Labels} labels, {Span} scratch) => Loss(parameters, inputs, labels, scratch);");
        w.Line($"static float {classifier}.Backward({Read} parameters, {Read} inputs, {Labels} labels, {Span} gradients, {Span} scratch, ulong seed) => Backward(parameters, inputs, labels, gradients, scratch, seed);");
    }
}
