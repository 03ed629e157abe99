using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Weights;

namespace NetGen.Training.Loop;

/// <summary>
/// Parameters that keep their values. Their gradients are 0, so that clipping does not count them; and since momentum, weight decay and running
/// statistics would move them nevertheless, they get their values back after each step.
/// </summary>
internal sealed class FrozenParameters
{
    private readonly int[] places;
    private readonly float[] values;

    /// <param name="table">The network's parameters.</param>
    /// <param name="names">Names of layers and of parameters.</param>
    public FrozenParameters(IReadOnlyList<NetworkParameter> table, IReadOnlyList<string> names)
    {
        var all = new List<int>();
        foreach (NetworkParameter parameter in table)
        {
            if (!names.Any(name => Covers(name, parameter.Name)))
                continue;

            var walk = new StridedWalk(new ParameterPlace(parameter.Name, parameter.Shape, parameter.Offset, parameter.Strides));
            for (long i = 0; i < walk.Count; i++)
                all.Add(walk.Next());
        }

        all.Sort(); // in the order of memory
        places = [.. all];
        values = new float[places.Length];
    }

    /// <summary>Nothing is frozen.</summary>
    public bool IsEmpty => places.Length == 0;

    /// <summary>Whether a name of a layer or parameter means this parameter.</summary>
    public static bool Covers(string name, string parameter) =>
        parameter.StartsWith(name, StringComparison.Ordinal) && (parameter.Length == name.Length || parameter[name.Length] == '.');

    /// <summary>Takes the values that they keep.</summary>
    public void Take(ReadOnlySpan<float> parameters)
    {
        for (int i = 0; i < places.Length; i++)
            values[i] = parameters[places[i]];
    }

    /// <summary>Makes their gradients 0.</summary>
    public void Clear(Span<float> gradients)
    {
        foreach (int place in places)
            gradients[place] = 0;
    }

    /// <summary>Gives them their values back.</summary>
    public void Restore(Span<float> parameters)
    {
        for (int i = 0; i < places.Length; i++)
            parameters[places[i]] = values[i];
    }
}
