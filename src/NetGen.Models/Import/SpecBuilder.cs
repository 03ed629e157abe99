using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import;

/// <summary>The layers of the spec that is being made, and how values come to stand as a layer needs them.</summary>
internal sealed class SpecBuilder
{
    private readonly List<SpecLayer> _layers = [];
    private readonly Dictionary<string, SpecLayer> _known = [];
    private readonly Dictionary<SpecLayer, int> _numbers = [];
    private SpecLayer? _firstInput;

    /// <summary>In an order in which each reads what stands before it.</summary>
    public IReadOnlyList<SpecLayer> Layers => _layers;

    /// <summary>The name that the model has for what is being added; null where it has none.</summary>
    public string? Origin { get; set; }

    public SpecLayer AddInput(string name, int[] shape)
    {
        var input = new SpecLayer(SpecLayer.Input, [], shape, LayoutGroup.OfInput()) { Name = name };
        Number(input);
        _firstInput ??= input;
        return input;
    }

    /// <summary>What a layer reads that needs nothing.</summary>
    public SpecLayer FirstInput => _firstInput ?? throw new UnsupportedNodeException("it has a constant where the network has no input");

    /// <summary>A layer with parameters, or one that is not to be shared.</summary>
    public SpecLayer Add(SpecLayer layer)
    {
        if (Origin is not null)
            layer.Origins.Add(Origin);
        _layers.Add(layer);
        Number(layer);
        return layer;
    }

    /// <summary>A layer without parameters: what is computed already is not computed again.</summary>
    /// <param name="keepsAxes">The axes of what it gives are those of what it reads.</param>
    public Read Add(string kind, IReadOnlyList<Read> reads, int[] shape, bool keepsAxes, params (string Key, object Value)[] options)
    {
        string key = string.Join('|', [kind, .. reads.Select(r => $"{_numbers[r.Layer]}{r.Part}"), .. options.Select(static o => $"{o.Key}={Text(o.Value)}")]);
        if (_known.TryGetValue(key, out SpecLayer? known))
            return new Read(known);
        SpecLayer layer = Add(new SpecLayer(kind, reads, shape, keepsAxes ? GroupOf(reads[0]) : new LayoutGroup())
        {
            Options = [.. options.Select(static o => KeyValuePair.Create(o.Key, o.Value))],
        });
        _known.Add(key, layer);
        return new Read(layer);
    }

    public static LayoutGroup GroupOf(Read read) => read.Part is null ? read.Layer.Layout : new LayoutGroup();

    /// <summary>The same elements under another shape of a sample.</summary>
    /// <param name="order">What two axes must mean to the layer that reads them; null where it does not care.</param>
    /// <param name="isKnown">The compiler must know that where the layer stands, and a layer that decides it is not there.</param>
    /// <param name="decides">The layer that reads it takes nothing else.</param>
    public Read Shaped(Read read, int[] shape, AxisOrder? order = null, bool decides = false)
    {
        if (read.Shape.SequenceEqual(shape) && (shape.Length != 2 || order is null || GroupOf(read).TryDecide(order.Value, decides)))
            return read;
        // What was given another shape before is read as it was.
        while (read is { Part: null, Layer: { Kind: "reshape" or "flatten", Reads: [var before] } })
        {
            read = before;
            if (read.Shape.SequenceEqual(shape) && (shape.Length != 2 || order is null || GroupOf(read).TryDecide(order.Value, decides)))
                return read;
        }

        Read result = shape.Length == 1 ? Add("flatten", [read], shape, keepsAxes: false)
            : Add("reshape", [read], shape, keepsAxes: false, ("shape", shape));
        if (shape.Length != 2 || order is null || result.Layer.Layout.TryDecide(order.Value, decides))
            return result;
        // Another layer reads the very reshape otherwise.
        SpecLayer apart = Add(new SpecLayer("reshape", [read], shape, new LayoutGroup()) { Options = { KeyValuePair.Create("shape", (object)shape) } });
        apart.Layout.TryDecide(order.Value, decides);
        return new Read(apart);
    }

