using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Kernels;
using Xunit;

namespace NetGen.Compiler.Tests.Kernels;

/// <summary>The vector code of every kernel does what the kernel's definition says, for processors of any width: interpreted, not compiled.</summary>
public sealed class KernelCodeTests
{
    /// <summary>Of each kernel: 15, or 150 where <c>NETGEN_THOROUGH_TESTS</c> is 1.</summary>
    private static readonly int s_draws = Environment.GetEnvironmentVariable("NETGEN_THOROUGH_TESTS") == "1" ? 150 : 15;

    public static TheoryData<string> Kinds => [.. KernelDraws.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kernel_computes_what_it_is_defined_as(string kind)
    {
        for (int seed = 0; seed < s_draws; seed++)
        {
            var random = new Random(seed);
            Kernel kernel = KernelDraws.All[kind](new KernelDraws(random));

            Assert.True(new KernelRuns(random).Assert(kernel), $"no code of {KernelRuns.Describe(kernel)}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void So_does_its_code_for_one_lane(string kind)
    {
        for (int seed = 0; seed < s_draws; seed++)
        {
            var random = new Random(seed);
            Kernel kernel = KernelDraws.All[kind](new KernelDraws(random));

            Assert.True(new KernelRuns(random).AssertOfNumbers(kernel) || s_ofText.Contains(kind), $"no code of {KernelRuns.Describe(kernel)}");
        }
    }

    // Products are text there.
    private static readonly string[] s_ofText =
    [
        nameof(Affine), nameof(AffineInputGradient), nameof(AffineWeightGradient), nameof(AffineUpdate),
    ];

    [Theory]
    [InlineData(nameof(Map))]
    [InlineData(nameof(MapGradient))]
    [InlineData(nameof(Combine))]
    public void So_does_its_method_over_any_number_of_elements(string kind)
    {
        for (int seed = 0; seed < s_draws; seed++)
        {
            var random = new Random(seed);
            Kernel kernel = KernelDraws.All[kind](new KernelDraws(random));

            new KernelRuns(random).AssertOverElements(kernel, kernel.Operands.Last().Buffer.Size);
        }
    }

    [Fact]
    public void So_does_a_convolution_of_eight_filters()
    {
        for (int seed = 0; seed < s_draws; seed++)
        {
            var random = new Random(seed);
            Correlate kernel = new KernelDraws(random).CorrelateEight();

            new KernelRuns(random).Assert(kernel, w => CorrelateEight.Emit(w, kernel, null));
        }
    }

    [Fact]
    public void So_does_a_step_of_a_recurrent_layer()
    {
        for (int seed = 0; seed < s_draws; seed++)
        {
            var random = new Random(seed);

            new KernelRuns(random).Assert(new KernelDraws(random).GatedProduct());
        }
    }

    [Fact]
    public void So_does_what_is_over_all_samples()
    {
        for (int seed = 0; seed < s_draws; seed++)
        {
            var random = new Random(seed);
            var draws = new KernelDraws(random);

            new KernelRuns(random).AssertOverBatch(draws.BatchNorm(), samples: random.Next(2, 5));
            new KernelRuns(random).AssertOverBatch(draws.OverBatch(), samples: random.Next(1, 5));
        }
    }

    [Fact]
    public void So_do_the_gradients_of_a_convolution_below_a_max_pool()
    {
        int count = 0;
        for (int seed = 0; count < s_draws; seed++)
        {
            var random = new Random(seed);
            if (new KernelDraws(random).SparseGradient() is not { } kernel)
                continue;
            new KernelRuns(random).Assert(kernel);
            count++;
        }
    }
}
