using System.Collections.Generic;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Shapes;

namespace NetGen.Compiler.Binding;

/// <summary>
/// What an undecided value is, once a layer has read it as a sequence or as channels. Values that only differ by elementwise layers, or by an exchange of
/// their axes, are decided together. (A union-find, in which each link may exchange the axes.)
/// </summary>
internal sealed class LayoutDecisions
{
    private readonly Dictionary<ValueSource, (ValueSource Parent, bool Exchanged)> _links = [];
    private readonly Dictionary<ValueSource, (Layout Layout, string By)> _decisions = [];

    /// <summary>The layout of the value at a place and the layer that reads it so; null where none has.</summary>
    public (Layout Layout, string By)? Of(ValueSource place)
    {
        (ValueSource root, bool exchanged) = Find(place);
        return _decisions.TryGetValue(root, out (Layout Layout, string By) known) ? (Of(known.Layout, exchanged), known.By) : null;
    }

    /// <summary>A layer reads the value at a place in a layout. The first decides.</summary>
    public void Decide(ValueSource place, Layout layout, string by)
    {
        (ValueSource root, bool exchanged) = Find(place);
        if (!_decisions.ContainsKey(root))
            _decisions[root] = (Of(layout, exchanged), by);
    }

    /// <summary>Two values have the same axes, or the same exchanged.</summary>
    public void Join(ValueSource one, ValueSource other, bool exchanged)
    {
        (ValueSource a, bool ofA) = Find(one);
        (ValueSource b, bool ofB) = Find(other);
        if (a == b)
            return;
        bool turned = exchanged ^ ofA ^ ofB;
        _links[b] = (a, turned);
        if (_decisions.TryGetValue(b, out (Layout Layout, string By) known) && !_decisions.ContainsKey(a))
            _decisions[a] = (Of(known.Layout, turned), known.By);
    }

    public bool AreJoined(ValueSource one, ValueSource other) => Find(one).Root == Find(other).Root;

    private (ValueSource Root, bool Exchanged) Find(ValueSource place)
    {
        ValueSource root = place;
        bool exchanged = false;
        while (_links.TryGetValue(root, out (ValueSource Parent, bool Exchanged) link))
        {
            root = link.Parent;
            exchanged ^= link.Exchanged;
        }

        // The next one that asks finds it at once.
        if (root != place)
            _links[place] = (root, exchanged);
        return (root, exchanged);
    }

    private static Layout Of(Layout layout, bool exchanged) => !exchanged ? layout : layout == Layout.Sequence ? Layout.Channels : Layout.Sequence;
}
