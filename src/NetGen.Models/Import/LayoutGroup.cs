namespace NetGen.Models.Import;

/// <summary>What the two axes of values of rank 2 mean.</summary>
internal enum AxisOrder { Sequence, Channels }

/// <summary>
/// Values of which the compiler decides together what their axes are, since they only differ by what works element by element.
/// The first layer that cares decides.
/// </summary>
internal sealed class LayoutGroup
{
    private LayoutGroup? _joined;
    private AxisOrder? _order;
    private bool _isInput, _isDecided;

    public static LayoutGroup OfInput() => new() { _isInput = true };

    /// <summary>Null while it is open.</summary>
    public AxisOrder? Order => Root._order;

    /// <summary>The compiler knows it by itself, or the spec can state it of an input.</summary>
    public bool IsKnown => Root._isDecided || Root._isInput;

    private LayoutGroup Root => _joined is null ? this : _joined.Root;

    /// <summary>Whether values can be read so; the first such reading decides.</summary>
    /// <param name="decides">A layer reads them that takes nothing else.</param>
    public bool TryDecide(AxisOrder order, bool decides)
    {
        LayoutGroup root = Root;
        if (root._order is { } known && known != order)
            return false;
        root._order = order;
        root._isDecided |= decides;
        return true;
    }

    /// <summary>Two groups become one; false where they are decided differently.</summary>
    public bool TryJoin(LayoutGroup other)
    {
        LayoutGroup a = Root, b = other.Root;
        if (a == b)
            return true;
        if (a._order is { } x && b._order is { } y && x != y)
            return false;
        a._order ??= b._order;
        a._isInput |= b._isInput;
        a._isDecided |= b._isDecided;
        b._joined = a;
        return true;
    }
}
