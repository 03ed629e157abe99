using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Training;

namespace NetGen.Cli.Verify;

/// <summary>Parameters between the buffer of generated code and the arrays that the reference has, row-major as presented.</summary>
internal static class ParameterValues
{
    /// <summary>The elements of a parameter.</summary>
    public static double[] Of(NetworkParameter parameter, ReadOnlySpan<float> buffer)
    {
        double[] values = new double[Size(parameter)];
        for (int i = 0; i < values.Length; i++)
            values[i] = buffer[PlaceOf(parameter, i)];
        return values;
    }

    /// <summary>Draws what a new network has one number for, as biases and running statistics, so that they count too: numbers around it.</summary>
    public static void Spread(IReadOnlyList<NetworkParameter> table, Span<float> buffer, int seed)
    {
        var random = new Random(seed);
        foreach (NetworkParameter parameter in table)
        {
            double[] values = Of(parameter, buffer);
            if (values.Any(v => v != values[0]))
                continue;
            for (int i = 0; i < values.Length; i++)
            {
                double part = 0.25 * (2 * random.NextDouble() - 1);
                buffer[PlaceOf(parameter, i)] = (float)(values[0] == 0 ? part : values[0] * (1 + part));
            }
        }
    }

    public static int Size(NetworkParameter parameter) => parameter.Shape.Aggregate(1, static (product, size) => product * size);

    private static int PlaceOf(NetworkParameter parameter, int element)
    {
        int place = parameter.Offset;
        for (int axis = parameter.Shape.Count - 1; axis >= 0; axis--)
        {
            place += element % parameter.Shape[axis] * parameter.Strides[axis];
            element /= parameter.Shape[axis];
        }

        return place;
    }
}
