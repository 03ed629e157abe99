using System;
using NetGen.Compiler.Loops;

namespace NetGen.Compiler.Dialects;

/// <summary>
/// Is told, while a kernel is printed over portable vectors, what it asks of them: how many neighbours fill a vector, and whether there is something in it for
/// which those have no form.
/// </summary>
internal sealed class PortableForm
{
    private int _fewest = int.MaxValue;

    /// <summary>False where the kernel stays one over numbers.</summary>
    public bool IsPossible { get; private set; } = true;

    /// <summary>What has to hold where the code runs.</summary>
    public string Condition => FormattableString.Invariant($"{PortableLanes.Class}.{PortableLanes.Fit}({(_fewest == int.MaxValue ? "" : _fewest)})");

    /// <summary>Vectors are of so many neighbours at most.</summary>
    public void Fill(int count)
    {
        // No processor has vectors that these would fill.
        if (count < VectorCode.FewestLanes)
            Refuse();
        _fewest = Math.Min(_fewest, count);
    }

    public void Refuse() => IsPossible = false;
}
