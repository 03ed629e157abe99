using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Layers;
using NetGen.Compiler.Layers.Activations;
using NetGen.Compiler.Losses;
using NetGen.Compiler.Optimizers;
using NetGen.Compiler.Options;
using NetGen.Compiler.Shapes;
using NetGen.Generator.Reading;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>The attributes are the registries in C#: whatever YAML can say, they can, under the name that the rule gives.</summary>
public sealed class RegistryTests
{
    private static IEnumerable<Type> Attributes(Type kind) =>
        kind.Assembly.GetExportedTypes().Where(t => t.IsSubclassOf(kind) && !t.IsAbstract);

    private static string NameOf(Type attribute) => SpecNames.ToSnakeCase(attribute.Name[..^"Attribute".Length]);

    public static TheoryData<string> Definitions =>
    [
        .. LayerRegistry.Layers.All.Select(static d => d.Name),
        .. LossRegistry.Losses.All.Select(static d => d.Name),
        .. OptimizerRegistry.Optimizers.All.Select(static d => d.Name),
    ];

    [Fact]
    public void There_is_an_attribute_for_everything_and_nothing_else()
    {
        Assert.Equal(LayerRegistry.Layers.All.Select(d => d.Name).Order(), Attributes(typeof(LayerAttribute)).Select(NameOf).Order());
        Assert.Equal(LossRegistry.Losses.All.Select(d => d.Name).Order(), Attributes(typeof(LossAttribute)).Select(NameOf).Order());
        Assert.Equal(OptimizerRegistry.Optimizers.All.Select(d => d.Name).Order(), Attributes(typeof(OptimizerAttribute)).Select(NameOf).Order());
    }

    [Theory]
    [MemberData(nameof(Definitions))]
    public void It_has_a_property_for_every_key_and_a_constructor_for_the_main_value(string name)
    {
        IDefinition definition = LayerRegistry.Layers.All.Cast<IDefinition>()
            .Concat(LossRegistry.Losses.All).Concat(OptimizerRegistry.Optimizers.All).Single(d => d.Name == name);
        Type attribute = Attributes(typeof(SpecAttribute)).Single(t => NameOf(t) == name);
        List<string> keys = [.. definition.Keys.Keys];
        // The layer that it holds is the attribute behind it.
        if (definition is BidirectionalDefinition holder)
            keys.RemoveAll(holder.Kinds.Contains);
        if (definition is LayerDefinition layer)
        {
            keys.Add("name");
            if (!keys.Contains("from"))
                keys.Add("from");
            if (layer.ParameterNames.Count > 0 && layer.TakesTrainable)
                keys.Add("trainable");
        }

        if (definition is LossDefinition)
            keys.Add("output");
        PropertyInfo[] properties = [.. attribute.GetProperties().Where(static p => p.DeclaringType != typeof(Attribute))];
        IEnumerable<string> mains = attribute.GetConstructors().SelectMany(static c => c.GetParameters()).Select(static p => p.Name!);

        Assert.Equal(keys.Order(), properties.Select(p => SpecNames.ToSnakeCase(p.Name)).Order());
        Assert.Equal(definition.Keys.Main is null ? [] : [definition.Keys.Main], mains.Select(m => SpecNames.ToSnakeCase(char.ToUpperInvariant(m[0]) + m[1..])));
        // What cannot be set must be said.
        Assert.All(properties.Where(static p => !p.CanWrite), p => Assert.DoesNotContain(attribute.GetConstructors(), static c => c.GetParameters().Length == 0));
    }

    [Fact]
    public void The_enums_have_the_words()
    {
        Assert.Equal(ActivationRegistry.Activations.All.Select(d => d.Name).Order(), Words<Activation>().Order());
        Assert.Equal(["auto", "full", "none"], Words<Unroll>());
        Assert.Equal(["mean", "sum"], Words<Reduction>());
        Assert.Equal(["sequence", "channels"], Words<Layout>());
        Assert.Equal(["concat", "sum", "multiply", "average"], Words<MergeMode>());

        static IEnumerable<string> Words<T>() where T : struct, Enum => Enum.GetNames<T>().Select(SpecNames.ToSnakeCase);
    }
}
