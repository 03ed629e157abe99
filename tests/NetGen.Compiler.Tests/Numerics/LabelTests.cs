using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>Class indices as targets.</summary>
public sealed class LabelTests
{
    private static readonly CompiledSpecs s_specs = new(new Dictionary<string, string>
    {
        ["softmax"] = "{ input: 7, layers: [dense: { units: 5, activation: tanh }, dense: { units: 10, activation: softmax }], loss: cross_entropy }",
        ["softmax of one"] = "{ input: 3, layers: [dense: { units: 1, activation: softmax }], loss: cross_entropy }",
        ["logits"] = "{ input: 5, layers: [dense: 33], loss: cross_entropy_with_logits }",
        ["logits, summed"] = "{ input: 5, layers: [dense: 3], loss: { cross_entropy_with_logits: { reduction: sum } }, l2: 0.1 }",
        ["a sequence, softmax"] = "{ input: [5, 3], layers: [dense: { units: 4, activation: softmax }], loss: cross_entropy }",
        ["a sequence, logits"] = "{ input: [4, 2], layers: [dense: 7], loss: cross_entropy_with_logits }",
    });

    public static TheoryData<string, string> Cases => Rows.Of(TargetName.All, s_specs.Names);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Labels_give_what_one_hot_targets_give(string target, string network)
    {
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in (int[])[1, 2, 13])
            {
                ReferenceNetwork reference = ReferenceNetwork.Parse(s_specs.Spec(network));
                reference.Fill(3);
                float[] inputs = TestData.Uniform(4, samples * reference.InputSize);
                int[] labels = TestData.Labels(5, samples * reference.LabelSize, reference.ClassCount);
                float[] targets = reference.OneHot(labels).ToFloats();
                float[] parameters = generated.Pack(reference.Parameters);

                (float loss, float[] gradients) = generated.Backward(parameters, inputs, labels);
                (float lossOfTargets, float[] gradientsOfTargets) = generated.Backward(parameters, inputs, targets);

                (double expectedLoss, IReadOnlyDictionary<string, double[]> expected) = reference.Backward(inputs.ToDoubles(), labels);
                Agreement.AssertClose([expectedLoss], [loss], Agreement.Tolerance, "loss");
                Agreement.AssertGradients(expected, generated.Unpack(gradients));
                Assert.Equal(gradientsOfTargets, gradients);
                Assert.Equal(lossOfTargets, loss);
                Assert.Equal(generated.Loss(parameters, inputs, targets), generated.Loss(parameters, inputs, labels));
                Assert.Equal(network != "softmax of one", Array.Exists(gradients, g => g != 0));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_label_out_of_range_is_refused_before_anything_is_written(string target, string network)
    {
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            ReferenceNetwork reference = ReferenceNetwork.Parse(s_specs.Spec(network));
            float[] parameters = generated.Pack(reference.Parameters), inputs = TestData.Uniform(1, 2 * reference.InputSize);
            foreach (int wrong in (int[])[-1, reference.ClassCount, int.MaxValue, int.MinValue])
            {
                int[] labels = new int[2 * reference.LabelSize];
                labels[^1] = wrong;
                float[] gradients = GeneratedNetwork.NaNs(generated.ParameterBufferSize);
                float[] scratch = new float[generated.TrainingScratchSize(2)];

                Assert.Throws<ArgumentOutOfRangeException>(() => generated.Loss(parameters, inputs, labels));
                Assert.Throws<ArgumentOutOfRangeException>(() => { generated.Backward(parameters, inputs, labels, gradients, scratch); });
                Assert.All(gradients, g => Assert.True(float.IsNaN(g)));
            }
        }
    }

    [Theory]
    [InlineData(TargetName.Net10)]
    [InlineData(TargetName.Portable)]
    [InlineData(TargetName.Arrays)]
    public void An_instance_takes_labels_too(string target)
    {
        GeneratedNetwork generated = s_specs.Networks("softmax", target).First();
        float[] inputs = TestData.Uniform(1, 4 * generated.InputSize);
        int[] labels = [0, 9, 4, 4];
        GeneratedInstance instance = generated.Create();
        float[] before = instance.Parameters.ToArray();

        float loss = instance.Loss(inputs, labels);

        Assert.Equal(generated.Loss(before, inputs, labels), loss);
        Assert.Equal(loss, instance.Backward(inputs, labels), 5);
        Assert.Equal(generated.Backward(before, inputs, labels).Gradients, instance.Gradients.ToArray());
        instance.SgdStep(0.1f);
        Assert.True(instance.TrainStep(inputs, labels, 0.1f) < loss);
        Assert.True(instance.Loss(inputs, labels) < loss);
        Assert.Equal(2, instance.Steps);
    }
}
