using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Loops;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Kernels;

/// <summary>One number for every element of a buffer, before a kernel writes some of them.</summary>
internal static class Fill
{
    public static void Emit(KernelWriter w, Buffer buffer, float number)
    {
        w.Vectors(buffer.Size, v => Write(v, v.Start(buffer), buffer.Size, number));
        w.Code.Line();
    }

    /// <summary>Of so many elements.</summary>
    public static void Write(VectorCode v, Address start, int count, float number) =>
        // A name that no code behind it declares, which need not be in braces of its own.
        v.Over(count, once: false, [("fillAt", start)], (at, part) => v.Store(at[0], part, Term.All(number)));
}
