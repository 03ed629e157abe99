using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Kernels;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Passes;

/// <summary>The forward kernels of one sample, in one mode.</summary>
/// <param name="Kernels">In order.</param>
/// <param name="Input">The sample.</param>
/// <param name="Outputs">What each output gives, row by row; in inference of several, parts of <paramref name="Output"/>.</param>
/// <param name="Output">All outputs, back to back; the input itself where no layer computes anything. In training of several outputs, the first.</param>
/// <param name="Parameters">The parameter of each buffer, by the buffer's name; of a part of one, that part as if it were one.</param>
internal sealed record ForwardGraph(
    IReadOnlyList<Kernel> Kernels, Buffer Input, IReadOnlyList<Buffer> Outputs, Buffer Output, IReadOnlyDictionary<string, PlacedParameter> Parameters)
{
    /// <summary>What the kernel that wrote an output was applied to: logits, where that is an activation.</summary>
    public Buffer? BeforeActivation(Buffer output) => Kernels.LastOrDefault(k => k.Writes(output)) switch
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
    /// <summary>Adds the layers' kernels; gives back the outputs as they are presented.</summary>
    /// <param name="inputs">Null for one that is not there: of a stream, what only initial states read.</param>
    /// <param name="before">What is said of a layer before it is lowered, by its place; false where it is left out.</param>
    public static IReadOnlyList<Buffer> Run(Lowering lowering, IReadOnlyList<Layer> layers, IReadOnlyList<Value?> inputs, IEnumerable<ValueSource> outputs, System.Func<int, bool> before)
    {
        var values = new List<Value?>();
        Value? ValueOf(ValueSource source) => source.IsInput ? inputs[source.Part] : source.IsState ? lowering.StateOf(layers[source.Layer].Name, source.Part) : values[source.Layer];
        for (int k = 0; k < layers.Count; k++)
        {
            if (!before(k))
            {
                values.Add(null);
                continue;
            }

            lowering.Layer = layers[k].Name;
            Value[] read = [.. (lowering.IsStep ? layers[k].SourcesOfStep : layers[k].Sources).Select(s => ValueOf(s)!.Value)];
            values.Add(layers[k].Lower(lowering, read[0], read.Skip(1).ToArray()));
        }

        lowering.Layer = null;
        return [.. outputs.Select(o => lowering.RowMajor(ValueOf(o)!.Value).Buffer)];
    }

    /// <summary>Cuts the sample into inputs.</summary>
    /// <param name="parts">The name of each and its shape; null for one that is not there.</param>
    public static IReadOnlyList<Value?> Inputs(Lowering lowering, Buffer sample, IReadOnlyList<(string Name, Shape? Shape)> parts)
    {
        if (parts.Count == 1)
            return [new Value(sample, parts[0].Shape!)];
        var values = new List<Value?>();
        int offset = 0;
        foreach ((string name, Shape? shape) in parts)
        {
            if (shape is null)
            {
                values.Add(null);
                continue;
            }

            Buffer part = lowering.Activation(name, "", shape.Size);
            lowering.Add(Rearrange.Take(lowering.Method(name, "Taken"), sample, part, offset));
            values.Add(new Value(part, shape));
            offset += shape.Size;
        }

        return values;
    }

    /// <summary>Puts outputs together, for inference, which writes them to the caller's memory.</summary>
    /// <param name="names">What each is called.</param>
    /// <returns>The buffer of all of them.</returns>
    public static Buffer Together(Lowering lowering, IReadOnlyList<Buffer> outputs, IReadOnlyList<string> names)
    {
        if (outputs.Count == 1 && outputs[0].Role == BufferRole.Activation)
            return outputs[0];
        if (outputs.Count == 1)
        {
            // Something has to write: neither the input nor a stream's state is the caller's memory.
            Buffer copy = lowering.Activation("copy", "", outputs[0].Size);
            lowering.Add(new Map(lowering.Method("copy"), outputs[0], copy, Map.X0, "copy"));
            return copy;
        }

        Buffer all = lowering.Activation("outputs", "", outputs.Sum(static o => o.Size));
        int offset = 0;
        for (int k = 0; k < outputs.Count; k++)
        {
            lowering.Add(Rearrange.Put(lowering.Method(names[k], "Put"), outputs[k], all, offset));
            offset += outputs[k].Size;
        }

        return all;
    }

    public static ForwardGraph Run(Network network, bool training)
    {
        var lowering = new Lowering(training);
        var input = new Buffer("input", network.Input.Size, BufferRole.Input);
        HashSet<int> fused = [.. network.Trained.Where(static o => o.Loss!.FusesActivation && o.Source.IsLayer).Select(o => Layer.EndOf(network.Layers, o.Source, static l => l.IsTransparent))];
        IReadOnlyList<Value?> inputs = Inputs(lowering, input, [.. network.Inputs.Select(static i => (i.Name, (Shape?)i.Shape))]);
        IReadOnlyList<Buffer> outputs = Run(lowering, network.Layers, inputs, network.Outputs.Select(static o => o.Source), k =>
        {
            lowering.IsFusedByLoss = fused.Contains(k);
            return true;
        });
        Buffer output = training ? outputs[0] : Together(lowering, outputs, [.. network.Outputs.Select(static o => o.Member)]);

        Dictionary<string, PlacedParameter> placed = network.Parameters.ToDictionary(static p => p.Name);
        Dictionary<string, PlacedParameter> parameters = lowering.Parameters.ToDictionary(
            static p => p.Buffer.Name, p => PartOf(placed[p.Layer + "." + p.Parameter], p));
        return new ForwardGraph(lowering.Kernels, input, outputs.Count == 1 ? [output] : outputs, output, parameters);
    }

    private static PlacedParameter PartOf(PlacedParameter whole, ParameterBuffer part) => part.Buffer.Size == whole.Parameter.Size ? whole
        : new PlacedParameter(whole.Layer, whole.Parameter with { Shape = EquatableArray.Of(part.Buffer.Size), Strides = EquatableArray.Of(1) }, whole.Offset + part.From);
}
