using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Models.Graphs;

namespace NetGen.Models.Import.Operators;

/// <summary>Norms.</summary>
internal static class Norms
{
    public static IEnumerable<(string, Action<OperatorContext>)> All =>
        [("BatchNormalization", Batch), ("InstanceNormalization", Instance), ("GroupNormalization", Group), ("LayerNormalization", OverLast),
         ("RMSNormalization", static c => c.Give(Last(c, c.Variable(0), "rms_norm", c.Node.Integer("axis", -1), c.Node.Number("epsilon", 1e-5), c.Optional(1, "scale"), null)))];

    /// <summary>A norm over the last axes of a value.</summary>
    public static Variable Last(OperatorContext c, Variable x, string kind, long firstAxis, double epsilon, Constant? scale, Constant? bias)
    {
        int rank = x.Dims.Length, axis = Sizes.Axis(firstAxis, rank);
        int count = Sizes.Product(x.Dims.Skip(axis)), rows = Sizes.Product(x.Dims.Take(axis));
        int[] all = [.. Enumerable.Range(0, rank)];
        Read source = rows == 1 ? c.Spec.Arranged(x, all, [count]) : c.Spec.Arranged(x, all, [rows, count], AxisOrder.Sequence);
        var layer = new SpecLayer(kind, [source], source.Shape, SpecBuilder.GroupOf(source));
        SetEpsilon(layer, epsilon);
        Parameter(layer, "weight", scale, count, "scale");
        if (kind != "rms_norm")
            Parameter(layer, "bias", bias, count, "center");
        return Variable.RowMajor(new Read(c.Spec.Add(layer)), x.Dims);
    }

    /// <summary>Where it is not the usual one.</summary>
    public static void SetEpsilon(SpecLayer layer, double epsilon)
    {
        if ((float)epsilon != 1e-5f)
            layer.Set("epsilon", epsilon);
    }

    private static void Parameter(SpecLayer layer, string name, Constant? values, int count, string key)
    {
        if (values is null || (values.IsUniform && values.Values[0] == (name == "weight" ? 1 : 0) && values.Name is null))
            layer.Set(key, false);
        else if (values.Count == count || values.Count == 1)
        {
            layer.SetParameter(new NamedTensor(name, [count], values.Count == count ? values.Floats : [.. Enumerable.Repeat((float)values.Values[0], count)]));
            Conv.AddOrigin(layer, values);
        }
        else
            throw new UnsupportedNodeException($"its {name} has {values.Count} elements for {count}");
    }

    /// <summary>The value with its channels first, or as a vector of them.</summary>
    private static Read Channels(OperatorContext c, Variable x)
    {
        if (x.Dims.Length < 2 || x.Dims[0] != 1)
            throw new UnsupportedNodeException($"it reads {Sizes.Text(x.Dims)}, whose second axis should be the channels of one sample");
        int[] shape = x.Dims.Skip(2).All(static d => d == 1) && x.Dims.Length < 4 ? [x.Dims[1]] : [.. x.Dims.Skip(1)];
        Read read = c.Spec.Arranged(x, [.. Enumerable.Range(1, x.Dims.Length - 1)], shape, AxisOrder.Channels);
        // Nothing says that these are channels with a length: with a second axis of 1, there is no doubt.
        return shape.Length != 2 || SpecBuilder.GroupOf(read).IsKnown ? read : c.Spec.Arranged(x, [1, 2], [.. shape, 1]);
    }

    private static void Give(OperatorContext c, SpecLayer layer) => c.Give(Variable.RowMajor(new Read(c.Spec.Add(layer)), c.Variable(0).Dims));

    private static void Batch(OperatorContext c)
    {
        if (c.Node.Integer("training_mode", 0) != 0)
            throw new UnsupportedNodeException("it is in training mode; export the model for inference (model.eval())");
        Read source = Channels(c, c.Variable(0));
        int channels = source.Shape[0];
        var layer = new SpecLayer("batch_norm", [source], source.Shape, SpecBuilder.GroupOf(source));
        SetEpsilon(layer, c.Node.Number("epsilon", 1e-5));
        if (c.Node.Has("momentum"))
        {
            double share = Math.Round(1 - c.Node.Number("momentum", 0.9), 6);
            if (share != 0.1)
                layer.Set("momentum", share);
        }

        foreach ((int input, string what) in new[] { (1, "weight"), (2, "bias"), (3, "running_mean"), (4, "running_var") })
        {
            Constant values = c.Constant(input, what);
            if (values.Count != channels)
                throw new UnsupportedNodeException($"its {what} has {values.Count} elements for {channels} channels");
            layer.SetParameter(new NamedTensor(what, [channels], values.Floats));
            Conv.AddOrigin(layer, values);
        }

        Give(c, layer);
    }

    private static void Instance(OperatorContext c)
    {
        Read source = Channels(c, c.Variable(0));
        var layer = new SpecLayer("instance_norm", [source], source.Shape, SpecBuilder.GroupOf(source));
        SetEpsilon(layer, c.Node.Number("epsilon", 1e-5));
        Parameter(layer, "weight", c.Constant(1, "scale"), source.Shape[0], "scale");
        Parameter(layer, "bias", c.Constant(2, "bias"), source.Shape[0], "center");
        Give(c, layer);
    }

    private static void Group(OperatorContext c)
    {
        Read source = Channels(c, c.Variable(0));
        int channels = source.Shape[0], groups = (int)c.Node.Integer("num_groups", 1);
        // In set 18 there was one number for each group.
        Constant Wide(Constant values) => values.Count == channels ? values
            : values.Count == groups ? new Constant([channels], [.. Enumerable.Range(0, channels).Select(k => values.Values[k / (channels / groups)])], ElementKind.Float)
            : throw new UnsupportedNodeException($"it has {values.Count} numbers for {channels} channels");
        var layer = new SpecLayer("group_norm", [source], source.Shape, SpecBuilder.GroupOf(source));
        layer.Set("groups", groups);
        SetEpsilon(layer, c.Node.Number("epsilon", 1e-5));
        Parameter(layer, "weight", Wide(c.Constant(1, "scale")), channels, "scale");
        Parameter(layer, "bias", Wide(c.Constant(2, "bias")), channels, "center");
        Give(c, layer);
    }

    private static void OverLast(OperatorContext c)
    {
        if (c.IsUsed(1) || c.IsUsed(2))
            throw new UnsupportedNodeException("its mean or its deviation is read");
        c.Give(Last(c, c.Variable(0), "layer_norm", c.Node.Integer("axis", -1), c.Node.Number("epsilon", 1e-5), c.Optional(1, "scale"), c.Optional(2, "bias")));
    }
}
