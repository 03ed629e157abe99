using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Passes;

/// <summary>A network over time, for one step of a stream: what the steps before left stands in memory that the caller keeps.</summary>
/// <param name="Inputs">A step of each input; null for one that only a state begins from, which a step does not read.</param>
/// <param name="Outputs">What a step gives of each output.</param>
/// <param name="Kernels">In the mode of inference.</param>
/// <param name="Offsets">Where each buffer that the stream keeps begins.</param>
/// <param name="StateSize">Floats of all of them.</param>
internal sealed record StepProgram(
    IReadOnlyList<Shape?> Inputs, IReadOnlyList<Shape> Outputs, IReadOnlyList<Kernel> Kernels, Buffer Input, Buffer Output, MemoryPlan Plan, IReadOnlyDictionary<string, int> Offsets, int StateSize)
{
    /// <summary>The program; null where the network is not over time, or with why a stream cannot be.</summary>
    public static (StepProgram? Program, string? Obstacle) Of(Network network)
    {
        IEnumerable<EquatableArray<int?>> times = [default];
        for (int input = 0; input < network.Inputs.Count; input++)
        {
            int?[] own = TimesOf(network, input);
            times = [.. times.Take(MostTimes).SelectMany(_ => own, static (before, time) => before.Append(time).ToEquatable())];
        }

        (StepProgram? Program, string? Obstacle)[] found =
            [.. times.Where(static t => t.Any(static k => k is not null)).Select(time => Of(network, time)).Where(static f => f is not null).Select(static f => f!.Value)];
        return found.OrderBy(static f => f.Program is null).FirstOrDefault();
    }

    /// <summary>How many ways to take the axes of undecided inputs are tried.</summary>
    private const int MostTimes = 32;

    /// <summary>The same where an axis of each input is time, or none; null where a layer takes another axis for it.</summary>
    private static (StepProgram? Program, string? Obstacle)? Of(Network network, EquatableArray<int?> inputTimes)
    {
        // The axis of time of each value; null where it is one for all steps.
        int?[] times = new int?[network.Layers.Count];
        int? TimeOfValue(ValueSource source) => source.IsInput ? inputTimes[source.Part] : source.IsState ? null : times[source.Layer];
        var layers = new List<Layer>();
        HashSet<int> needed = Needed(network);
        for (int k = 0; k < network.Layers.Count; k++)
        {
            Layer layer = network.Layers[k];
            string? obstacle = null;
            if (!needed.Contains(k))
            {
                layers.Add(layer);
                continue;
            }

            int?[] read = [.. layer.SourcesOfStep.Select(TimeOfValue).Distinct()];
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
            else if (layer.SourcesOfStep.Count() < layer.Sources.Count)
                // It runs whole at each step, from a state that is not among what a step computes.
                obstacle ??= $"{Owner(layer)} begins from a state, and runs over steps that are not those of the stream";

            if (obstacle is not null)
                return (null, obstacle);
            layers.Add(layer);
        }

        // Not what only a state begins from: that the caller keeps. One value for all steps is read at each.
        HashSet<ValueSource> used = [.. network.Layers.Where((_, k) => needed.Contains(k)).SelectMany(static l => l.SourcesOfStep).Where(static s => s.IsInput)];
        Shape?[] shapes = [.. network.Inputs.Select((input, k) => inputTimes[k] is { } time ? input.Shape.OfStep(time) : network.Inputs.Count > 1 && !used.Contains(ValueSource.Input(k)) ? null : input.Shape)];
        return (Lower(network, shapes, layers, needed, k => network.Layers[k].SourcesOfStep.Any(s => TimeOfValue(s) is not null)), null);
    }

    /// <summary>The layers that a step computes: all that an output comes of, but for what only begins a state.</summary>
    private static HashSet<int> Needed(Network network)
    {
        var needed = new HashSet<int>(network.Outputs.Select(static o => o.Source.Layer));
        for (int k = network.Layers.Count - 1; k >= 0; k--)
        {
            if (needed.Contains(k))
                needed.UnionWith(network.Layers[k].SourcesOfStep.Select(static s => s.Layer));
        }

        return needed;
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

    private static StepProgram Lower(Network network, Shape?[] inputShapes, List<Layer> layers, HashSet<int> needed, System.Func<int, bool> isOverTime)
    {
        var lowering = new Lowering(training: false);
        var sample = new Buffer("input", inputShapes.Sum(static s => s?.Size ?? 0), BufferRole.Input);
        IReadOnlyList<Value?> inputs = LowerNetwork.Inputs(lowering, sample, [.. network.Inputs.Select((i, k) => (i.Name, inputShapes[k]))]);
        IReadOnlyList<Buffer> outputs = LowerNetwork.Run(lowering, layers, inputs, network.Outputs.Select(static o => o.Source), k =>
        {
            lowering.IsStep = isOverTime(k);
            return needed.Contains(k);
        });
        Buffer output = LowerNetwork.Together(lowering, outputs, [.. network.Outputs.Select(static o => o.Member)]);
        IReadOnlyList<Kernel> kernels = Fuse.Epilogues(
            Fuse.Prune(lowering.Kernels, [output, .. lowering.States.Select(static s => s.Buffer)]), new HashSet<Buffer>([output]));
        kernels = [.. kernels.Select(static k => k with { Name = k.Name + "OfStep" })];
        return new StepProgram(
            inputShapes, [.. network.Outputs.Select(o => layers[o.Source.Layer].ShapeOf(o.Source.Part))], kernels, sample, output, PlanMemory.Run(kernels, output),
            lowering.States.ToDictionary(static s => s.Buffer.Name, static s => s.Offset), lowering.States.Sum(static s => s.Buffer.Size));
    }

    /// <summary>The axes of an input that may be time: what its layout says, or either, where layers decide it; null for one that has none.</summary>
    private static int?[] TimesOf(Network network, int input)
    {
        Shape shape = network.Inputs[input].Shape;
        ValueSource source = ValueSource.Input(input);
        if (shape.Rank == 1)
            return network.Layers.Any(l => l.Sources.Contains(source) && l is Embedding or Reshape { Output: { Rank: 2, IsLine: true } }) ? [0] : [null];
        if (TimeIn(shape) is { } time)
            return [time];
        return shape.Rank == 2 && network.Layers.Any(static l => TimeIn(l.Input) is not null) ? [0, 1] : [null];
    }
}
