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
