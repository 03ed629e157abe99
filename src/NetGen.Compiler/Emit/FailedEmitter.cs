using NetGen.Compiler.Dialects;
using NetGen.Compiler.Targets;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Emit;

/// <summary>
/// The contract's members with bodies that throw, for a class whose spec has errors: the build fails for the spec alone,
/// and not once more for every use of the class.
/// </summary>
internal static class FailedEmitter
{
    public static string Run(ClassDeclaration declaration, Target target)
    {
        Dialect dialect = Dialect.For(target);
        return Skeleton.Write(declaration, target, ["", "The spec has errors, so no member does anything."], [], "A network whose spec has errors.",
            TrainingInterface.BaseList(target, declaration, "IClassifierNetwork"), w => Emit(w, dialect, declaration));
    }

    private static void Emit(CodeWriter w, Dialect dialect, ClassDeclaration declaration)
    {
        const string Exception = "throw new global::System.InvalidOperationException(\"The network's spec has errors, which the build reports.\")";
        const string Throw = Exception + ";";
        string read = dialect.ReadOnly(), write = dialect.Writable, labels = dialect.ReadOnly("int");
        void Member(string head)
        {
            w.Summary("Throws: the network's spec has errors.");
            using (w.Block(head))
                w.Line(Throw);
            w.Line();
        }

        void Property(string head)
        {
            w.Summary("Throws: the network's spec has errors.");
            w.Line(head);
            using (w.Block(null))
                w.Line($"get {{ {Throw} }}");
            w.Line();
        }

        foreach (string name in new[] { "InputSize", "OutputSize", "ParameterCount", "ParameterBufferSize", "ScratchSize", "OptimizerStateSize", "StepInputSize", "StepOutputSize", "StateSize" })
        {
            // Not 0, so that dividing by it is no further error.
            w.Summary("Means nothing: the network's spec has errors.");
            w.Line($"public const int {name} = 1;");
            w.Line();
        }

        Member("public static int TrainingScratchSize(int samples)");
        Property($"public static {dialect.ReadOnly("ParameterInfo")} ParameterTable");
        w.Summary("One parameter and where it lies in a parameter buffer.");
        using (w.Block(CoreMembers.StructHead(dialect.Target)))
        {
            foreach ((string type, string name) in new[] { ("string", "Name"), ("int[]", "Shape"), ("int", "Offset"), ("int[]", "Strides") })
                Property($"public {type} {name}");
        }

        w.Line();
        Member($"public static void Forward({read} parameters, {read} inputs, {write} outputs, {dialect.OptionalScratch})");
        Member($"public static void Predict({read} inputs, {write} outputs)");
        Member($"public static void Step({read} parameters, {read} input, {write} state, {write} output, {dialect.OptionalScratch})");
        Member($"public {CSharpLiteral.Identifier(declaration.Name)}()");
        Member($"public {CSharpLiteral.Identifier(declaration.Name)}(int seed)");
        Property($"public {write} Parameters");
        Property($"public {write} Gradients");
        Member($"public void Forward({read} inputs, {write} outputs)");
        foreach (string target in new[] { read + " targets", labels + " labels" })
        {
            Member($"public static float Loss({read} parameters, {read} inputs, {target}, {dialect.OptionalScratch})");
            Member($"public static float Backward({read} parameters, {read} inputs, {target}, {write} gradients, {write} scratch, ulong seed = 0)");
            Member($"public float Loss({read} inputs, {target})");
            Member($"public float Backward({read} inputs, {target})");
            Member($"public float TrainStep({read} inputs, {target}, float learningRate)");
            Member($"public float TrainStep({read} inputs, {target})");
        }

        foreach (string step in new[] { "SgdStep", "OptimizerStep" })
        {
            Member($"public static void {step}({write} parameters, {read} gradients, {write} state, float learningRate)");
            Member($"public void {step}(float learningRate)");
            Member($"public void {step}()");
        }

        w.Summary("Steps taken.");
        w.Line("public long Steps { get; set; }");
        if (dialect.Target.HasTraining)
            TrainingInterface.EmitFailed(w, declaration, Exception);
    }
}
