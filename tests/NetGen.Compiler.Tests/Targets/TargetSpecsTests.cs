using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Optimizers;
using Xunit;

namespace NetGen.Compiler.Tests.Targets;

/// <summary>What targets are compared on leaves nothing out.</summary>
public sealed class TargetSpecsTests
{
    [Fact]
    public void Every_layer_loss_optimizer_and_schedule_is_in_some_spec()
    {
        string[] words = string.Join(' ', TargetSpecs.All).Split(' ', ',', ':', '{', '}', '[', ']');
        IEnumerable<string> names =
        [
            .. LayerRegistry.Layers.All.Select(d => d.Name), .. LossRegistry.Losses.All.Select(d => d.Name),
            .. OptimizerRegistry.Optimizers.All.Select(d => d.Name), .. ScheduleRegistry.Schedules.All.Select(d => d.Name),
        ];

        Assert.Empty(names.Except(words));
    }
}
