using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Reference;
using NetGen.Testing;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Compiler.Tests.Numerics;

/// <summary>Any number of samples, and sizes at and around those of vectors and tiles.</summary>
public sealed class BatchTests
{
    private static readonly CompiledSpecs s_specs = new(new Dictionary<string, string>
    {
        ["16-32-8"] = Spec(16, 32, 8),
        ["15-31-9"] = Spec(15, 31, 9),
        ["64-65-4"] = Spec(64, 65, 4),
        ["100-128-10"] = Spec(100, 128, 10),
    });

    private static readonly CompiledSpecs s_tiny = new(new Dictionary<string, string>
    {
        ["mean"] = "{ input: 2, layers: [dense: { units: 2, activation: tanh }], loss: squared_error }",
        ["sum"] = "{ input: 2, layers: [dense: { units: 2, activation: tanh }], loss: { squared_error: { reduction: sum } } }",
    });

    public static TheoryData<string, string> Cases => Rows.Of(TargetName.All, (string[])["16-32-8", "15-31-9"]);

    public static TheoryData<string, string> Wide => Rows.Of(TargetName.All, (string[])["64-65-4", "100-128-10"]);

    public static TheoryData<string, string> Tiny => Rows.Of(TargetName.All, s_tiny.Names);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_number_of_samples_up_to_36_agrees_with_the_reference(string target, string network)
    {
        foreach (GeneratedNetwork generated in s_specs.Networks(network, target))
        {
            for (int samples = 1; samples <= 36; samples++)
                Agreement.Assert(generated, NumericCase.Draw(s_specs.Spec(network), samples));
        }
    }

    [Theory]
    [MemberData(nameof(Wide))]
    public void Wide_layers_agree_with_the_reference(string target, string network)
    {
        foreach (int samples in (int[])[1, 5, 32])
            Agreement.Assert(s_specs.Networks(network, target).First(), NumericCase.Draw(s_specs.Spec(network), samples));
    }

    /// <summary>Long sums lose digits: the loss must not, the gradients may lose a few.</summary>
    [Theory]
    [MemberData(nameof(Tiny))]
    public void Twenty_thousand_samples_agree_with_the_reference(string target, string network)
    {
        GeneratedNetwork generated = s_tiny.Networks(network, target).First();
        NumericCase numbers = NumericCase.Draw(s_tiny.Spec(network), 20_000);
        float[] parameters = generated.Pack(numbers.Reference.Parameters);

        (float loss, float[] gradients) = generated.Backward(parameters, numbers.Inputs, numbers.Targets);

        Agreement.AssertClose([numbers.Loss], [loss], 2e-7, "loss in training");
        Agreement.AssertClose([numbers.Loss], [generated.Loss(parameters, numbers.Inputs, numbers.Targets)], 2e-7, "loss");
        Agreement.AssertClose(numbers.Gradients["dense_1.weight"], generated.Unpack(gradients)["dense_1.weight"], 1e-5, "gradient");
    }

    [Theory]
    [MemberData(nameof(Tiny))]
    public void No_samples_give_no_outputs_and_have_no_loss(string target, string network)
    {
        GeneratedNetwork generated = s_tiny.Networks(network, target).First();
        float[] parameters = new float[generated.ParameterBufferSize];

        Assert.Empty(generated.Forward(parameters, []));
        Assert.Throws<ArgumentException>(() => generated.Loss(parameters, [], Array.Empty<float>()));
        Assert.Throws<ArgumentException>(() => generated.Backward(parameters, [], Array.Empty<float>()));
        Assert.Throws<ArgumentException>(() => generated.Create().TrainStep([], Array.Empty<float>(), 0.1f));
    }

    [Theory]
    [MemberData(nameof(Tiny))]
    public void A_wrong_length_is_named_with_what_is_expected_and_nothing_is_written(string target, string network)
    {
        const int Samples = 3;
        GeneratedNetwork generated = s_tiny.Networks(network, target).First();
        float[] inputs = new float[Samples * 2], targets = new float[Samples * 2];
        int parameterCount = generated.ParameterBufferSize, scratch = generated.TrainingScratchSize(Samples);

        foreach (int wrong in (int[])[-1, 1])
        {
            Refused("parameters", parameterCount + wrong, parameterCount, sizes => sizes.Parameters += wrong);
            Refused("inputs", inputs.Length + wrong, 2, sizes => sizes.Inputs += wrong);
            Refused("targets", targets.Length + wrong, targets.Length, sizes => sizes.Targets += wrong);
            Refused("gradients", parameterCount + wrong, parameterCount, sizes => sizes.Gradients += wrong);
            if (wrong < 0 && scratch > 0)
                Refused("scratch", scratch + wrong, scratch, sizes => sizes.Scratch += wrong);
        }

        void Refused(string name, int length, int expected, Action<Sizes> change)
        {
            Sizes sizes = new() { Parameters = parameterCount, Inputs = inputs.Length, Targets = targets.Length, Gradients = parameterCount, Scratch = scratch };
            change(sizes);
            float[] gradients = GeneratedNetwork.NaNs(sizes.Gradients), scratchMemory = GeneratedNetwork.NaNs(sizes.Scratch);
            ArgumentException error = Assert.Throws<ArgumentException>(() =>
            {
                generated.Backward(new float[sizes.Parameters], new float[sizes.Inputs], new float[sizes.Targets], gradients, scratchMemory);
            });
            Assert.Equal(name, error.ParamName);
            Assert.Contains($"{length}", error.Message);
            Assert.Contains($"{expected}", error.Message);
            Assert.All(gradients.Concat(scratchMemory), v => Assert.True(float.IsNaN(v)));
        }
    }

    [Theory]
    [MemberData(nameof(Tiny))]
    public void Outputs_of_a_wrong_length_are_refused_before_any_is_written(string target, string network)
    {
        GeneratedNetwork generated = s_tiny.Networks(network, target).First();
        float[] parameters = new float[generated.ParameterBufferSize], outputs = GeneratedNetwork.NaNs(7);

        ArgumentException error = Assert.Throws<ArgumentException>(
            () => generated.Forward(parameters, new float[6], outputs, new float[generated.ScratchSize]));

        Assert.Equal("outputs", error.ParamName);
        Assert.All(outputs, v => Assert.True(float.IsNaN(v)));
    }

    private sealed class Sizes
    {
        public int Parameters { get; set; }

        public int Inputs { get; set; }

        public int Targets { get; set; }

        public int Gradients { get; set; }

        public int Scratch { get; set; }
    }

    private static string Spec(int inputs, int hidden, int outputs) => $$"""
        input: {{inputs}}
        layers: [dense: { units: {{hidden}}, activation: tanh }, dense: {{outputs}}]
        loss: mean_squared_error
        optimizer: { sgd: { learning_rate: 0.1, momentum: 0.9 } }
        l2: 0.001
        """;
}
