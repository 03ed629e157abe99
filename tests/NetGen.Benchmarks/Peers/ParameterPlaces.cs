using System.Collections.Generic;
using System.Linq;
using NetGen.Training;

namespace NetGen.Benchmarks;

/// <summary>Where each parameter of the common order lies in a generated class's buffer.</summary>
internal static class ParameterPlaces
{
    public static int[] Of(IReadOnlyList<NetworkParameter> table)
    {
        List<int> places = [];
        foreach (NetworkParameter p in table)
        {
            int length = p.Shape.Aggregate(1, (product, size) => product * size);
            for (int element = 0; element < length; element++)
            {
                int place = p.Offset, rest = element;
                for (int axis = p.Shape.Count - 1; axis >= 0; axis--)
                {
                    place += rest % p.Shape[axis] * p.Strides[axis];
                    rest /= p.Shape[axis];
                }

                places.Add(place);
            }
        }

        return [.. places];
    }
}
