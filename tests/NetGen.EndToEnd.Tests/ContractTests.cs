using System;
using System.Linq;
using System.Threading.Tasks;
using NetGen.Training;
using Xunit;

namespace NetGen.EndToEnd.Tests;

/// <summary>What the generated class promises: the instance, the static core, checks, no allocation, the same bits.</summary>
public sealed class ContractTests
{
    [Fact]
    public void A_fused_step_changes_the_parameters_as_backward_and_the_step_do()
    {
        var fused = new Wide(3);
        var apart = new Wide(3);
        for (int step = 0; step < 20; step++)
        {
            float[] x = Numbers(Wide.InputSize, step);
            int[] label = [step % 10];
            float loss = fused.TrainStep(x, label, 0.05f);
            Assert.Equal(apart.Backward(x, label), loss, 1e-5f);
            apart.SgdStep(0.05f);
        }

        Assert.Equal(20, fused.Steps);
        Assert.Equal(20, apart.Steps);
        AssertClose(apart.Parameters, fused.Parameters, 2e-6f);
        Assert.NotEqual(new Wide(3).Parameters.ToArray(), fused.Parameters.ToArray());
    }

    [Fact]
    public void A_clipped_step_moves_by_the_learning_rate_times_the_bound_at_most()
    {
        var net = new Clipped();
        float[] before = net.Parameters.ToArray();
        net.TrainStep(Numbers(Clipped.InputSize * 4, 1), [1, 2, 3, 4], 0.05f);
        double moved = Math.Sqrt(net.Parameters.ToArray().Zip(before, static (a, b) => (double)(a - b) * (a - b)).Sum());
        Assert.Equal(0.05 * 0.5, moved, 1e-6);
    }

    [Fact]
    public void Labels_and_their_one_hot_targets_give_the_same_bits()
    {
        var net = new Wide();
        float[] x = Numbers(Wide.InputSize * 3, 5);
        var targets = new float[30];
        (targets[4], targets[10 + 9], targets[20]) = (1, 1, 1);
        float[] gradients = new float[Wide.ParameterBufferSize], others = new float[Wide.ParameterBufferSize];
        var scratch = new float[Wide.TrainingScratchSize(3)];
        Assert.Equal(
            Wide.Backward(net.Parameters, x, targets, gradients, scratch, 11),
            Wide.Backward(net.Parameters, x, [4, 9, 0], others, scratch, 11));
        AssertClose(gradients, others, 1e-6f);
        Assert.Equal(net.Loss(x, targets), net.Loss(x, [4, 9, 0]));
    }

