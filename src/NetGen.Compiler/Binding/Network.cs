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
/// <param name="Loss">Null for a network that is only evaluated.</param>
/// <param name="L2">λ of the penalty λ sum w².</param>
/// <param name="Seed">Of the initial weights and of dropout.</param>
internal sealed record Network(
    Shape Input, EquatableArray<Layer> Layers, Loss? Loss, Optimizer Optimizer, float L2, int Seed, Unroll Unroll)
{
    /// <summary>The weights that are compiled in, if any are.</summary>
    public WeightsOption? Weights { get; init; }

    public Shape Output => Layers[Layers.Count - 1].Output;

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
}

/// <summary>A parameter and where it begins in the parameter buffer.</summary>
internal readonly record struct PlacedParameter(Layer Layer, Parameter Parameter, int Offset)
{
    public string Name => Layer.Name + "." + Parameter.Name;
}
