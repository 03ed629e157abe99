using System;
using System.Collections.Generic;
using System.Linq;

namespace NetGen.Reference;

/// <summary>
/// Channels with longer axes. Output o of an axis that becomes s times as long looks at (o + 1/2) / s - 1/2 of the input: at the nearest place, or at the two
/// around it by their distances, those outside being the outermost.
/// </summary>
internal sealed class ReferenceUpsampling : ReferenceLayer
{
    private readonly List<(int Output, int Input, double Share)> _shares = [];

    public ReferenceUpsampling(ReferenceShape input, int[] sizes, bool isLinear)
        : base(input.WithSizes([input.Sizes[0], .. sizes.Select((s, a) => s * input.Sizes[a + 1])]))
    {
        for (int output = 0; output < Output.Length; output++)
        {
            // Each axis gives one place or two; together they are all pairs of them.
            List<(int Place, double Share)> places = [(output / (Output.Length / Output.Sizes[0]), 1)];
            int inner = Output.Length / Output.Sizes[0];
            for (int axis = 1; axis < Output.Rank; axis++)
            {
                inner /= Output.Sizes[axis];
                int size = input.Sizes[axis];
                (int Place, double Share)[] seen = [.. Seen(output / inner % Output.Sizes[axis], sizes[axis - 1], size, isLinear)];
                places = [.. from p in places from s in seen select ((p.Place * size) + s.Place, p.Share * s.Share)];
            }

            _shares.AddRange(places.Select(p => (output, p.Place, p.Share)));
        }
    }

    private static IEnumerable<(int Place, double Share)> Seen(int output, int factor, int size, bool isLinear)
    {
        double at = ((output + 0.5) / factor) - 0.5;
        if (!isLinear)
            return [((int)Math.Floor((output + 0.5) / factor), 1)];
        int below = (int)Math.Floor(at);
        double share = at - below;
        return [(Math.Clamp(below, 0, size - 1), 1 - share), (Math.Clamp(below + 1, 0, size - 1), share)];
    }

    public override double[] Forward(double[] x, ReferencePass pass)
    {
        double[] y = new double[Output.Length];
        foreach ((int output, int input, double share) in _shares)
            y[output] += share * x[input];
        return y;
    }

    public override double[] Backward(double[] x, double[] dy, ReferencePass pass)
    {
        double[] dx = new double[x.Length];
        foreach ((int output, int input, double share) in _shares)
            dx[input] += share * dy[output];
        return dx;
    }
}
