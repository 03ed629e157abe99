using System;
using YamlDotNet.RepresentationModel;

namespace NetGen.Reference;

/// <content>What losses take beside their names.</content>
internal sealed partial class ReferenceSpecReader
{
    private (ReferenceLoss Loss, int? Ignored) ReadLossOptions(ReferenceLoss loss, bool readsLogits, YamlNode node)
    {
        (string kind, YamlNode? value) = KindAndValue(node);
        YamlMappingNode options = Options(kind, value);
        double smoothing = Find(options, "label_smoothing") is YamlNode share ? Number(share) : 0;
        double[] positive = Find(options, "pos_weight") is YamlNode p ? Numbers(p) : [], classes = Find(options, "class_weight") is YamlNode c ? Numbers(c) : [];
        int? ignored = Find(options, "ignore_label") is YamlNode label ? Integer(label) : null;
        if (kind.StartsWith("binary", StringComparison.Ordinal) && (smoothing > 0 || positive.Length > 0))
            loss = new WeightedBinaryCrossEntropy(_shape, smoothing, positive.Length == 0 ? [1] : positive, onLogits: readsLogits || kind == "binary_cross_entropy_with_logits");
        else if (smoothing > 0 || classes.Length > 0)
            loss = new ReweightedTargets(loss, _shape, smoothing, classes);
        return (Find(options, "weight") is YamlNode weight ? new WeightedLoss(loss, Number(weight)) : loss, ignored);
    }
}
