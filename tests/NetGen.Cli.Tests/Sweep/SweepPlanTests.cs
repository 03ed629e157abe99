using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NetGen.Cli.Sweep;
using Xunit;

namespace NetGen.Cli.Tests.Sweep;

/// <summary>All variants are made and checked before one is trained.</summary>
public sealed class SweepPlanTests
{
    [Fact]
    public void The_plan_is_the_product_of_all_sets_and_the_last_path_varies_fastest()
    {
        SweepPlan plan = Plans.Of("hidden.units=4,8", "optimizer.sgd.learning_rate=0.1,0.2,0.3");
        Assert.Equal(
            ["4 0.1", "4 0.2", "4 0.3", "8 0.1", "8 0.2", "8 0.3"], plan.Variants.Select(static v => string.Join(' ', v.Values.Select(static x => x.Text))));
        Assert.Equal([0, 1, 2, 3, 4, 5], plan.Variants.Select(static v => v.Index));
        Assert.Equal([4, 4, 4, 8, 8, 8], plan.Variants.Select(static v => v.Spec.Network.Units()));
        Assert.Equal(0.3f, plan.Variants[5].Spec.Network.Optimizer.LearningRate);
        Assert.All(plan.Variants, static v => Assert.Null(v.TwinOf));
        Assert.Equal("hidden.units=4 optimizer.sgd.learning_rate=0.2", plan.Variants[1].Label(plan.Axes));
    }

    [Fact]
    public void A_depth_by_width_grid_repeats_the_layer()
    {
        SweepPlan plan = Plans.Of("hidden.repeat=1,3", "hidden.units=5,7");
        Assert.Equal([3, 3, 5, 5], plan.Variants.Select(static v => v.Spec.Network.Layers.Count));
        Assert.Equal([7, 7, 7, 3, 3], plan.Variants[3].Spec.Network.Layers.Select(static l => l.Output.Size));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once_and_each_with_the_values_that_it_comes_from()
    {
        (SweepPlan? plan, IReadOnlyList<string> problems) = SweepPlan.Make(
            Plans.Spec(), Plans.Axes("hidden.units=0,8", "optimizer.sgd.learning_rate=0.1,-1", "hidden.activation=relu,rellu"));
        Assert.Null(plan);
        Assert.Equal(3, problems.Count);
        Assert.Contains(problems, static p => Regex.IsMatch(p, @"^hidden\.units=0: error NETGEN\d+: .*'units' is 0"));
        Assert.Contains(problems, static p => p.StartsWith("optimizer.sgd.learning_rate=-1: error NETGEN", StringComparison.Ordinal));
        Assert.Contains(problems, static p => Regex.IsMatch(p, @"^hidden\.activation=rellu: error NETGEN\d+: .*did you mean 'relu'"));
    }

    [Fact]
    public void Paths_that_lead_nowhere_are_all_said_once()
    {
        (_, IReadOnlyList<string> problems) = SweepPlan.Make(Plans.Spec(), Plans.Axes("hiden.units=4,8", "l2=0,0.1", "optimzer.sgd.momentum=0,0.9"));
        Assert.Equal(2, problems.Count);
        Assert.StartsWith("the spec has no layer or key 'hiden'; did you mean 'hidden'?", problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_of_two_values_together_names_both()
    {
        (_, IReadOnlyList<string> problems) = SweepPlan.Make(Plans.Spec(), Plans.Axes("optimizer.sgd.nesterov=true,false", "optimizer.sgd.momentum=0,0.9"));
        Assert.StartsWith("optimizer.sgd.nesterov=true optimizer.sgd.momentum=0: error NETGEN", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_loss_is_not_trained()
    {
        LoadedSpec spec = Plans.Spec("input: 4\nlayers:\n- dense: 3\n");
        (_, IReadOnlyList<string> problems) = SweepPlan.Make(spec, Plans.Axes("dense_1.units=3,4"));
        Assert.StartsWith("the spec has no loss, so there is nothing to train by; write loss: mean_squared_error", Assert.Single(problems));
    }

    [Fact]
    public void A_loss_can_be_set_where_there_was_none()
    {
        LoadedSpec spec = Plans.Spec("input: 4\nlayers:\n- dense: 3\n");
        Assert.Equal(2, SweepPlan.Make(spec, Plans.Axes("loss=mean_squared_error,huber")).Plan!.Variants.Count);
    }

    [Fact]
    public void The_same_network_by_other_values_is_a_twin()
    {
        SweepPlan plan = Plans.Of("optimizer=sgd,{sgd: {learning_rate: 0.01}},adam");
        Assert.Equal([null, 0, null], plan.Variants.Select(static v => v.TwinOf));
    }

    [Fact]
    public void A_path_that_is_set_twice_is_refused() =>
        Assert.Equal(
            "l2 is set twice; write all its values behind one --set", Assert.Single(SweepPlan.Make(Plans.Spec(), Plans.Axes("l2=0,1", "l2=2")).Problems));

    [Fact]
    public void Far_too_many_are_refused_before_one_is_made()
    {
        SweepAxis[] axes = Plans.Axes([.. Enumerable.Range(0, 4).Select(static k => $"dense_{k}.units=linear:1:1000:1000")]);
        string problem = Assert.Single(SweepPlan.Make(Plans.Spec(), axes).Problems);
        Assert.StartsWith("1000 x 1000 x 1000 x 1000 values make far too many variants, but a sweep has 10,000 at most", problem, StringComparison.Ordinal);
        problem = Assert.Single(SweepPlan.Make(Plans.Spec(), Plans.Axes("hidden.units=linear:1:101:101", "seed=linear:1:100:100")).Problems);
        Assert.StartsWith("101 x 100 values make 10,100 variants", problem, StringComparison.Ordinal);
    }
}
