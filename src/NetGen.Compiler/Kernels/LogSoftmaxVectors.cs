using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using static NetGen.Compiler.Kernels.SoftmaxVectors;

namespace NetGen.Compiler.Kernels;

/// <summary>The logarithm of a softmax over neighbouring classes in whole vectors.</summary>
internal static class LogSoftmaxVectors
{
    /// <summary>The logarithms: (x - max) - log(1 + rest), where rest is the sum of e^(x - max) but for a largest one.</summary>
    public static void Emit(VectorWriter v, Place x, Place y, int count)
    {
        var classes = new Classes(v, count);
        Lanes lanes = classes.Lanes;
        string one = lanes.Type + ".One", max = EmitLargest(v, classes, x);
        string rests = Declare(v, "rests", lanes.Zero), ones = Declare(v, "ones", lanes.Zero);
        classes.ForEach([("xs", x)], (at, chunk, mask) =>
        {
            string e = Declare(v, "e", v.Dialect.Call(Function.Exp, lanes, $"{classes.Logits(at[0], chunk)} - {max}"));
            string isLargest = Declare(v, "isLargest", $"{lanes.Class}.Equals({e}, {one})");
            v.Code.Line($"{rests} += {lanes.Class}.AndNot({e}, {isLargest}){mask};");
            v.Code.Line($"{ones} += {lanes.Class}.BitwiseAnd({one}, {isLargest}){mask};");
        });
        v.Code.Line("// A second largest, or one so near that its e rounds to 1, counts as the rest's.");
        string rest = Declare(v, "rest", $"{lanes.Class}.Sum({rests}) + ({lanes.Class}.Sum({ones}) - 1f)");
        string logSum = Declare(v, "logSum", lanes.Broadcast($"{Lanes.Four.Class}.ToScalar({v.Dialect.Call(Function.LogP1, Lanes.Four, Lanes.Four.Class + $".CreateScalar({rest})")})"));
        v.ForEach(Chunk.Overlapping(count, v.Lanes), [("xs", x), ("ys", y)], (at, chunk) => v.Store(at[1], chunk, $"{v.Load(at[0], chunk)} - {max} - {logSum}"));
    }
}