    /// <summary>What holds a value in an order of its axes, under a shape.</summary>
    /// <param name="axes">All axes of more than one element, the outermost first; others may be left out.</param>
    /// <param name="shape">As many elements as the value has.</param>
    public Read Arranged(Variable v, IReadOnlyList<int> axes, int[] shape, AxisOrder? order = null, bool decides = false)
    {
        if (v.Base is { } held)
            return Arranged(Variable.RowMajor(Flat(held), v.Dims), axes, shape, order, decides);
        if (v.Repeats)
            return Arranged(Repeated(v), axes, shape, order, decides);
        int[] wanted = [.. axes.Where(a => v.Dims[a] > 1)], memory = v.MemoryOrder;
        if (wanted.Length != memory.Length)
            throw new InvalidOperationException($"{wanted.Length} axes of {memory.Length} are arranged");
        return memory.SequenceEqual(wanted) ? Shaped(v.Source, shape, order, decides) : Shaped(Permuted(v, memory, wanted), shape, order, decides);
    }

    /// <summary>All elements as the model numbers them, as a vector.</summary>
    public Read Flat(Variable v) => Arranged(v, [.. Enumerable.Range(0, v.Dims.Length)], [Sizes.Product(v.Dims)]);

    /// <summary>A value under another shape; where no strides say that, it is the row-major order of what it was.</summary>
    public static Variable Reshaped(Variable v, int[] dims) =>
        v.Reshaped(dims) ?? new Variable(v.Source, dims, Sizes.RowMajor(dims)) { Base = v };

    /// <summary>With strides of its own, so that its axes can be exchanged or cut.</summary>
    public Variable Strided(Variable v) => v.Base is null ? v : Variable.RowMajor(Flat(v), v.Dims);

    /// <summary>Moves axes; neighbours that stay neighbours move as one.</summary>
    private Read Permuted(Variable v, int[] memory, int[] wanted)
    {
        var groups = new List<List<int>>();
        foreach (int axis in memory)
        {
            if (groups.Count > 0 && Array.IndexOf(wanted, axis) == Array.IndexOf(wanted, groups[^1][^1]) + 1)
                groups[^1].Add(axis);
            else
                groups.Add([axis]);
        }

        int[] sizes = [.. groups.Select(g => Sizes.Product(g.Select(a => v.Dims[a])))];
        int[] axes = [.. Enumerable.Range(0, groups.Count).OrderBy(g => Array.IndexOf(wanted, groups[g][0]))];
        int[] source = v.Source.Shape;
        // A shape that has the same axes, and others of 1, stays.
        if (!Sizes.AreEqual([.. source.Where(static d => d > 1)], sizes) || source.Length != sizes.Length)
            source = sizes;
        Read shaped = Shaped(v.Source, source);
        Read result = Add("permute", [shaped], [.. axes.Select(a => sizes[a])], keepsAxes: false, ("axes", axes));
        // The compiler knows what an exchange makes of a sequence, and of channels.
        if (sizes.Length == 2 && GroupOf(shaped) is { Order: { } known } group)
            result.Layer.Layout.TryDecide(known == AxisOrder.Sequence ? AxisOrder.Channels : AxisOrder.Sequence, group.IsKnown);
        return result;
    }

    /// <summary>A value that repeats along its outermost axis, carried out.</summary>
    private Variable Repeated(Variable v)
    {
        int[] repeated = [.. Enumerable.Range(0, v.Dims.Length).Where(k => v.Dims[k] > 1 && v.Strides[k] == 0)];
        int[] rest = [.. Enumerable.Range(0, v.Dims.Length).Where(k => v.Dims[k] > 1 && v.Strides[k] != 0)];
        int times = Sizes.Product(repeated.Select(k => v.Dims[k])), size = Sizes.Product(rest.Select(k => v.Dims[k]));
        int[] once = [.. v.Dims.Select((d, k) => repeated.Contains(k) ? 1 : d)];
        Read vector = Arranged(v with { Dims = once }, rest, [size]);
        Read many = Add("repeat_vector", [vector], [times, size], keepsAxes: false, ("n", times));
        many.Layer.Layout.TryDecide(AxisOrder.Sequence, decides: true);
        return Variable.InOrder(many, v.Dims, [.. repeated, .. rest]);
    }

    private void Number(SpecLayer layer) => _numbers.Add(layer, _numbers.Count);

    private static string Text(object value) => value switch
    {
        Array list => string.Join(',', list.Cast<object>().Select(Text)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
