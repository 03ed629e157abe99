using System;
using YamlDotNet.RepresentationModel;

namespace NetGen.Reference;

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
        string[]? keys = kind switch
        {
            "flatten" or "reverse" => [],
            "reshape" => ["shape"],
            "permute" => ["axes"],
            "zero_pad" => ["padding"],
            "pad" => ["padding", "mode", "value"],
            "slice" => ["axis", "start", "stop", "step"],
            "repeat_vector" => ["n"],
            "pixel_shuffle" or "pixel_unshuffle" => ["factor"],
            "upsample1d" or "upsample2d" => ["size", "interpolation"],
            _ => null,
        };
        if (keys is null)
            return false;
        Allow(options, ["name", "trainable", .. keys]);
        int[] Values(string key) => Integers(Find(options, key)!);
        int? Value(string key) => Find(options, key) is YamlNode given ? Integer(given) : null;
        string? Word(string key) => Find(options, key) is YamlNode given ? Text(given) : null;
        if (kind is "pixel_shuffle" or "pixel_unshuffle" || kind.StartsWith("upsample", StringComparison.Ordinal))
            DecideForChannels(kind, kind == "upsample1d" ? 1 : 2);
        _layers.Add(kind switch
        {
            "permute" => ReferenceRearrangement.Permute(_shape, Values("axes")),
            "zero_pad" => ReferenceRearrangement.Pad(_shape, Values("padding"), "constant", 0),
            "pad" => ReferenceRearrangement.Pad(_shape, Values("padding"), Word("mode") ?? "constant", Find(options, "value") is YamlNode value ? Number(value) : 0),
            "slice" => ReferenceRearrangement.Slice(_shape, Value("axis") ?? 0, Value("start"), Value("stop"), Value("step") ?? 1),
            "reverse" => ReferenceRearrangement.Reverse(_shape),
            "repeat_vector" => ReferenceRearrangement.Repeat(_shape, Value("n")!.Value),
            "pixel_shuffle" or "pixel_unshuffle" => ReferenceRearrangement.PixelShuffle(_shape, Value("factor")!.Value, kind == "pixel_unshuffle"),
            "upsample1d" or "upsample2d" => new ReferenceUpsampling(_shape, PerAxis(options, "size", _shape.Rank - 1) ?? Each(_shape.Rank - 1, 2), Word("interpolation") is "linear" or "bilinear"),
            _ => ReferenceRearrangement.Reshape(_shape, kind == "flatten" ? [-1] : Values("shape")),
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
