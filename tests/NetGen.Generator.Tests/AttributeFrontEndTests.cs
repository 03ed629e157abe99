using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Compiler;
using NetGen.Compiler.Binding;
using NetGen.Compiler.Diagnostics;
using NetGen.Compiler.Frontend;
using NetGen.Compiler.Spec;
using NetGen.Generator.Reading;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>Networks in attributes: the tree, and the code, that the same network in YAML gives.</summary>
public sealed class AttributeFrontEndTests
{
    public static TheoryData<string, string> Twins => new()
    {
        {
            """
            [Network]
            [Input(4)]
            [Dense(16, Activation = Activation.Relu)]
            [Dense(3), Softmax]
            [CrossEntropy]
            [Sgd(LearningRate = 0.1f, Momentum = 0.9f)]
            """,
            """
            input: [4]
            layers:
              - dense: { units: 16, activation: relu }
              - dense: { units: 3 }
              - softmax
            loss: cross_entropy
            optimizer: { sgd: { learning_rate: 0.1, momentum: 0.9 } }
            """
        },
        {
            """
            [Network(Seed = 42, L2 = 1e-4f, Unroll = Unroll.Full)]
            [Input(5, 6, Layout = Layout.Sequence)]
            [Dense(8, UseBias = true, KernelInitializer = "he_normal", BiasInitializer = "ones", Name = "hidden", In = 6)]
            [Flatten, Dropout(0.25f), Dense(2, Trainable = false)]
            [LeakyRelu(0.2f), LeakyRelu(NegativeSlope = 0.3f), LeakyRelu, Elu(2f), Elu(Alpha = 3)]
            [Dense(2, Trainable = new[] { "weight" }, Activation = Activation.LeakyRelu), Softplus, Tanh, Linear, Relu, Sigmoid]
            [Huber(Delta = 2, Reduction = Reduction.Sum)]
            [Sgd(Nesterov = true, Momentum = 0.5f, ClipNorm = 5)]
            [Budget(Parameters = "60KB", Scratch = "8KB", Macs = "1M")]
            """,
            """
            input: { shape: [5, 6], layout: sequence }
            layers:
              - dense: { units: 8, use_bias: true, kernel_initializer: he_normal, bias_initializer: ones, name: hidden, in: 6 }
              - flatten
              - dropout: { rate: 0.25 }
              - dense: { units: 2, trainable: false }
              - leaky_relu: { negative_slope: 0.2 }
              - leaky_relu: { negative_slope: 0.3 }
              - leaky_relu
              - elu: { alpha: 2 }
              - elu: { alpha: 3 }
              - dense: { units: 2, trainable: [weight], activation: leaky_relu }
              - softplus
              - tanh
              - linear
              - relu
              - sigmoid
            loss: { huber: { delta: 2, reduction: sum } }
            optimizer: { sgd: { nesterov: true, momentum: 0.5, clip_norm: 5 } }
            budget: { parameters: 60KB, scratch: 8KB, macs: 1M }
            seed: 42
            l2: 0.0001
            unroll: full
            """
        },
        {
            """
            [Network]
            [Input("image", 1, 6, 6)]
            [Input("memory", 8), Input("words", 5, 3, Layout = Layout.Sequence)]
            [Conv2D(4, KernelSize = 3, From = "image"), Flatten]
            [Gru(8, From = "words", Name = "core")]
            [Concat("flatten_1", "core.h", "memory")]
            [Dense(3, Name = "policy"), Dense(1, From = "core", Name = "value")]
            [Outputs("policy", "value", "core.h")]
            [CrossEntropyWithLogits(Output = "policy")]
            [MeanSquaredError(Output = "value", Weight = 0.5f)]
            [Sgd(0.1f)]
            """,
            """
            inputs: { image: [1, 6, 6], memory: [8], words: { shape: [5, 3], layout: sequence } }
            layers:
              - conv2d: { filters: 4, kernel_size: 3, from: image }
              - flatten
              - gru: { units: 8, from: words, name: core }
              - concat: { from: [flatten_1, core.h, memory] }
              - dense: { units: 3, name: policy }
              - dense: { units: 1, from: core, name: value }
            outputs: [policy, value, core.h]
            loss: { policy: cross_entropy_with_logits, value: { mean_squared_error: { weight: 0.5 } } }
            optimizer: { sgd: { learning_rate: 0.1 } }
            """
        },
        {
            """
            [Network, Input(4), Dense(1), MeanSquaredError]
            [Adam(LearningRate = 0.1f, Beta1 = 0.8f, Beta2 = 0.9f, Epsilon = 1e-4f, WeightDecay = 0.5f, ClipNorm = 5, ClipValue = 0.5f)]
            """,
            """
            input: [4]
            layers: [ { dense: { units: 1 } } ]
            loss: mean_squared_error
            optimizer: { adam: { learning_rate: 0.1, beta_1: 0.8, beta_2: 0.9, epsilon: 0.0001, weight_decay: 0.5, clip_norm: 5, clip_value: 0.5 } }
            """
        },
        {
            """
            [Network, Input(4), Dense(1), MeanSquaredError]
            [Adamw(0.1f)]
            """,
            """
            input: [4]
            layers: [ { dense: { units: 1 } } ]
            loss: mean_squared_error
            optimizer: { adamw: { learning_rate: 0.1 } }
            """
        },
        {
            """
            [Network, Input(4), Dense(1), MeanSquaredError]
            [Rmsprop(Rho = 0.9f, Momentum = 0.5f)]
            """,
            """
            input: [4]
            layers: [ { dense: { units: 1 } } ]
            loss: mean_squared_error
            optimizer: { rmsprop: { rho: 0.9, momentum: 0.5 } }
            """
        },
        {
            """
            [Network, Input(4), Dense(1), MeanSquaredError]
            [Adagrad]
            """,
            """
            input: [4]
            layers: [ { dense: { units: 1 } } ]
            loss: mean_squared_error
            optimizer: adagrad
            """
        },
        {
            """
            [Sgd(0.5f)]
            [Huber(3f)]
            [Dense(units: 2 + 1, Name = nameof(NetGen))]
            [Network(Seed = -7, Unroll = Unroll.None)]
            [InputAttribute(new int[] { 2, 3 }, Layout = (Layout)1)]
            [Flatten(Name = "flat"), DenseAttribute(1)]
            """,
            """
            optimizer: { sgd: { learning_rate: 0.5 } }
            loss: { huber: { delta: 3 } }
            input: { shape: [2, 3], layout: channels }
            layers:
              - dense: { units: 3, name: NetGen }
              - flatten: { name: flat }
              - dense: { units: 1 }
            seed: -7
            unroll: none
            """
        },
        {
            """
            [Network]
            [Input(2)]
            [Rescaling(0.5f, Offset = -1), Normalization(Mean = new[] { 0.5, 2 }, Variance = 3, Name = "scaled"), Dense(3)]
            [CrossEntropyWithLogits(LabelSmoothing = 0.1f, ClassWeight = new[] { 1f, 2.5f, 0 }, IgnoreLabel = -1, Weight = 2, Reduction = Reduction.Sum)]
            """,
            """
            input: [2]
            layers:
              - rescaling: { scale: 0.5, offset: -1 }
              - normalization: { mean: [0.5, 2], variance: 3, name: scaled }
              - dense: { units: 3 }
            loss: { cross_entropy_with_logits: { label_smoothing: 0.1, class_weight: [1, 2.5, 0], ignore_label: -1, weight: 2, reduction: sum } }
            """
        },
        {
            """
            [Network]
            [Input(3, 28, 28)]
            [MaxPool2D(2), MaxPool2D(new[] { 2, 3 }, Strides = 1, Padding = "same"), AveragePool2D(poolSize: 2, Strides = new[] { 1, 2 }, Padding = 1)]
            [Reshape(3, -1), MaxPool1D(2), AveragePool1D(3, Padding = new int[] { 1 }), LayerNorm(Epsilon = 0.5f, Trainable = new[] { "bias" })]
            [GlobalAveragePool, RmsNorm(Trainable = false), Reshape(3, 1), GlobalMaxPool(Name = "all")]
            """,
            """
            input: [3, 28, 28]
            layers:
              - max_pool2d: { pool_size: 2 }
              - max_pool2d: { pool_size: [2, 3], strides: 1, padding: "same" }
              - average_pool2d: { pool_size: 2, strides: [1, 2], padding: 1 }
              - reshape: { shape: [3, -1] }
              - max_pool1d: { pool_size: 2 }
              - average_pool1d: { pool_size: 3, padding: [1] }
              - layer_norm: { epsilon: 0.5, trainable: ["bias"] }
              - global_average_pool
              - rms_norm: { trainable: false }
              - reshape: { shape: [3, 1] }
              - global_max_pool: { name: all }
            """
        },
        {
            """
            [Network]
            [Input(2, 8, 8)]
            [Conv2D(6, KernelSize = new[] { 3, 2 }, Strides = 2, Padding = "same", Groups = 2, Activation = Activation.Relu)]
            [ConvTranspose2D(filters: 4, KernelSize = 2, OutputPadding = 1, UseBias = false), Reshape(4, -1)]
            [Conv1D(3, KernelSize = 3, DilationRate = 2, Padding = "causal"), ConvTranspose1D(2, KernelSize = 1, Trainable = false)]
            """,
            """
            input: [2, 8, 8]
            layers:
              - conv2d: { filters: 6, kernel_size: [3, 2], strides: 2, padding: "same", groups: 2, activation: relu }
              - conv_transpose2d: { filters: 4, kernel_size: 2, output_padding: 1, use_bias: false }
              - reshape: { shape: [4, -1] }
              - conv1d: { filters: 3, kernel_size: 3, dilation_rate: 2, padding: "causal" }
              - conv_transpose1d: { filters: 2, kernel_size: 1, trainable: false }
            """
        },
        {
            """
            [Network]
            [Input(20)]
            [Embedding(InputDim = 100, OutputDim = 16, Trainable = false)]
            [SimpleRnn(8, ReturnSequences = true, Truncate = 20, Checkpoint = 10)]
            [Gru(8, KernelInitializer = "he_normal", RecurrentInitializer = "glorot_uniform", ReturnSequences = true)]
            [Lstm(units: 4, Trainable = new[] { "weight_hh_l0" }, Name = "last")]
            """,
            """
            input: [20]
            layers:
              - embedding: { input_dim: 100, output_dim: 16, trainable: false }
              - simple_rnn: { units: 8, return_sequences: true, truncate: 20, checkpoint: 10 }
              - gru: { units: 8, kernel_initializer: he_normal, recurrent_initializer: glorot_uniform, return_sequences: true }
              - lstm: { units: 4, trainable: ["weight_hh_l0"], name: last }
            """
        },
        {
            """
            [Network]
            [Input(20)]
            [Embedding(InputDim = 30, OutputDim = 8, Name = "words")]
            [Gru(8, Activation = Activation.Softsign, RecurrentActivation = Activation.HardSigmoid, ResetAfter = false, ReturnSequences = true, Name = "a")]
            [Gru(8, WeightsOf = "a", ResetAfter = false, UseBias = false, ReturnSequences = true)]
            [Bidirectional(MergeMode = MergeMode.Sum, Trainable = new[] { "weight_hh_l0_reverse" }, Name = "both"), Lstm(8, ReturnSequences = true)]
            [Bidirectional]
            [SimpleRnn(4, Activation = Activation.Relu, ReturnSequences = true)]
            [Dense(30, WeightsOf = "words", UseBias = false)]
            """,
            """
            input: [20]
            layers:
              - embedding: { input_dim: 30, output_dim: 8, name: words }
              - gru: { units: 8, activation: softsign, recurrent_activation: hard_sigmoid, reset_after: false, return_sequences: true, name: a }
              - gru: { units: 8, weights_of: a, reset_after: false, use_bias: false, return_sequences: true }
              - bidirectional: { lstm: { units: 8, return_sequences: true }, merge_mode: sum, trainable: ["weight_hh_l0_reverse"], name: both }
              - bidirectional: { simple_rnn: { units: 4, activation: relu, return_sequences: true } }
              - dense: { units: 30, weights_of: words, use_bias: false }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Twins))]
    public void The_tree_is_the_one_that_yaml_gives(string attributes, string yaml)
    {
        var diagnostics = new DiagnosticBag();
        MapValue? expected = YamlReader.Read(yaml, diagnostics);
        AttributeSpec actual = Read($"{attributes} public partial class Net {{ }}");

        Assert.Empty(diagnostics.ToArray());
        Assert.Empty(actual.Diagnostics);
        Assert.Equal(Write(expected!), Write(actual.Spec));
        Assert.Equal(Hash(expected!), Hash(actual.Spec));
    }

    /// <summary>Of the network; null where that has errors.</summary>
    private static string? Hash(MapValue spec) => NetworkCompiler.Check(spec, new DiagnosticBag()).Network is { } network ? NetworkHash.Of(network) : null;

    [Fact]
    public async Task The_code_is_the_one_that_yaml_gives()
    {
        const string Yaml = """
            input: [4]
            layers:
              - dense: { units: 16, activation: relu }
              - dropout: 0.1
              - dense: 3
              - softmax
            loss: cross_entropy
            optimizer: { sgd: { learning_rate: 0.1, momentum: 0.9 } }
            l2: 0.0001
            """;

        GeneratorRun fromYaml = await Expect.Success(TestProject.Of("""[Network("iris.yaml")] public partial class Iris { }""").WithSpec("iris.yaml", Yaml));
        GeneratorRun fromAttributes = await Expect.Success(TestProject.Of("""
            [Network(L2 = 1e-4f)]
            [Input(4)]
            [Dense(16, Activation = Activation.Relu)]
            [Dropout(0.1f)]
            [Dense(3), Softmax]
            [CrossEntropy]
            [Sgd(LearningRate = 0.1f, Momentum = 0.9f)]
            public partial class Iris { }
            """));

        Assert.Equal(fromYaml.Files, fromAttributes.Files);
    }

    [Theory]
    [InlineData("0.1f", "0.1")]
    [InlineData("1e-4f", "0.0001")]
    [InlineData("1e-9f", "1E-09")]
    [InlineData("3", "3")]
    [InlineData("16777217f", "16777216")]
    [InlineData("1f / 3", "0.33333334")]
    [InlineData("float.PositiveInfinity", ".inf")]
    [InlineData("-float.PositiveInfinity", "-.inf")]
    [InlineData("float.NaN", ".nan")]
    public void Numbers_have_their_shortest_digits_in_every_culture(string written, string text)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            AttributeSpec spec = Read($"[Network(L2 = {written})] public partial class Net {{ }}");

            Assert.Equal("{l2: " + text + "}", Write(spec.Spec));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData("Conv2D", "conv2d")]
    [InlineData("MaxPool2D", "max_pool2d")]
    [InlineData("ConvTranspose1D", "conv_transpose1d")]
    [InlineData("Relu6", "relu6")]
    [InlineData("Beta1", "beta_1")]
    [InlineData("Beta2", "beta_2")]
    [InlineData("L2", "l2")]
    [InlineData("LeakyRelu", "leaky_relu")]
    [InlineData("BinaryCrossEntropyWithLogits", "binary_cross_entropy_with_logits")]
    public void Names_are_mapped_mechanically(string pascal, string snake)
    {
        Assert.Equal(snake, SpecNames.ToSnakeCase(pascal));
    }

    [Fact]
    public void Places_are_those_of_the_attributes_and_their_arguments()
    {
        const string Source = """
            [Network(Seed = 42)]
            [Input(1, 8)]
            [Dense(16, Activation = Activation.Relu, Trainable = new object[] { "weight", "bias" }), Softmax()]
            public partial class Net { }
            """;

        List<string> places = [];
        Collect(Read(Source).Spec);

        Assert.Equal(
            [
                "Network(Seed = 42)",
                "Input=1, 8", "1", "8",
                "Dense(16, Activation = Activation.Relu, Trainable = new object[] { \"weight\", \"bias\" })=Dense(16, Activation = Activation.Relu, Trainable = new object[] { \"weight\", \"bias\" }), Softmax()",
                "Dense(16, Activation = Activation.Relu, Trainable = new object[] { \"weight\", \"bias\" })",
                "Dense=Dense(16, Activation = Activation.Relu, Trainable = new object[] { \"weight\", \"bias\" })",
                "16=16", "Activation=Activation.Relu", "Trainable=new object[] { \"weight\", \"bias\" }", "\"weight\"", "\"bias\"",
                "Softmax",
                "Seed=42",
            ],
            places);

        void Collect(SpecValue value, string key = "")
        {
            places.Add(key + TextAt(value.Span));
            switch (value)
            {
                case ListValue list:
                    foreach (SpecValue item in list.Items)
                        Collect(item);
                    break;
                case MapValue map:
                    foreach (SpecEntry entry in map.Entries)
                        Collect(entry.Value, TextAt(entry.Key.Span) + "=");
                    break;
                default:
                    break;
            }
        }

        string TextAt(Compiler.Text.SourceSpan span)
        {
            string text = "using NetGen;\n" + Source;
            string[] lines = text.Split('\n');
            Assert.Equal(span.Start, lines.Take(span.StartLine).Sum(l => l.Length + 1) + span.StartColumn);
            Assert.Equal(span.Start + span.Length, lines.Take(span.EndLine).Sum(l => l.Length + 1) + span.EndColumn);
            return text.Substring(span.Start, span.Length);
        }
    }

    [Theory]
    [InlineData("[Network, Input(4), {|NETGEN004:Input(5)|}, Dense(3)]")]
    [InlineData("[Network, Input(4), Dense(3), Softmax, CrossEntropy, {|NETGEN004:Hinge|}]")]
    [InlineData("[Network, Input(4), Dense(3), SquaredError, Sgd, {|NETGEN004:Sgd(Momentum = 0.5f)|}]")]
    [InlineData("[Network, Input(4), Dense(3), SquaredError, {|NETGEN004:SquaredError|}, Hinge]")]
    [InlineData("[Network, Input(4), LeakyRelu(0.1f, {|NETGEN004:NegativeSlope|} = 0.2f)]")]
    public async Task What_stands_once_in_a_network_may_not_stand_twice(string attributes)
    {
        await Expect.MarkedDiagnostics(TestProject.Of($"{attributes} public partial class Net {{ }}"));
    }

    [Theory]
    [InlineData("[Network, Input(4), Dense(8), Dense(3, In = {|NETGEN020:9|})]")]
    [InlineData("[Network, Input(4), Dense({|NETGEN009:0|})]")]
    [InlineData("[Network, Input(4, {|NETGEN009:-1|}), Flatten, Dense(3)]")]
    [InlineData("[Network, Input(4), Dense(3), Dropout(rate: {|NETGEN009:1.5f|})]")]
    [InlineData("[Network, Input(4), Dense(3, Trainable = new[] { \"weight\", {|NETGEN015:\"bais\"|} })]")]
    [InlineData("[Network, Input(4), Dense(3, KernelInitializer = {|NETGEN014:\"he_normale\"|})]")]
    [InlineData("[Network, Input(4), Dense(3), {|NETGEN030:CrossEntropy|}]")]
    [InlineData("[Network, Input(4), Dense(3), Budget(Macs = {|NETGEN032:\"11\"|})]")]
    [InlineData("[Network, Input(4), Dense(3, Name = {|NETGEN016:\"3rd\"|})]")]
    [InlineData("[Network, {|NETGEN007:Dense(3)|}]")]
    [InlineData("[{|NETGEN002:Network|}]")]
    [InlineData("[Network, Input(4, 2), {|NETGEN007:Bidirectional|}, Dense(3)]")]
    [InlineData("[Network, Input(4, 2), Bidirectional, Lstm({|NETGEN009:0|})]")]
    [InlineData("[Network, Input(4, 2), Bidirectional, Lstm(4, {|NETGEN006:Name|} = \"a\")]")]
    [InlineData("[Network, Input(4, 2), Lstm(4, ReturnSequences = true, Name = \"a\"), Lstm({|NETGEN025:5|}, WeightsOf = \"a\")]")]
    public async Task What_is_wrong_is_marked_in_the_attributes(string attributes)
    {
        await Expect.MarkedDiagnostics(TestProject.Of($$"""
            {{attributes}} public partial class Net { public static int Size => Net.InputSize; }
            """));
    }

    [Fact]
    public async Task What_csharp_finds_wrong_is_not_said_twice()
    {
        await Expect.MarkedDiagnostics(TestProject.Of("""
            [Network, Input(4), Dense({|CS1503:"three"|})] public partial class A { }
            [Network, Input(4), Dense(3, {|CS0246:Unit|} = 3)] public partial class B { public int Size => B.InputSize; }
            """));
    }

    private static AttributeSpec Read(string source)
    {
        CSharpCompilation compilation = TestProject.Of(source).Compile();
        SyntaxTree tree = compilation.SyntaxTrees.Single();
        ClassDeclarationSyntax syntax = tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>().Single();
        INamedTypeSymbol type = compilation.GetSemanticModel(tree).GetDeclaredSymbol(syntax)!;
        AttributeData network = type.GetAttributes().Single(static a => a.AttributeClass!.Name == "NetworkAttribute");
        return AttributeReader.Read(NetGenAttributes.Of(type, syntax, network, CancellationToken.None));
    }

    /// <summary>The tree without places; whether a scalar is quoted makes no difference where a word is expected.</summary>
    private static string Write(SpecValue value) => value switch
    {
        ScalarValue scalar => scalar.Text,
        ListValue list => $"[{string.Join(", ", list.Items.Select(Write))}]",
        MapValue map => $"{{{string.Join(", ", map.Entries.Select(e => $"{e.Key.Value}: {Write(e.Value)}"))}}}",
        _ => "",
    };
}
