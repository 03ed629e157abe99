using NetGen.Models.Weights;

namespace NetGen.Models.Pickle;

/// <summary>How much a file may ask for: what is small may name what is large again and again.</summary>
internal sealed class Budget(long most, string what)
{
    private readonly long _most = most;
    private long _left = most;

    public void Spend(long count)
    {
        if ((_left -= count) < 0)
            throw new TensorFileException($"{what}, more than {_most}; that is no file of weights, or a damaged one.");
    }
}
