using System;
using System.Linq;

namespace NetGen.Models.Nam;

/// <summary>All weights of a model in one list, from which layers take theirs in turn.</summary>
internal sealed class NamWeights(float[] values)
{
    private int _at;

    /// <summary>The next numbers.</summary>
    public float[] Take(params ReadOnlySpan<int> shape)
    {
        long count = 1;
        foreach (int size in shape)
            count *= size;
        if (count > values.Length - _at)
            throw new ImportException($"it has {values.Length} weights, fewer than its configuration takes; the file is damaged, or of another architecture.");
        float[] taken = values.AsSpan(_at, (int)count).ToArray();
        _at += (int)count;
        return taken;
    }

    public void CheckEnd()
    {
        if (_at < values.Length)
            throw new ImportException($"it has {values.Length} weights, but its configuration takes {_at}; the file is damaged, or of another architecture.");
    }
}
