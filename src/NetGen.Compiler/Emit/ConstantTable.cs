using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Emit;

/// <summary>Numbers of the spec that the code looks up.</summary>
internal static class ConstantTable
{
    private const int NumbersOfLine = 8;

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
