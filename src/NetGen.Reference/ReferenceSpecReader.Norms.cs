using YamlDotNet.RepresentationModel;

namespace NetGen.Reference;

/// <content>Normalisation.</content>
internal sealed partial class ReferenceSpecReader
{
    private bool ReadNorm(string kind, string name, YamlMappingNode options)
    {
        if (kind is not ("layer_norm" or "rms_norm" or "batch_norm" or "group_norm" or "instance_norm"))
            return false;
        string[] own = kind switch { "batch_norm" => ["momentum", "center"], "group_norm" => ["groups", "center"], "rms_norm" => [], _ => ["center"] };
        Allow(options, ["name", "trainable", "epsilon", "scale", .. own]);
        bool scales = Find(options, "scale") is not YamlNode scale || Boolean(scale);
        bool centers = kind != "rms_norm" && (Find(options, "center") is not YamlNode center || Boolean(center));
        double epsilon = Find(options, "epsilon") is YamlNode given ? Number(given) : 1e-5f;
        YamlNode? trainable = Find(options, "trainable");
        if (kind == "batch_norm")
        {
            ReadBatchNorm(name, options, epsilon, trainable, scales, centers);
            return true;
        }

        bool isGrouped = kind is "group_norm" or "instance_norm";
        if (isGrouped)
            RequireLayout(kind);
        int[] shape = [isGrouped ? _shape.Features : _shape.Sizes[^1]];
        double[]? weight = scales ? AddParameter(name, "weight", shape, trainable, isPenalized: false) : null;
        double[]? bias = centers ? AddParameter(name, "bias", shape, trainable) : null;
        if (isGrouped)
            _layers.Add(new ReferenceGroupNorm(name, _shape, kind == "instance_norm" ? shape[0] : Integer(Find(options, "groups")!), epsilon, weight, bias));
        else
            _layers.Add(new ReferenceNormalization(name, _shape, epsilon, kind == "layer_norm", weight, bias));
        return true;
    }

    /// <summary>What a spec states, else 0 and 1, are the initial values of parameters that no step changes.</summary>
    private bool ReadStandardization(string kind, string name, YamlMappingNode options)
    {
        if (kind == "rescaling")
        {
            Allow(options, ["name", "trainable", "scale", "offset"]);
            _layers.Add(new ReferenceRescaling(_shape, Number(Find(options, "scale")!), Find(options, "offset") is YamlNode offset ? Number(offset) : 0));
            return true;
        }

        if (kind != "normalization")
            return false;
        Allow(options, ["name", "mean", "variance"]);
        RequireLayout(kind);
        _layers.Add(new ReferenceStandardization(_shape, Add("mean", 0), Add("variance", 1)));
        return true;

        double[] Add(string key, double @default)
        {
            ReferenceParameter p = new($"{name}.{key}", [_shape.Features], false, false);
            _parameters.Add(p);
            double[] given = Find(options, key) is YamlNode stated ? Numbers(stated) : [@default];
            double[] values = _values[p.Name] = new double[p.Length];
            for (int k = 0; k < values.Length; k++)
                values[k] = given[given.Length == 1 ? 0 : k];
            return values;
        }
    }

    /// <summary>Running statistics move unless <c>trainable</c> is false: a list says only which of weight and bias are trained.</summary>
    private void ReadBatchNorm(string name, YamlMappingNode options, double epsilon, YamlNode? trainable, bool scales, bool centers)
    {
        RequireLayout("batch_norm");
        bool isFrozen = trainable is YamlScalarNode && !Boolean(trainable);
        double? momentum = isFrozen ? null : Find(options, "momentum") is YamlNode given ? Number(given) : 0.1f;
        int[] shape = [_shape.Features];
        double[]? weight = scales ? AddParameter(name, "weight", shape, trainable, isPenalized: false) : null,
            bias = centers ? AddParameter(name, "bias", shape, trainable) : null;
        double[] mean = AddStatistic("running_mean"), variance = AddStatistic("running_var");
        _layers.Add(new ReferenceBatchNorm(name, _shape, epsilon, isFrozen, weight, bias, mean, variance));

        double[] AddStatistic(string parameter)
        {
            ReferenceParameter p = new($"{name}.{parameter}", shape, false, false) { IsStatistic = true, Momentum = momentum };
            _parameters.Add(p);
            return _values[p.Name] = new double[p.Length];
        }
    }
}
