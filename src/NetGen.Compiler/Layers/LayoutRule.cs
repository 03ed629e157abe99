using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>What needs to know which axis of a shape holds its features.</summary>
internal static class LayoutRule
{
    /// <summary>Whether it is known; reports where it is not.</summary>
    /// <param name="what">Who asks, and of which shape: <c>softmax over [5, 3]</c>.</param>
    public static bool Decided(Shape shape, SourceSpan span, OptionReader options, string what)
    {
        if (shape.Layout != Layout.Undecided)
            return true;
        options.Report(Rules.UndecidedLayout, span,
            $"{what}: it is not known whether that is [time, features] or [channels, length]; write input: {{ shape: [{string.Join(", ", shape.Dimensions)}], layout: sequence }} (or layout: channels)");
        return false;
    }
}
