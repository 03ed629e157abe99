using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Initializers;
using NetGen.Compiler.Text;

namespace NetGen.Compiler.Layers;

/// <summary>
/// What layers that normalize have in common: whether they scale and shift what they have normalized, and whether a step changes by how much.
/// </summary>
/// <param name="Scales">There is a weight.</param>
/// <param name="Centers">There is a bias.</param>
internal sealed record NormOptions(bool Scales, bool Centers, bool TrainsWeight, bool TrainsBias)
{
    /// <summary>Reads <c>scale</c>, <c>center</c> and <c>trainable</c>.</summary>
    /// <param name="hasCenter">It has that key.</param>
    public static NormOptions Read(LayerBinder b, bool hasCenter = true)
    {
        bool scales = b.Options.Boolean("scale", true), centers = hasCenter && b.Options.Boolean("center", true);
        var absent = new List<(string, string)>();
        if (!scales)
            absent.Add(("weight", "scale: false"));
        if (hasCenter && !centers)
            absent.Add(("bias", "center: false"));
        EquatableArray<string> trained = b.ReadTrainable([.. absent]);
        return new NormOptions(scales, centers, trained.Contains("weight"), trained.Contains("bias"));
    }

    /// <summary>A weight that begins as 1 and a bias that begins as 0, of each channel.</summary>
    public EquatableArray<Parameter> Parameters(int channels)
    {
        Parameter Of(string name, float start, bool isTrained) =>
            new(name, EquatableArray.Of(channels), EquatableArray.Of(1), new ConstantInitializer(start), isTrained, IsPenalised: false);
        var parameters = new List<Parameter>();
        if (Scales)
            parameters.Add(Of("weight", 1, TrainsWeight));
        if (Centers)
            parameters.Add(Of("bias", 0, TrainsBias));
        return parameters.ToEquatable();
    }
}
