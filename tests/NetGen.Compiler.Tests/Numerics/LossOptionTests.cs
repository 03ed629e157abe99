using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>What losses take: weight, label_smoothing, class_weight, pos_weight and ignore_label; of targets and of labels, of one sample, in lanes and in blocks.</summary>
public abstract class LossOptionTests(string target)
{
    private const string Tiny = "{ input: 3, layers: [dense: { units: 5, activation: tanh }, dense: 4], ", Blocks = "{ input: 20, layers: [dense: { units: 33, activation: tanh }, dense: 19], ";
    private const string Sequence = "{ input: { shape: [5, 3], layout: sequence }, layers: [dense: 6], ", Channels = "{ input: { shape: [3, 6], layout: channels }, layers: [conv1d: { filters: 3, kernel_size: 2 }], ";
    private const string Weights = "class_weight: [1, 2.5, 0, 0.25]", NineteenWeights = "class_weight: [1, 2, 3, 4, 5, 0.5, 0, 0.25, 1, 1, 2, 3, 1, 1, 1, 1, 1, 1, 0.75]";

    private static readonly CompiledSpecs s_specs = new(Specs());

    private static readonly CompiledSpecs s_tails = new(new Dictionary<string, string>
    {
        ["categorical"] = Tail("cross_entropy_with_logits", 3),
        ["categorical, many classes"] = Tail("cross_entropy_with_logits", 40),
        ["binary"] = Tail("binary_cross_entropy_with_logits", 3),
    });

    private static string Tail(string loss, int outputs) => $"{{ input: 1, layers: [dense: {outputs}], loss: {{ {loss}: {{ label_smoothing: 0.001 }} }} }}";

    private static Dictionary<string, string> Specs()
    {
        Dictionary<string, string> specs = [];
        foreach (string loss in (string[])["squared_error", "half_squared_error", "mean_squared_error", "mean_absolute_error", "hinge"])
            specs[loss + ", weighted"] = $"{Tiny}loss: {{ {loss}: {{ weight: 0.3 }} }}, l2: 0.1 }}";
        specs["huber, weighted and summed"] = Blocks + "loss: { huber: { delta: 0.5, weight: 3, reduction: sum } } }";
        foreach ((string name, string of, string weights) in (ReadOnlySpan<(string, string, string)>)[("tiny", Tiny, Weights), ("blocks", Blocks, NineteenWeights)])
        {
            specs[name + ", weighted"] = of + "loss: { cross_entropy_with_logits: { weight: 0.3 } }, l2: 0.1 }";
            specs[name + ", smoothed"] = of + "loss: { cross_entropy_with_logits: { label_smoothing: 0.1 } } }";
            specs[name + ", classes weighted"] = of + $"loss: {{ cross_entropy_with_logits: {{ {weights} }} }}, optimizer: {{ sgd: {{ momentum: 0.9, clip_norm: 1 }} }} }}";
            specs[name + ", one label ignored"] = of + "loss: { cross_entropy_with_logits: { ignore_label: -1 } }, l2: 0.1 }";
            specs[name + ", all of it"] = of + $"loss: {{ cross_entropy_with_logits: {{ weight: 2, label_smoothing: 0.2, {weights}, ignore_label: -100 }} }}, l2: 0.01, optimizer: adam }}";
            specs[name + ", all of it, summed"] = of + $"loss: {{ cross_entropy_with_logits: {{ weight: 2, label_smoothing: 0.2, {weights}, ignore_label: 2, reduction: sum }} }}, l2: 0.01 }}";
            specs[name + ", binary, weighted"] = of + "loss: { binary_cross_entropy_with_logits: { weight: 0.3, pos_weight: 5 } } }";
            specs[name + ", binary, smoothed"] = of + "loss: { binary_cross_entropy_with_logits: { label_smoothing: 0.1 } } }";
            specs[name + ", binary, outputs weighted"] = of + $"loss: {{ binary_cross_entropy_with_logits: {{ label_smoothing: 0.3, {weights.Replace("class", "pos").Replace(" 0,", " 7,")} }} }} }}";
        }

        specs["softmax at the end"] = "{ input: 7, layers: [dense: 4, softmax], loss: { cross_entropy: { label_smoothing: 0.1, " + Weights + ", weight: 3, ignore_label: 9 } } }";
        specs["log softmax at the end"] = "{ input: 7, layers: [dense: 4, log_softmax], loss: { cross_entropy: { label_smoothing: 0.1, " + Weights + ", weight: 3, ignore_label: 9 } } }";
        specs["sigmoid at the end"] = "{ input: 7, layers: [dense: { units: 4, activation: sigmoid }], loss: { binary_cross_entropy: { label_smoothing: 0.1, pos_weight: [1, 2, 3, 0.5], weight: 3 } } }";
        specs["probabilities of another kind"] = "{ input: 7, layers: [dense: { units: 4, activation: softmax }], loss: { binary_cross_entropy: { label_smoothing: 0.1, pos_weight: [1, 2, 3, 0.5] } } }";
        specs["one output"] = "{ input: 7, layers: [dense: 1], loss: { binary_cross_entropy_with_logits: { label_smoothing: 0.1, pos_weight: [3] } } }";
        specs["a sequence, one label ignored"] = Sequence + "loss: { cross_entropy_with_logits: { ignore_label: -1 } } }";
        specs["a sequence, all of it"] = Sequence + "loss: { cross_entropy_with_logits: { ignore_label: 0, weight: 2, label_smoothing: 0.2, class_weight: [1, 2, 3, 4, 5, 6] } }, l2: 0.1 }";
        specs["a sequence, summed"] = Sequence + "loss: { cross_entropy_with_logits: { ignore_label: 0, reduction: sum } } }";
        specs["a sequence, binary"] = Sequence + "loss: { binary_cross_entropy_with_logits: { pos_weight: [1, 2, 3, 4, 5, 6] } } }";
        specs["channels, all of it"] = Channels + "loss: { cross_entropy_with_logits: { ignore_label: -1, weight: 2, label_smoothing: 0.2, class_weight: [1, 2, 3] } } }";
        specs["channels, binary"] = Channels + "loss: { binary_cross_entropy_with_logits: { pos_weight: [1, 2, 3] } } }";
        specs["beside batch norm"] = "{ input: 9, layers: [dense: 8, batch_norm: { epsilon: 0.1 }, dense: 4], loss: { cross_entropy_with_logits: { ignore_label: -1, " + Weights + " } } }";
        return specs;
    }

