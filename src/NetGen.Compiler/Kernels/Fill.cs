using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Kernels;

/// <summary>One number for every element of a buffer, before a kernel writes some of them.</summary>
internal static class Fill
{
    public static void Emit(KernelWriter w, Buffer buffer, float number)
    {
        if (w.HasVectors)
        {
            w.PerWidth(buffer.Size, Lanes.Eight, v =>
            {
                string value = v.Kernel.Local("fill");
                v.Code.Line($"var {value} = {(number == 0 ? v.Lanes.Zero : v.Lanes.Broadcast(CSharpLiteral.Float(number)))};");
                // Names that no code behind it declares, which need not be in braces of its own.
                v.ForEach(Chunk.Overlapping(buffer.Size, v.Lanes), [("fillAt", v.Start(buffer))], (at, chunk) => v.Store(at[0], chunk, value));
            });
        }
        else
        {
            using (w.Code.Block(KernelWriter.Loop("k", buffer.Size)))
                w.Code.Line($"{w.At(buffer, "k")} = {CSharpLiteral.Float(number)};");
        }

        w.Code.Line();
    }
}
