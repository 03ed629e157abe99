using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Emit;

/// <summary>Numbers of the spec that the code looks up.</summary>
internal static class ConstantTable
{
    private const int NumbersOfLine = 8;

    /// <summary>A member of the class that holds the kernels: of constants that lie in the assembly, where the target can read them there.</summary>
    public static void EmitMember(CodeWriter w, Dialect dialect, string summary, string name, IReadOnlyList<float> values)
    {
        w.Summary(summary);
        if (!dialect.Target.HasStaticSpans)
            Emit(w, $"private static readonly float[] {name} = new float[]", values);
        else
        {
            using (w.Block($"private static {dialect.ReadOnly()} {name}"))
            {
                w.Line("get");
                using (w.Block(null))
                    Emit(w, "return new float[]", values);
            }
        }

        w.Line();
    }

    /// <param name="declaration">What stands before the braces: <c>float[] stated =</c>.</param>
    public static void Emit(CodeWriter w, string declaration, IReadOnlyList<float> values)
    {
        w.Line(declaration);
        w.Line("{");
        for (int at = 0; at < values.Count; at += NumbersOfLine)
            w.Line("    " + string.Join(" ", values.Skip(at).Take(NumbersOfLine).Select(static v => CSharpLiteral.Float(v) + ",")));
        w.Line("};");
    }
}
