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
        if (TimeOf(network) is not { } inputTime)
            return default;

        // The axis of time of each value; null where it is one for all steps.
        int?[] times = new int?[network.Layers.Count];
        int? TimeOfValue(int place) => place < 0 ? inputTime : times[place];
        var layers = new List<Layer>();
        for (int k = 0; k < network.Layers.Count; k++)
        {
            Layer layer = network.Layers[k];
            int?[] read = [.. layer.Sources.Select(TimeOfValue).Distinct()];
            string owner = $"layer '{layer.Name}'{(layer.Name.StartsWith(layer.Kind, System.StringComparison.Ordinal) ? "" : $" ({layer.Kind})")}";
            if (read.Length > 1)
                return (null, $"{owner} joins a value of each step with one of all steps");
            if (read[0] is { } time)
            {
                if ((layer.IsTransparent ? null : layer.StepObstacle(time)) is { } obstacle)
                    return (null, $"{owner} {obstacle}");
                times[k] = layer.TimeOfOutput(time);
                layer = layer.OfStep(time);
            }

            layers.Add(layer);
        }

        return (Lower(network, network.Input.OfStep(inputTime), layers, k => network.Layers[k].Sources.Any(s => TimeOfValue(s) is not null)), null);
    }

    private static StepProgram Lower(Network network, Shape inputShape, List<Layer> layers, System.Func<int, bool> isOverTime)
    {
        var lowering = new Lowering(training: false);
        var input = new Buffer("input", inputShape.Size, BufferRole.Input);
        var values = new List<Value>();
        Value ValueOf(int place) => place < 0 ? new Value(input, inputShape) : values[place];
        for (int k = 0; k < layers.Count; k++)
        {
            lowering.IsStep = isOverTime(k);
            values.Add(layers[k].Lower(lowering, ValueOf(layers[k].Sources[0]), [.. layers[k].Sources.Skip(1).Select(ValueOf)]));
        }

        Buffer output = lowering.RowMajor(values[values.Count - 1]).Buffer;
        // The caller's output, which is neither the input nor the state.
        if (output.Role != BufferRole.Activation)
        {
            Buffer from = output;
            output = lowering.Activation("stepOutput", "", from.Size);
            lowering.Add(new Map(lowering.Method("stepOutput"), from, output, Map.X0, "copy"));
        }

        IReadOnlyList<Kernel> kernels = Fuse.Epilogues(
            Fuse.Prune(lowering.Kernels, [output, .. lowering.States.Select(static s => s.Buffer)]), new HashSet<Buffer>([output]));
        kernels = [.. kernels.Select(static k => k with { Name = k.Name + "OfStep" })];
        return new StepProgram(
            inputShape, layers[layers.Count - 1].Output, kernels, output, PlanMemory.Run(kernels, output),
            lowering.States.ToDictionary(static s => s.Buffer.Name, static s => s.Offset), lowering.States.Sum(static s => s.Buffer.Size));
    }

    /// <summary>The axis of the input that is time; null where none is.</summary>
    private static int? TimeOf(Network network)
    {
        Shape input = network.Input;
        if (input.Rank == 1)
            return network.Layers.Any(static l => l.Sources.Contains(-1) && l is Embedding or Reshape { Output: { Rank: 2, IsLine: true } }) ? 0 : null;
        if (input.Rank != 2)
            return null;
        // What the input is, or what the layer that decides it takes it for.
        Layout layout = input.Layout != Layout.Undecided ? input.Layout
            : network.Layers.FirstOrDefault(l => l.Input.Rank == 2 && l.Input.Layout != Layout.Undecided && l.Input.Dimensions == input.Dimensions)?.Input.Layout ?? Layout.Undecided;
        return layout switch
        {
            Layout.Sequence => 0,
            Layout.Channels => 1,
            _ => null,
        };
    }
}
