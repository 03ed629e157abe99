using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Optimizers;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Binding;

/// <summary>How far the code is unrolled.</summary>
internal enum Unroll { Auto, Full, None }

/// <summary>A checked network: every layer bound, every shape known. No positions; equal by value.</summary>
/// <param name="Inputs">What a sample is made of, back to back.</param>
/// <param name="Outputs">What the output of a sample is made of, back to back.</param>
/// <param name="L2">λ of the penalty λ sum w².</param>
/// <param name="Seed">Of the initial weights and of dropout.</param>
internal sealed record Network(
    EquatableArray<InputPart> Inputs, EquatableArray<Layer> Layers, EquatableArray<OutputPart> Outputs, Optimizer Optimizer, float L2, int Seed, Unroll Unroll)
{
    /// <summary>The weights that are compiled in, if any are.</summary>
    public WeightsOption? Weights { get; init; }

    /// <summary>The inputs have names, which <c>inputs</c> gives them.</summary>
    public bool NamesInputs { get; init; }

    /// <summary>The outputs are those that <c>outputs</c> names.</summary>
    public bool NamesOutputs { get; init; }

    /// <summary>The parts of a sample, or of its output, have names: there are members that take them one by one.</summary>
    public bool HasParts => NamesInputs || NamesOutputs;

    /// <summary>Of a sample as a whole: of several inputs, all of their elements.</summary>
    public Shape Input => Inputs.Count == 1 ? Inputs[0].Shape : Shape.Vector(Inputs.Sum(static i => i.Shape.Size));

    /// <summary>The same of its output.</summary>
    public Shape Output => Outputs.Count == 1 ? Outputs[0].Shape : Shape.Vector(Outputs.Sum(static o => o.Shape.Size));

    /// <summary>The outputs that have a loss: targets are made of one for each of these.</summary>
    public IEnumerable<OutputPart> Trained => Outputs.Where(static o => o.Loss is not null);

    /// <summary>Floats of one sample's targets.</summary>
    public int TargetSize => Trained.Sum(static o => o.Shape.Size);

    /// <summary>The loss, or the first of several; null for a network that is only evaluated.</summary>
    public Loss? Loss => Trained.FirstOrDefault()?.Loss;

    /// <summary>The losses, as people read them: <c>cross_entropy</c>, or <c>cross_entropy of policy and mean_squared_error of value</c>.</summary>
    public string LossText => Outputs.Count == 1 ? Loss?.Kind ?? "" : string.Join(" and ", Trained.Select(static o => $"{o.Loss!.Kind} of {o.Name}"));

    /// <summary>The constant of the generated class that says how many floats one sample's targets are.</summary>
    public string TargetSizeName => NamesOutputs ? "TargetSize" : "OutputSize";

    /// <summary>Every loss.</summary>
    public IEnumerable<Loss> Losses => Trained.Select(static o => o.Loss!);

    /// <summary>Every parameter with the layer that has it and its place in the parameter buffer, in the order of the layers.</summary>
    public IEnumerable<PlacedParameter> Parameters
    {
        get
        {
            int offset = 0;
            foreach (Layer layer in Layers)
            {
                foreach (Parameter parameter in layer.Parameters)
                {
                    yield return new PlacedParameter(layer, parameter, offset);
                    offset += parameter.Size;
                }
            }
        }
    }

    public int ParameterCount => Parameters.Sum(static p => p.Parameter.Size);

    /// <summary>What an output ends in.</summary>
    public NetworkEnd EndOf(OutputPart output) => NetworkEnd.Of(Layers, output.Name, output.Source, NamesOutputs);

    /// <summary>The shape of what a layer reads, or the network gives.</summary>
    public Shape ShapeOf(ValueSource source) => source.IsInput ? Inputs[source.Part].Shape : Layers[source.Layer].ShapeOf(source.Part);
}

/// <summary>An input of a network.</summary>
/// <param name="Name">What <c>from</c> calls it.</param>
/// <param name="Member">What generated members call it, in PascalCase and unlike the others.</param>
/// <param name="Offset">Where it begins in a sample.</param>
internal sealed record InputPart(string Name, string Member, Shape Shape, int Offset);

/// <summary>An output of a network.</summary>
/// <param name="Name">That of the layer, or of a recurrent layer's state, <c>gru_1.h</c>.</param>
/// <param name="Member">What generated members call it, in PascalCase and unlike the others: <c>Gru1H</c>.</param>
/// <param name="Offset">Where it begins in the output of a sample.</param>
/// <param name="Loss">Null where it is not trained.</param>
internal sealed record OutputPart(string Name, string Member, ValueSource Source, Shape Shape, int Offset, Loss? Loss);

/// <summary>A parameter and where it begins in the parameter buffer.</summary>
internal readonly record struct PlacedParameter(Layer Layer, Parameter Parameter, int Offset)
{
    public string Name => Layer.Name + "." + Parameter.Name;
}
