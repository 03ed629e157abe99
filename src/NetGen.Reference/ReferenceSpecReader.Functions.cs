using System;
using YamlDotNet.RepresentationModel;

namespace NetGen.Reference;

/// <content>Elementwise functions with constants.</content>
internal sealed partial class ReferenceSpecReader
{
    private bool ReadFunction(string kind, YamlMappingNode options)
    {
        if (kind == "clip")
        {
            Allow(options, ["name", "trainable", "min", "max"]);
            double min = Find(options, "min") is YamlNode least ? Number(least) : double.NegativeInfinity;
            double max = Find(options, "max") is YamlNode most ? Number(most) : double.PositiveInfinity;
            _layers.Add(new ReferenceElementwise(_shape, new(x => Math.Min(Math.Max(x, min), max), x => x >= min && x <= max ? 1 : 0), kind));
            return true;
        }

        if (kind != "power")
            return false;
        Allow(options, ["name", "trainable", "exponent"]);
        double exponent = Number(Find(options, "exponent")!);
        _layers.Add(new ReferenceElementwise(_shape, new(x => Math.Pow(x, exponent), x => exponent * Math.Pow(x, exponent - 1)), kind));
        return true;
    }
}
