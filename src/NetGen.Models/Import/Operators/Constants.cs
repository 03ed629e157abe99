using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import.Operators;

/// <summary>Constants that a network needs as values of their own: a dense layer whose weight is 0, so that its bias alone is left.</summary>
internal static class Constants
{
    public static Variable Layer(OperatorContext c, Constant constant)
    {
        // Any value will do, and the first one of an input costs nothing.
        SpecLayer input = c.Spec.FirstInput;
        int size = Sizes.Product(input.Shape);
        Read vector = c.Spec.Shaped(new Read(input), [size]);
        Read first = size == 1 ? vector : c.Spec.Add("slice", [vector], [1], keepsAxes: false, ("stop", 1));
        var layer = new SpecLayer("dense", [first], [constant.Count], new LayoutGroup())
        {
            Options = { KeyValuePair.Create("units", (object)constant.Count) },
            Parameters = { new NamedTensor("weight", [constant.Count, 1], new float[constant.Count]), new NamedTensor("bias", [constant.Count], constant.Floats) },
            Comment = "a constant of the model: its weight is 0",
        };
        if (constant.Name is not null)
            layer.Origins.Add(constant.Name);
        return Variable.RowMajor(new Read(c.Spec.Add(layer)), constant.Shape);
    }
}
