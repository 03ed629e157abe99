using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Passes;

/// <summary>The forward kernels of one sample, in one mode.</summary>
/// <param name="Kernels">In order.</param>
/// <param name="Input">The sample.</param>
/// <param name="Output">What the last layer gives; the input itself where no layer computes anything.</param>
/// <param name="Parameters">The parameter of each buffer, by the buffer's name; of a part of one, that part as if it were one.</param>
internal sealed record ForwardGraph(IReadOnlyList<Kernel> Kernels, Buffer Input, Buffer Output, IReadOnlyDictionary<string, PlacedParameter> Parameters)
{
    /// <summary>What the kernel that wrote the output was applied to: logits, where that is an activation.</summary>
    public Buffer? BeforeActivation => Kernels.LastOrDefault(k => k.Writes(Output)) switch
    {
        Map map => map.X,
        Softmax softmax => softmax.X,
        LogSoftmax softmax => softmax.X,
        _ => null,
    };
}

/// <summary>Layers to kernels.</summary>
internal static class LowerNetwork
{
    /// <summary>Adds the layers' kernels; gives back the output as it is presented.</summary>
    /// <param name="before">What is said of a layer before it is lowered, by its place.</param>
    public static Buffer Run(Lowering lowering, IReadOnlyList<Layer> layers, Value input, System.Action<int> before)
    {
        var values = new List<Value>();
        Value ValueOf(int place) => place < 0 ? input : values[place];
        for (int k = 0; k < layers.Count; k++)
        {
            before(k);
            lowering.Layer = layers[k].Name;
            values.Add(layers[k].Lower(lowering, ValueOf(layers[k].Sources[0]), [.. layers[k].Sources.Skip(1).Select(ValueOf)]));
        }

        lowering.Layer = null;
        Buffer current = lowering.RowMajor(values[values.Count - 1]).Buffer;
        if (lowering.IsTraining || current.Role == BufferRole.Activation)
            return current;
        // Inference writes to the caller's memory, so something has to write: neither the input nor a stream's state is that.
        Buffer copy = lowering.Activation("copy", "", current.Size);
        lowering.Add(new Map(lowering.Method("copy"), current, copy, Map.X0, "copy"));
        return copy;
    }

    public static ForwardGraph Run(Network network, bool training)
    {
        var lowering = new Lowering(training);
        var input = new Buffer("input", network.Input.Size, BufferRole.Input);
        int end = Layer.EndOf(network.Layers.ToArray(), static l => l.IsTransparent);
        Buffer current = Run(lowering, network.Layers, new Value(input, network.Input), k => lowering.IsFusedByLoss = k == end && network.Loss is { FusesActivation: true });

        Dictionary<string, PlacedParameter> placed = network.Parameters.ToDictionary(static p => p.Name);
        Dictionary<string, PlacedParameter> parameters = lowering.Parameters.ToDictionary(
            static p => p.Buffer.Name, p => PartOf(placed[p.Layer + "." + p.Parameter], p));
        return new ForwardGraph(lowering.Kernels, input, current, parameters);
    }

    private static PlacedParameter PartOf(PlacedParameter whole, ParameterBuffer part) => part.Buffer.Size == whole.Parameter.Size ? whole
        : new PlacedParameter(whole.Layer, whole.Parameter with { Shape = EquatableArray.Of(part.Buffer.Size), Strides = EquatableArray.Of(1) }, whole.Offset + part.From);
}