    /// <summary>Other code computes them, which adds in another order: docs/numbers.md.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(67)]
    public void Many_samples_give_what_each_gives_alone_but_for_rounding(int samples)
    {
        var net = new Wide();
        float[] x = Numbers(Wide.InputSize * samples, 2), all = new float[10 * samples], one = new float[10];
        net.Forward(x, all);
        for (int sample = 0; sample < samples; sample++)
        {
            net.Forward(x.AsSpan(sample * Wide.InputSize, Wide.InputSize), one);
            AssertClose(one, all.AsSpan(10 * sample, 10), 3e-6f * one.Max());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(67)]
    public async Task The_same_call_gives_the_same_bits_on_any_thread(int samples)
    {
        var parameters = new Wide(4).Parameters.ToArray();
        float[] x = Numbers(Wide.InputSize * samples, 2);
        int[] labels = [.. Enumerable.Range(0, samples).Select(static k => k % 10)];
        (float[], float, float, float[]) Call()
        {
            float[] outputs = new float[10 * samples], gradients = new float[Wide.ParameterBufferSize];
            // What scratch holds before makes no difference.
            float[] scratch = new float[Math.Max(Wide.ScratchSize, Wide.TrainingScratchSize(samples))];
            Random.Shared.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(scratch.AsSpan()));
            Wide.Forward(parameters, x, outputs, scratch);
            return (outputs, Wide.Loss(parameters, x, labels, scratch), Wide.Backward(parameters, x, labels, gradients, scratch, 3), gradients);
        }

        (float[] outputs, float loss, float trainingLoss, float[] gradients) = Call();
        foreach ((float[], float, float, float[]) again in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(Call))))
        {
            Assert.Equal(outputs, again.Item1);
            Assert.Equal((loss, trainingLoss), (again.Item2, again.Item3));
            Assert.Equal(gradients, again.Item4);
        }
    }

    [Fact]
    public void The_same_seed_and_data_give_the_same_bits_and_another_seed_others()
    {
        static float[] Train(int seed)
        {
            var net = new Wide(seed);
            for (int step = 0; step < 30; step++)
                net.TrainStep(Numbers(Wide.InputSize * (1 + (step % 3)), step), [.. Enumerable.Range(0, 1 + (step % 3)).Select(k => (k + step) % 10)]);
            return net.Parameters.ToArray();
        }

        Assert.Equal(Train(7), Train(7));
        Assert.NotEqual(Train(7), Train(8));
        Assert.Equal(new Wide(7).Parameters.ToArray(), new Wide().Parameters.ToArray());
    }

    [Fact]
    public void YAML_and_attributes_give_networks_that_train_to_the_same_bits()
    {
        var yaml = new Wide();
        var attributes = new WideFromAttributes();
        Assert.Equal(yaml.Parameters.ToArray(), attributes.Parameters.ToArray());
        for (int step = 0; step < 10; step++)
        {
            float[] x = Numbers(Wide.InputSize, step);
            Assert.Equal(yaml.TrainStep(x, [step % 10]), attributes.TrainStep(x, [step % 10]));
        }

        Assert.Equal(yaml.Parameters.ToArray(), attributes.Parameters.ToArray());
    }

    [Fact]
    public void No_member_allocates_after_the_first_training_call()
    {
        var net = new Wide();
        var clipped = new Clipped();
        float[] one = Numbers(33, 1), many = Numbers(33 * 8, 2), outputs = new float[80], targets = new float[80];
        int[] labels = [1, 2, 3, 4, 5, 6, 7, 8];
        var scratch = new float[Wide.TrainingScratchSize(8)];
        var gradients = new float[Wide.ParameterBufferSize];
        void Once()
        {
            net.Forward(one, outputs.AsSpan(0, 10));
            net.Forward(many, outputs);
            Wide.Forward(net.Parameters, many, outputs);
            Wide.Backward(net.Parameters, many, labels, gradients, scratch, 3);
            net.Loss(many, labels);
            net.Loss(many, targets);
            net.TrainStep(one, labels.AsSpan(0, 1), 0.001f);
            net.TrainStep(many, targets, 0.001f);
            net.Backward(many, labels);
            net.SgdStep(0.001f);
            clipped.TrainStep(one, labels.AsSpan(0, 1));
        }

        for (int k = 0; k < 50; k++)
            Once();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 1000; k++)
            Once();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