    public static TheoryData<string> Networks => [.. s_specs.Names];

    public static TheoryData<string> OfLabels => [.. s_specs.Names.Where(static n => s_specs.Spec(n).Contains(" cross_entropy", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Loss_gradients_and_steps_of_targets_are_the_references(string network)
    {
        string spec = s_specs.Spec(network);
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in Samples(network))
                Agreement.Assert(generated, NumericCase.Draw(spec, samples), Agreement.LayerSlack);
        }
    }

    [Theory]
    [MemberData(nameof(OfLabels))]
    public void Loss_and_gradients_of_labels_are_the_references_whichever_of_them_count(string network)
    {
        ReferenceNetwork reference = ReferenceNetwork.Parse(s_specs.Spec(network));
        reference.Fill(3);
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            float[] parameters = generated.Pack(reference.Parameters);
            foreach (int samples in Samples(network))
            {
                float[] inputs = TestData.Uniform(4, samples * reference.InputSize);
                foreach (int[] labels in LabelsOf(reference, samples, s_specs.Spec(network)))
                {
                    (double expectedLoss, IReadOnlyDictionary<string, double[]> expected) = reference.Backward(inputs.ToDoubles(), labels);
                    (float loss, float[] gradients) = generated.Backward(parameters, inputs, labels);

                    Agreement.AssertClose([expectedLoss], [loss], Agreement.LayerSlack * Agreement.Tolerance, "loss in training");
                    Agreement.AssertClose([reference.Loss(inputs.ToDoubles(), labels)], [generated.Loss(parameters, inputs, labels)], Agreement.LayerSlack * Agreement.Tolerance, "loss");
                    Agreement.AssertGradients(expected, generated.Unpack(gradients), Agreement.LayerSlack);
                }
            }
        }
    }

