using System;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Options;
using NetGen.Compiler.Spec;
using NetGen.Compiler.Text;
using NetGen.Compiler.Vocabulary;

namespace NetGen.Compiler.Initializers;

/// <summary>One initializer of the grammar: its name, its options, and what they make for a parameter of given fans.</summary>
internal sealed class InitializerDefinition(string name, OptionKeys keys, Func<OptionReader, Fans, Initializer> create) : IDefinition
{
    public string Name => name;

    public OptionKeys Keys => keys;

    public Initializer Create(OptionReader options, Fans fans) => create(options, fans);
}

/// <summary>
/// Every initializer. X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks"
/// (2010); K. He et al., "Delving Deep into Rectifiers" (2015); Y. LeCun et al., "Efficient BackProp" (1998).
/// </summary>
internal static class InitializerRegistry
{
    public static readonly Registry<InitializerDefinition> Initializers = new("initializer", Rules.UnknownInitializer,
    [
        new("zeros", OptionKeys.None, static (_, _) => new ConstantInitializer(0)),
        new("ones", OptionKeys.None, static (_, _) => new ConstantInitializer(1)),
        new("constant", OptionKeys.WithMain("value"), static (o, _) => new ConstantInitializer(o.Number("value", 0, Any, AnyWords))),
        new("uniform", OptionKeys.Of("minval", "maxval"), static (o, _) => Uniform(o)),
        new("normal", OptionKeys.Of("mean", "stddev"), static (o, _) => new NormalInitializer(Mean(o), Deviation(o))),
        new("truncated_normal", OptionKeys.Of("mean", "stddev"), static (o, _) => new TruncatedNormalInitializer(Mean(o), Deviation(o))),
        new("glorot_uniform", OptionKeys.None, static (_, fans) => VarianceScaling.Uniform(1, fans.Average)),
        new("glorot_normal", OptionKeys.None, static (_, fans) => VarianceScaling.TruncatedNormal(1, fans.Average)),
        new("he_uniform", OptionKeys.None, static (_, fans) => VarianceScaling.Uniform(2, fans.In)),
        new("he_normal", OptionKeys.None, static (_, fans) => VarianceScaling.TruncatedNormal(2, fans.In)),
        new("lecun_uniform", OptionKeys.None, static (_, fans) => VarianceScaling.Uniform(1, fans.In)),
        new("lecun_normal", OptionKeys.None, static (_, fans) => VarianceScaling.TruncatedNormal(1, fans.In)),
        new("orthogonal", OptionKeys.WithMain("gain"), static (o, _) => new OrthogonalInitializer(o.Number("gain", 1, Any, AnyWords))),
    ],
    InitializerWords.All);

    private const string AnyWords = "a finite number";

    /// <summary>The initializer that an option names, for a parameter of the given shape; the default where it is absent or wrong.</summary>
    public static Initializer Read(OptionReader options, string key, EquatableArray<int>? shape, string @default)
    {
        SpecValue? value = options.Find(key);
        Fans fans = shape is { } s ? Fans.Of(s) : new Fans(1, 1);
        Initializer Default() => Create(new Node(new Spanned<string>(@default, default), null, default), fans, options)!;
        if (value is null)
            return Default();

        int before = options.Diagnostics.Count;
        Node? node = options.ReadNode(value, "an initializer", $"{key}: he_normal");
        Initializer? initializer = node is null ? null : Create(node, fans, options);
        if (initializer is OrthogonalInitializer && shape is { Count: 1 })
            options.Report(Rules.OutOfRange, value.Span, $"{options.Owner}: '{key}' is orthogonal, but a bias is a vector, which has no rows to be orthogonal; use zeros or normal");
        if (options.Diagnostics.Count != before)
            options.Fail();
        return initializer ?? Default();
    }

    private static Initializer? Create(Node node, Fans fans, OptionReader options)
    {
        InitializerDefinition? definition = Initializers.Find(node.Kind, options);
        return definition?.Create(options.Within(node, $"initializer '{definition.Name}'", definition.Keys), fans);
    }

    private static Initializer Uniform(OptionReader o)
    {
        float from = o.Number("minval", -0.05f, Any, AnyWords);
        float to = o.Number("maxval", 0.05f, Any, AnyWords);
        if (!o.Failed && from > to)
            o.Report(Rules.OutOfRange, o.SpanOf("minval"), $"{o.Owner}: 'minval' is {CSharpLiteral.Shortest(from)}, above 'maxval', {CSharpLiteral.Shortest(to)}; exchange them");
        return new UniformInitializer(from, to);
    }

    private static float Mean(OptionReader o) => o.Number("mean", 0, Any, AnyWords);

    private static float Deviation(OptionReader o) => o.Number("stddev", 0.05f, static v => v >= 0, "at least 0");

    private static bool Any(float value) => true;
}