#pragma warning disable NETGEN070, NETGEN071, NETGEN072 // What the compiler says of these calls, the members have to say too.
    [Fact]
    public void Lengths_that_do_not_agree_are_named_with_both_numbers_before_anything_is_written()
    {
        var net = new Wide();
        float[] parameters = net.Parameters.ToArray();
        float[] outputs = Enumerable.Repeat(-1f, 10).ToArray();
        void Throws(string name, string number, string expected, Action call)
        {
            ArgumentException e = Assert.Throws<ArgumentException>(call);
            Assert.Equal(name, e.ParamName);
            Assert.Contains(number, e.Message);
            Assert.Contains(expected, e.Message);
        }

        Throws("inputs", "34", "33", () => net.Forward(new float[34], outputs));
        Throws("outputs", "10", "20", () => net.Forward(new float[66], outputs));
        Throws("parameters", "5", $"{Wide.ParameterBufferSize}", () => Wide.Forward(new float[5], new float[33], outputs));
        Throws("targets", "9", "10", () => net.TrainStep(new float[33], new float[9], 0.1f));
        Throws("labels", "2", "1", () => net.TrainStep(new float[33], new int[2], 0.1f));
        Throws("labels", "2", "3", () => net.Loss(new float[99], new int[2]));
        Throws("gradients", "1", $"{Wide.ParameterBufferSize}", () => Wide.Backward(parameters, new float[33], new int[1], new float[1], new float[Wide.TrainingScratchSize(1)]));
        Throws("scratch", "0", $"{Wide.TrainingScratchSize(1)}", () => Wide.Backward(parameters, new float[33], new int[1], new float[Wide.ParameterBufferSize], []));
        Throws("state", "0", $"{Wide.OptimizerStateSize}", () => Wide.SgdStep(parameters, new float[Wide.ParameterBufferSize], [], 0.1f));
        Throws("scratch", "7", $"{Deep.ScratchSize}", () => Deep.Forward(new Deep().Parameters, new float[8], new float[2], new float[7]));
        Assert.Equal(parameters, net.Parameters.ToArray());
        Assert.All(outputs, static o => Assert.Equal(-1, o));
    }

    [Fact]
    public void Wrong_labels_learning_rates_and_no_samples_are_refused()
    {
        var net = new Wide();
        float[] before = net.Parameters.ToArray();
        ArgumentOutOfRangeException label = Assert.Throws<ArgumentOutOfRangeException>(() => net.TrainStep(new float[66], [3, 10], 0.1f));
        Assert.Equal("labels", label.ParamName);
        Assert.Contains("labels[1]", label.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => net.Loss(new float[33], [-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => net.TrainStep(new float[33], [3], float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => net.SgdStep(-0.1f));
        Assert.Throws<ArgumentException>(() => net.Loss([], new int[0]));
        Assert.Throws<ArgumentException>(() => net.TrainStep([], new float[0], 0.1f));
        net.Forward([], []);
        Assert.Equal(before, net.Parameters.ToArray());
        Assert.Equal(0, net.Steps);
    }
#pragma warning restore NETGEN070, NETGEN071, NETGEN072

    [Fact]
    public void A_network_without_a_loss_has_no_training_members_and_takes_scratch_when_the_stack_is_too_small()
    {
        Assert.Null(typeof(Deep).GetMethod("TrainStep"));
        Assert.Null(typeof(Deep).GetProperty("Gradients"));
        Assert.True(Deep.ScratchSize >= 1500);
        var net = new Deep();
        var outputs = new float[2];
        var again = new float[2];
        net.Forward(Numbers(8, 1), outputs);
        Deep.Forward(net.Parameters, Numbers(8, 1), again, new float[Deep.ScratchSize + 3]);
        Assert.Equal(outputs, again);
        Assert.NotEqual(outputs[0], outputs[1]);
    }

    [Fact]
    public void A_summed_loss_is_evaluated_as_the_mean_over_the_samples()
    {
        float[] x = Numbers(2 * 100, 4), y = Numbers(100, 5);
        var net = new Linear();
        var data = new TargetDataset(x, 2, y);
        Assert.Equal(net.Loss(x, y) / 100, (float)net.Evaluate(data).Loss, 1e-5f);
    }

    [Fact]
    public async Task The_static_core_serves_many_threads_at_once()
    {
        var net = new Wide();
        float[] parameters = net.Parameters.ToArray();
        float[] x = Numbers(Wide.InputSize * 16, 9);
        var expected = new float[160];
        Wide.Forward(parameters, x, expected);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            var outputs = new float[160];
            for (int k = 0; k < 200; k++)
            {
                Wide.Forward(parameters, x, outputs);
                Assert.Equal(expected, outputs);
            }
        })));
    }

    private static float[] Numbers(int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(k => (float)Math.Sin((k * 12.9898) + (seed * 78.233)))];

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
            Assert.True(Math.Abs(expected[k] - actual[k]) <= tolerance, $"element {k}: {actual[k]} instead of {expected[k]}");
    }
}
