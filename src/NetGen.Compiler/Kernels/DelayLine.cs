using System.Collections.Generic;
using NetGen.Compiler.Dialects;
using NetGen.Compiler.Ir;
using static System.FormattableString;

namespace NetGen.Compiler.Kernels;

/// <summary>
/// The window that a causal convolution sees at one step of a stream: its taps stand <paramref name="Dilation"/> steps apart, the newest being this step's x.
/// The steps before are kept in a ring of (taps - 1) dilation rows, behind which the place of the oldest stands; zeros begin it.
/// </summary>
internal sealed record DelayLine(string Name, Buffer X, Buffer Line, Buffer Window, int Channels, int Taps, int Dilation) : Kernel(Name)
{
    public static int SizeOf(int channels, int taps, int dilation) => ((taps - 1) * dilation * channels) + 1;

    public override IEnumerable<Operand> Operands => [new(X, Access.Read), new(Line, Access.Update), new(Window, Access.Overwrite)];

    public override long MultiplyAdds => 0;

    public override long Statements => 0;

    public override string Formula => $"{Window.Name} = the taps of {Line.Name} and {X.Name}";

    public override void Emit(KernelWriter w)
    {
        int rows = (Taps - 1) * Dilation;
        w.Code.Line($"float place = {w.At(Line, rows * Channels)};");
        w.Code.Line("// The memory is the caller's, and may hold anything.");
        w.Code.Line(Invariant($"int oldest = place >= 0f && place < {rows}f ? (int)place : 0;"));
        using (w.Code.Block(KernelWriter.Loop("tap", Taps - 1)))
        {
            w.Code.Line(Dilation == 1 ? "int row = oldest + tap;" : Invariant($"int row = oldest + tap * {Dilation};"));
            using (w.Code.Block(Invariant($"if (row >= {rows})")))
                w.Code.Line(Invariant($"row -= {rows};"));
            using (w.Code.Block(KernelWriter.Loop("c", Channels)))
                w.Code.Line($"{w.At(Window, KernelWriter.Index("tap", Channels, "c"))} = {w.At(Line, KernelWriter.Index("row", Channels, "c"))};");
        }

        w.Code.Line();
        using (w.Code.Block(KernelWriter.Loop("c", Channels)))
        {
            w.Code.Line($"{w.At(Window, Invariant($"{(Taps - 1) * Channels} + c"))} = {w.At(X, "c")};");
            w.Code.Line($"{w.At(Line, KernelWriter.Index("oldest", Channels, "c"))} = {w.At(X, "c")};");
        }

        w.Code.Line($"{w.At(Line, rows * Channels)} = oldest == {Invariant($"{rows - 1}")} ? 0f : oldest + 1;");
    }
}
