using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Shapes;

namespace NetGen.Compiler.Layers;

/// <summary>What needs to know which axis of a shape holds its features.</summary>
internal static class LayoutRule
{
    /// <summary>Whether it is known of what a layer reads; reports where it is not.</summary>
    /// <param name="what">Who asks, and of which shape: <c>softmax over [5, 3]</c>.</param>
    /// <param name="layouts">What to write of the input.</param>
    public static bool Decided(LayerBinder b, string what, string layouts = "layout: sequence } (or layout: channels)")
    {
        if (b.Input is not { Layout: Layout.Undecided })
            return true;
        b.Report(Rules.UndecidedLayout, b.Options.Node.Kind.Span, Message(what, b.Undecided, layouts));
        return false;
    }

    /// <param name="input">The input, where the value is what that is; null where a layer between, such as reshape, made it.</param>
    public static string Message(string what, NetworkInput? input, string layouts = "layout: sequence } (or layout: channels)") =>
        $"{what}: it is not known whether that is [time, features] or [channels, length]; "
        + (input is null
            ? "let a layer read it first that decides it: conv1d or a pool, which take channels, or dense or a recurrent layer, which take a sequence"
            : $"write input: {{ shape: {input.Shape.Sizes}, {layouts}");
}
