using YamlDotNet.RepresentationModel;

namespace NetGen.Testing.Reference;

/// <content>Normalisation.</content>
internal sealed partial class ReferenceSpecReader
{
    private bool ReadNorm(string kind, string name, YamlMappingNode options)
    {
        if (kind is not ("layer_norm" or "rms_norm" or "batch_norm"))
            return false;
        Allow(options, kind == "batch_norm" ? ["name", "trainable", "epsilon", "momentum"] : ["name", "trainable", "epsilon"]);
        double epsilon = Find(options, "epsilon") is YamlNode given ? Number(given) : 1e-5f;
        YamlNode? trainable = Find(options, "trainable");
        if (kind == "batch_norm")
        {
            ReadBatchNorm(name, options, epsilon, trainable);
            return true;
        }

        int[] shape = [_shape.Sizes[^1]];
        double[] weight = AddParameter(name, "weight", shape, trainable, isPenalized: false);
        double[]? bias = kind == "layer_norm" ? AddParameter(name, "bias", shape, trainable) : null;
        _layers.Add(new ReferenceNormalization(name, _shape, epsilon, weight, bias));
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
    private void ReadBatchNorm(string name, YamlMappingNode options, double epsilon, YamlNode? trainable)
    {
        RequireLayout("batch_norm");
        bool isFrozen = trainable is YamlScalarNode && !Boolean(trainable);
        double? momentum = isFrozen ? null : Find(options, "momentum") is YamlNode given ? Number(given) : 0.1f;
        int[] shape = [_shape.Features];
        double[] weight = AddParameter(name, "weight", shape, trainable, isPenalized: false), bias = AddParameter(name, "bias", shape, trainable);
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
