using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Shapes;

namespace NetGen.Compiler.Passes;

/// <summary>A network over time, for one step of a stream: what the steps before left stands in memory that the caller keeps.</summary>
/// <param name="Kernels">In the mode of inference.</param>
/// <param name="Offsets">Where each buffer that the stream keeps begins.</param>
/// <param name="StateSize">Floats of all of them.</param>
internal sealed record StepProgram(
    Shape InputShape, Shape OutputShape, IReadOnlyList<Kernel> Kernels, Buffer Output, MemoryPlan Plan, IReadOnlyDictionary<string, int> Offsets, int StateSize)
{
    /// <summary>The program; null where the network is not over time, or with why a stream cannot be.</summary>
    public static (StepProgram? Program, string? Obstacle) Of(Network network)
    {
        (StepProgram? Program, string? Obstacle)[] found = [.. TimesOf(network).Select(time => Of(network, time)).Where(static f => f is not null).Select(static f => f!.Value)];
        return found.OrderBy(static f => f.Program is null).FirstOrDefault();
    }

    /// <summary>The same where an axis of the input is time; null where a layer takes another axis for it.</summary>
    private static (StepProgram? Program, string? Obstacle)? Of(Network network, int inputTime)
    {
        // The axis of time of each value; null where it is one for all steps.
        int?[] times = new int?[network.Layers.Count];
        int? TimeOfValue(int place) => place < 0 ? inputTime : times[place];
        var layers = new List<Layer>();
        for (int k = 0; k < network.Layers.Count; k++)
        {
            Layer layer = network.Layers[k];
            string? obstacle = null;
            int?[] read = [.. layer.Sources.Select(TimeOfValue).Distinct()];
            if (read.Length > 1)
                obstacle = $"{Owner(layer)} joins a value of each step with one of all steps";
            if (read.FirstOrDefault(static t => t is not null) is { } time)
            {
                if (TimeIn(layer.Input) is { } other && other != time)
                    return null;
                if (ObstacleOf(layer, time) is { } own)
                    obstacle ??= $"{Owner(layer)} {own}";
                times[k] = layer.TimeOfOutput(time);
                layer = layer.OfStep(time);
            }

            if (obstacle is not null)
                return (null, obstacle);
            layers.Add(layer);
        }

        return (Lower(network.Input.OfStep(inputTime), layers, k => network.Layers[k].Sources.Any(s => TimeOfValue(s) is not null)), null);
    }

    private static string Owner(Layer layer) =>
        $"layer '{layer.Name}'{(layer.Name.StartsWith(layer.Kind, System.StringComparison.Ordinal) ? "" : $" ({layer.Kind})")}";

    /// <summary>A vector's elements are one value, unless they are indices, or become the steps of a sequence.</summary>
    private static string? ObstacleOf(Layer layer, int time) => layer.IsTransparent ? null
        : layer.Input.Rank == 1 && layer is not (Embedding or Reshape) ? "takes all steps together"
        : layer.StepObstacle(time);

    /// <summary>The axis that is time by the layout of a value; null where that does not say.</summary>
    private static int? TimeIn(Shape shape) => (shape.Rank, shape.Layout) switch
    {
        (2, Layout.Sequence) => 0,
        (2, Layout.Channels) => 1,
        _ => null,
    };

    private static StepProgram Lower(Shape inputShape, List<Layer> layers, System.Func<int, bool> isOverTime)
    {
        var lowering = new Lowering(training: false);
        var input = new Buffer("input", inputShape.Size, BufferRole.Input);
        Buffer output = LowerNetwork.Run(lowering, layers, new Value(input, inputShape), k => lowering.IsStep = isOverTime(k));
        IReadOnlyList<Kernel> kernels = Fuse.Epilogues(
            Fuse.Prune(lowering.Kernels, [output, .. lowering.States.Select(static s => s.Buffer)]), new HashSet<Buffer>([output]));
        kernels = [.. kernels.Select(static k => k with { Name = k.Name + "OfStep" })];
        return new StepProgram(
            inputShape, layers[layers.Count - 1].Output, kernels, output, PlanMemory.Run(kernels, output),
            lowering.States.ToDictionary(static s => s.Buffer.Name, static s => s.Offset), lowering.States.Sum(static s => s.Buffer.Size));
    }

    /// <summary>The axes of the input that may be time: what its layout says, or either, where layers decide it.</summary>
    private static int[] TimesOf(Network network)
    {
        Shape input = network.Input;
        if (input.Rank == 1)
            return network.Layers.Any(static l => l.Sources.Contains(-1) && l is Embedding or Reshape { Output: { Rank: 2, IsLine: true } }) ? [0] : [];
        if (TimeIn(input) is { } time)
            return [time];
        return input.Rank == 2 && network.Layers.Any(static l => TimeIn(l.Input) is not null) ? [0, 1] : [];
    }
}