    /// <summary>However many samples, and whichever way the step is taken, it is the one of the gradients.</summary>
    [Theory]
    [MemberData(nameof(OfLabels))]
    public void A_step_is_that_of_the_gradients(string network)
    {
        ReferenceNetwork reference = ReferenceNetwork.Parse(s_specs.Spec(network));
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in Samples(network))
            {
                float[] inputs = TestData.Uniform(4, samples * reference.InputSize);
                foreach (int[]? labels in LabelsOf(reference, samples, s_specs.Spec(network)).Append(null))
                {
                    GeneratedInstance one = generated.Create(), other = generated.Create();
                    float[] targets = TestData.Uniform(8, samples * reference.OutputSize, 0, 1);
                    float loss = labels is null ? one.TrainStep(inputs, targets, 0.1f) : one.TrainStep(inputs, labels, 0.1f);
                    float lossOfOther = labels is null ? other.Backward(inputs, targets) : other.Backward(inputs, labels);
                    other.SgdStep(0.1f);

                    Agreement.AssertClose([lossOfOther], [loss], Agreement.Tolerance, "loss");
                    Agreement.AssertClose(other.Parameters.ToArray().ToDoubles(), one.Parameters.ToArray(), Agreement.Tolerance, "parameters");
                }
            }
        }
    }

    [Fact]
    public void Where_no_label_counts_loss_and_gradients_are_those_of_the_penalty()
    {
        foreach (string network in (string[])["tiny, one label ignored", "blocks, one label ignored"])
        {
            ReferenceNetwork reference = ReferenceNetwork.Parse(s_specs.Spec(network));
            reference.Fill(3);
            foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
            {
                float[] parameters = generated.Pack(reference.Parameters);
                foreach (int samples in (int[])[1, 9])
                {
                    (float loss, float[] gradients) = generated.Backward(parameters, TestData.Uniform(4, samples * reference.InputSize), [.. Enumerable.Repeat(-1, samples)]);

                    IReadOnlyDictionary<string, double[]> all = generated.Unpack(gradients);
                    Agreement.AssertClose([0.1f * reference.ParameterTable.Where(static p => p.IsWeight).Sum(p => reference.Parameters[p.Name].Sum(static w => w * w))], [loss], Agreement.Tolerance, "loss");
                    foreach (ReferenceParameter p in reference.ParameterTable)
                    {
                        Agreement.AssertClose(
                            [.. reference.Parameters[p.Name].Select(w => p.IsWeight ? 0.2f * w : 0)], all[p.Name].ToFloats(), Agreement.Tolerance, p.Name);
                    }
                }
            }
        }
    }

    [Fact]
    public void Only_the_label_that_is_stated_may_be_out_of_range()
    {
        foreach (GeneratedNetwork generated in s_specs.Networks("tiny, one label ignored", target))
        {
            float[] parameters = new float[generated.ParameterBufferSize], inputs = new float[2 * generated.InputSize];
            foreach (int wrong in (int[])[-2, 4, int.MinValue])
            {
                ArgumentOutOfRangeException e = Assert.Throws<ArgumentOutOfRangeException>(() => generated.Loss(parameters, inputs, [-1, wrong]));
                Assert.Contains("labels[1] is no class: it must be from 0 to 3, or -1, which does not count", e.Message, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>
    /// The weights are 0, so the bias is the logit. Where the network is more certain than its smoothed target, its gradient is a small number that is the difference
    /// of none that are larger.
    /// </summary>
    [Theory]
    [InlineData("categorical")]
    [InlineData("categorical, many classes")]
    [InlineData("binary")]
    public void Smoothed_gradients_keep_their_digits_far_out(string network)
    {
        ReferenceNetwork reference = ReferenceNetwork.Parse(s_tails.Spec(network));
        foreach (GeneratedNetwork generated in s_tails.Networks(network, target))
        {
            foreach (float logit in (float[])[20, 50, 100, -20, -100])
            {
                Array.Clear(reference.Parameters["dense_1.bias"]);
                reference.Parameters["dense_1.bias"][0] = logit;
                float[] targets = [1, .. new float[reference.OutputSize - 1]];
                (double expectedLoss, IReadOnlyDictionary<string, double[]> expected) = reference.Backward([1], targets.ToDoubles());
                (float loss, float[] gradients) = generated.Backward(generated.Pack(reference.Parameters), [1], targets);

                Assert.Equal(1, loss / expectedLoss, 1e-6);
                double[] actual = generated.Unpack(gradients)["dense_1.bias"];
                for (int k = 0; k < actual.Length; k++)
                    Assert.Equal(1, actual[k] / expected["dense_1.bias"][k], 1e-6);
            }
        }
    }

    /// <summary>The variance of one is none.</summary>
    private static int[] Samples(string network) => network == "beside batch norm" ? [9] : [2, 1, 8, 9, 35];

    /// <summary>Labels of all classes, and where one does not count, with some of those, with one that counts alone, and with none.</summary>
    private static IEnumerable<int[]> LabelsOf(ReferenceNetwork reference, int samples, string spec)
    {
        int[] labels = TestData.Labels(5, samples * reference.LabelSize, reference.ClassCount);
        yield return labels;
        const string Key = "ignore_label: ";
        if (spec.IndexOf(Key, StringComparison.Ordinal) is not (>= 0 and int at))
            yield break;
        int ignored = int.Parse(spec[(at + Key.Length)..].Split(',', ' ', '}')[0]);
        yield return [.. labels.Select((label, k) => k % 3 == 1 ? ignored : label)];
        yield return [.. labels.Select((label, k) => k == labels.Length - 1 ? label : ignored)];
        yield return [.. labels.Select(_ => ignored)];
    }
}

public sealed class LossOptionOnNet10Tests() : LossOptionTests(TargetName.Net10);

public sealed class LossOptionOnPortableTests() : LossOptionTests(TargetName.Portable);

public sealed class LossOptionOnArraysTests() : LossOptionTests(TargetName.Arrays);
