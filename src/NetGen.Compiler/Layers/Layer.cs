using NetGen.Compiler.Initializers;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Shapes;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>A parameter of a layer.</summary>
/// <param name="Name">Its name within the layer: <c>weight</c>.</param>
/// <param name="Shape">As presented: <c>[out, in]</c>.</param>
/// <param name="Strides">How far apart neighbours along each presented axis are kept.</param>
/// <param name="IsTrained">The step changes it.</param>
/// <param name="IsPenalised">The l2 penalty counts it.</param>
internal sealed record Parameter(
    string Name, EquatableArray<int> Shape, EquatableArray<int> Strides, Initializer Initializer, bool IsTrained, bool IsPenalised)
{
    public int Size
    {
        get
        {
            int size = 1;
            foreach (int d in Shape)
                size *= d;
            return size;
        }
    }
}

/// <summary>A checked layer: what it computes, without positions, equal by value.</summary>
/// <param name="Name">Its name in the spec, given or by default.</param>
/// <param name="Kind">What it is called in the grammar.</param>
internal abstract record Layer(string Name, string Kind, Shape Input, Shape Output)
{
    public virtual EquatableArray<Parameter> Parameters => default;

    /// <summary>The activation that ends it, which losses fuse with; null where none does.</summary>
    public virtual Activations.Activation? LastActivation => null;

    /// <summary>It gives its input on, element by element and in the same shape.</summary>
    public virtual bool IsTransparent => false;

    /// <summary>Adds its kernels; gives back the buffer that holds its output.</summary>
    public abstract Buffer Lower(Lowering lowering, Buffer x);
}
