using System;
using YamlDotNet.RepresentationModel;

namespace NetGen.Testing.Reference;

/// <content>Layers that join values, and layers that only move elements.</content>
internal sealed partial class ReferenceSpecReader
{
    private bool ReadMerge(string kind, YamlMappingNode options)
    {
        if (kind is "reduce_mean" or "reduce_sum" or "reduce_max" or "reduce_min")
        {
            Allow(options, ["name", "trainable", "axes", "keep_dims"]);
            int[] axes = Find(options, "axes") is YamlNode given ? Integers(given) : [];
            _layers.Add(new ReferenceReduce(_shape, kind, axes, Find(options, "keep_dims") is YamlNode keep && Boolean(keep)));
            return true;
        }

        if (kind is not ("add" or "subtract" or "multiply" or "divide" or "maximum" or "minimum" or "average" or "concat"))
            return false;
        Allow(options, kind == "concat" ? ["name", "trainable", "axis"] : ["name", "trainable"]);
        _layers.Add(kind switch
        {
            not "concat" => new ReferenceElementwiseMerge(_from, kind),
            _ => new ReferenceConcat(_from, Find(options, "axis") is YamlNode axis ? (Integer(axis) + _from[0].Sizes.Length) % _from[0].Sizes.Length : 0),
        });
        return true;
    }

    private bool ReadShapeLayer(string kind, YamlMappingNode options)
    {
        string? key = kind switch { "reshape" => "shape", "permute" => "axes", "zero_pad" => "padding", _ => null };
        if (key is null && kind != "flatten")
            return false;
        Allow(options, key is null ? ["name", "trainable"] : ["name", "trainable", key]);
        int[] values = key is null ? [-1] : Integers(Find(options, key)!);
        _layers.Add(kind switch
        {
            "permute" => ReferenceRearrangement.Permute(_shape, values),
            "zero_pad" => ReferenceRearrangement.ZeroPad(_shape, values),
            _ => ReferenceRearrangement.Reshape(_shape, values),
        });
        return true;
    }

    /// <summary>What depends on which axis is which is not told by two sizes alone.</summary>
    private void RequireLayout(string kind)
    {
        if (_shape.IsUndecided)
            throw new NotSupportedException($"nothing says whether {kind} reads channels or a sequence");
    }
}
