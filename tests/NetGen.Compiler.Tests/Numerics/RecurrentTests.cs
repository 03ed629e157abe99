using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Tests.Reference;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>simple_rnn, gru, lstm and embedding: alone, in stacks, and among layers that work at each step.</summary>
public abstract class RecurrentTests(string target) : ITargetTests
{
    private static readonly bool s_isThorough = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1";

    // What divides the steps, what does not, and all of them.
    private static readonly int[] s_checkpoints = s_isThorough ? [2, 7, 10, 30] : [7, 30], s_truncates = s_isThorough ? [5, 6, 7, 100_000] : [5, 7];

    private static readonly CompiledSpecs s_specs = new(RecurrentSpecs.All(), isLoops: true, isShared: true);

    private static readonly CompiledSpecs s_variants = new(Variants(), isLoops: true);

    string ITargetTests.Target => target;

    CompiledSpecs ITargetTests.Specs => s_specs;

    public static TheoryData<string> Kinds => [.. UnrolledRecurrence.Kinds];

    [Theory]
    [NetworksOfTarget]
    public void Outputs_loss_gradients_and_steps_are_the_references(string network)
    {
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            foreach (int samples in (int[])[1, 3, 9, 33])
                Agreement.Assert(generated, NumericCase.Draw(s_specs.Spec(network), samples), Agreement.LayerSlack);
        }
    }

    [Theory]
    [NetworksOfTarget]
    public void A_step_in_one_is_backward_and_a_step(string network)
    {
        foreach (int samples in (int[])[1, 3, 33])
        {
            NumericCase numbers = NumericCase.Draw(s_specs.Spec(network), samples);
            GeneratedNetwork generated = s_specs.Network(network, target);
            GeneratedInstance whole = generated.Create(3);
            GeneratedInstance apart = generated.Create(3);

            whole.TrainStep(numbers.Inputs, numbers.Targets, 0.01f);
            apart.Backward(numbers.Inputs, numbers.Targets);
            apart.SgdStep(0.01f);

            Agreement.AssertClose(apart.Parameters.ToArray().ToDoubles(), whole.Parameters.ToArray(), 1e-6, "parameters", 0.1);
        }
    }

    /// <summary>Pieces that divide the steps, that do not, that are all of them: what is computed again comes out as it was, but for the order of sums.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Checkpoints_change_no_number(string kind)
    {
        GeneratedNetwork whole = s_variants.Network($"{kind}, checkpoint 1", target);
        NumericCase numbers = NumericCase.Draw(s_variants.Spec($"{kind}, checkpoint 1"), 9);
        float[] parameters = whole.Pack(numbers.Reference.Parameters);
        (float loss, float[] gradients) = whole.Backward(parameters, numbers.Inputs, numbers.Targets);
        Assert.Contains(gradients, static g => Math.Abs(g) > 1e-3);

        foreach (int checkpoint in s_checkpoints)
        {
            GeneratedNetwork pieces = s_variants.Network($"{kind}, checkpoint {checkpoint}", target);
            (float lossOfPieces, float[] gradientsOfPieces) = pieces.Backward(parameters, numbers.Inputs, numbers.Targets);
            Assert.Equal(loss, lossOfPieces, 1e-5);
            Agreement.AssertClose(gradients.ToDoubles(), gradientsOfPieces, 1e-6, "gradients");
            Assert.Equal(whole.Forward(parameters, numbers.Inputs), pieces.Forward(parameters, numbers.Inputs));
        }
    }

    /// <summary>Ten thousand steps, of which every hundredth state is kept: a hundredth of the values, and the states.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Checkpoints_take_less_memory(string kind)
    {
        int Size(int checkpoint) => s_variants.Network($"{kind} over 10000 steps, checkpoint {checkpoint}", target).TrainingScratchSize(1);

        Assert.InRange(Size(100), 1, Size(1) / 20);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Truncation_to_all_steps_or_more_is_none_and_to_fewer_changes_the_gradients_alone(string kind)
    {
        GeneratedNetwork all = s_variants.Network($"{kind}, all", target);
        NumericCase numbers = NumericCase.Draw(s_variants.Spec($"{kind}, all"), 3);
        float[] parameters = all.Pack(numbers.Reference.Parameters);
        (float loss, float[] gradients) = all.Backward(parameters, numbers.Inputs, numbers.Targets);

        foreach (int truncate in s_truncates)
        {
            (float truncatedLoss, float[] truncated) = s_variants.Network($"{kind}, truncate {truncate}", target).Backward(parameters, numbers.Inputs, numbers.Targets);
            Assert.Equal(loss, truncatedLoss);
            Assert.Equal(truncate >= 6, gradients.AsSpan().SequenceEqual(truncated));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_gradient_of_a_shared_weight_is_the_sum_over_the_steps_of_the_unrolled_network(string kind)
    {
        GeneratedNetwork generated = s_variants.Network($"{kind}, shared", target);
        foreach (int samples in (int[])[1, 3, 33])
        {
            NumericCase numbers = NumericCase.Draw(s_variants.Spec($"{kind}, shared"), samples);
            UnrolledRecurrence unrolled = UnrolledRecurrence.Of(kind, 4, 3, 5, numbers.Reference.Parameters);
            float[] parameters = generated.Pack(numbers.Reference.Parameters);

            (float loss, float[] gradients) = generated.Backward(parameters, numbers.Inputs, numbers.Targets);
            (double expectedLoss, IReadOnlyDictionary<string, double[]> ofSteps) = unrolled.Network.Backward(numbers.Inputs.ToDoubles(), numbers.Targets.ToDoubles());

            Agreement.AssertClose(unrolled.Network.Forward(numbers.Inputs.ToDoubles()), generated.Forward(parameters, numbers.Inputs), Agreement.LayerSlack * Agreement.Tolerance, "outputs");
            Agreement.AssertClose([expectedLoss], [loss], Agreement.LayerSlack * Agreement.Tolerance, "loss");
            Agreement.AssertGradients(unrolled.SumOverSteps(ofSteps), generated.Unpack(gradients), Agreement.LayerSlack);
        }
    }

    [Theory]
    [InlineData("norms, dense and a softmax at each step")]
    [InlineData("an embedding, a gru, logits at each step")]
    public void A_label_at_each_step_gives_what_one_hot_targets_give(string network)
    {
        GeneratedNetwork generated = s_specs.Network(network, target);
        foreach (int samples in (int[])[1, 3, 33])
        {
            NumericCase numbers = NumericCase.Draw(s_specs.Spec(network), samples);
            ReferenceNetwork reference = numbers.Reference;
            int[] labels = TestData.Labels(5, samples * reference.LabelSize, reference.ClassCount);
            float[] targets = reference.OneHot(labels).ToFloats(), parameters = generated.Pack(reference.Parameters);

            (float loss, float[] gradients) = generated.Backward(parameters, numbers.Inputs, labels);
            (double expectedLoss, IReadOnlyDictionary<string, double[]> expected) = reference.Backward(numbers.Inputs.ToDoubles(), labels);

            Assert.True(reference.LabelSize > 1);
            Agreement.AssertClose([expectedLoss], [loss], Agreement.LayerSlack * Agreement.Tolerance, "loss");
            Agreement.AssertGradients(expected, generated.Unpack(gradients), Agreement.LayerSlack);
            (float lossOfTargets, float[] gradientsOfTargets) = generated.Backward(parameters, numbers.Inputs, targets);
            Assert.Equal(lossOfTargets, loss);
            Assert.Equal(gradientsOfTargets, gradients);
            Assert.Equal(generated.Loss(parameters, numbers.Inputs, targets), generated.Loss(parameters, numbers.Inputs, labels));
        }
    }

    private static Dictionary<string, string> Variants()
    {
        Dictionary<string, string> specs = [];
        foreach (string kind in UnrolledRecurrence.Kinds)
        {
            foreach (int checkpoint in s_checkpoints.Prepend(1))
                specs[$"{kind}, checkpoint {checkpoint}"] = RecurrentSpecs.Spec("[30, 3]", "dense: 4", $"{kind}: {{ units: 9, checkpoint: {checkpoint}, truncate: 12 }}");
            foreach (int checkpoint in (int[])[1, 100])
                specs[$"{kind} over 10000 steps, checkpoint {checkpoint}"] = RecurrentSpecs.Spec("[10000, 1]", $"{kind}: {{ units: 8, checkpoint: {checkpoint} }}", "dense: 1");
            specs[$"{kind}, all"] = RecurrentSpecs.Spec("[6, 2]", $"{kind}: 3", "dense: 2");
            foreach (int truncate in s_truncates)
                specs[$"{kind}, truncate {truncate}"] = RecurrentSpecs.Spec("[6, 2]", $"{kind}: {{ units: 3, truncate: {truncate} }}", "dense: 2");
            specs[$"{kind}, shared"] = UnrolledRecurrence.Shared(kind, 4, 3, 5);
        }

        return specs;
    }
}

public sealed class RecurrentOnNet10Tests() : RecurrentTests(TargetName.Net10);

public sealed class RecurrentOnPortableTests() : RecurrentTests(TargetName.Portable);

public sealed class RecurrentOnArraysTests() : RecurrentTests(TargetName.Arrays);
