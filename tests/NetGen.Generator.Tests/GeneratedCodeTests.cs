using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Compiler.Targets;
using NetGen.Generator.Tests.Harness;
using NetGen.Testing.Generated;
using Xunit;

namespace NetGen.Generator.Tests;

/// <summary>
/// What is generated compiles wherever it lands, every warning of C# being an error and documentation being required.
/// </summary>
public sealed class GeneratedCodeTests
{
    private const string Trained = """
        input: 6
        layers:
          - dense: { units: 8, activation: relu, name: hidden }
          - dropout: 0.2
          - dense: { units: 3, name: class }
          - softmax
        loss: cross_entropy
        optimizer: { sgd: { learning_rate: 0.1, momentum: 0.9, clip_norm: 5 } }
        l2: 0.0001
        """;

    private const string Evaluated = """
        input: [2, 3]
        layers: [flatten, dense: { units: 200, activation: tanh }, dense: { units: 1, activation: sigmoid }]
        """;

    private const string Source = """
        using NetGen;

        namespace App
        {
            /// <summary>Is trained.</summary>
            [Network("trained.yaml")] public partial class Trained { }

            /// <summary>Is evaluated alone.</summary>
            [Network("evaluated.yaml")] public sealed partial class Evaluated { }

            /// <summary>Uses both.</summary>
            public static class Use
            {
                /// <summary>The two together.</summary>
                public static float Both(System.ReadOnlySpan<float> inputs, System.ReadOnlySpan<float> targets, System.Span<float> outputs)
                {
                    var trained = new Trained(3);
                    Evaluated.Forward(new float[Evaluated.ParameterBufferSize], inputs, outputs);
                    trained.Forward(inputs, outputs);
                    return trained.TrainStep(inputs, targets, 0.1f) + Trained.InputSize;
                }
            }
        }
        """;

    private static readonly TestProject s_project = Of(Source);

    private static TestProject Of(string source) => TestProject.Of(source)
        .WithSpec("trained.yaml", Trained)
        .WithSpec("evaluated.yaml", Evaluated) with
    {
        RequireDocumentation = true,
    };

    public static TheoryData<LanguageVersion, bool, bool> Settings
    {
        get
        {
            var data = new TheoryData<LanguageVersion, bool, bool>();
            IEnumerable<LanguageVersion> versions = Enum.GetValues<LanguageVersion>()
                .Where(static v => v is >= LanguageVersion.CSharp7_3 and not LanguageVersion.LatestMajor and not LanguageVersion.Latest);
            foreach ((int i, LanguageVersion version) in versions.Index())
                data.Add(version, i % 2 == 0, i % 3 == 0);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task It_compiles_in_every_language_version(LanguageVersion language, bool nullable, bool isChecked)
    {
        await Compiles(s_project with
        {
            Language = language,
            Nullable = nullable ? NullableContextOptions.Enable : NullableContextOptions.Disable,
            CheckOverflow = isChecked,
        });
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.CSharp14)]
    public async Task It_compiles_for_net_standard_2_0_with_spans_from_a_package(LanguageVersion language)
    {
        await Compiles(s_project with { Language = language, Framework = [.. TargetReferences.Of(Target.Portable)] });
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp10)]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.CSharp14)]
    public async Task It_compiles_beside_the_training_library(LanguageVersion language)
    {
        GeneratorRun run = await Compiles(s_project with { HasTraining = true, Language = language });

        INamedTypeSymbol trained = run.Output.GetTypeByMetadataName("App.Trained")!;
        Assert.Equal(language >= LanguageVersion.CSharp11, trained.AllInterfaces.Any(static i => i.Name == "INetwork"));
    }

    [Fact]
    public async Task It_compiles_in_an_assembly_that_promises_to_suit_every_language()
    {
        await Compiles(s_project.WithSource("Assembly.cs", "[assembly: System.CLSCompliant(true)]"));
    }

    [Fact]
    public async Task It_compiles_among_names_that_are_keywords()
    {
        await Compiles(Of("""
            namespace @event.@new.global
            {
                /// <summary>A keyword.</summary>
                [Network("trained.yaml")] public partial class @class { }

                /// <summary>Another.</summary>
                public partial struct @struct
                {
                    /// <summary>A third.</summary>
                    [Network("trained.yaml")] public partial class @float { }
                }

                /// <summary>One by context alone.</summary>
                [Network("evaluated.yaml")] public partial class @record { }
            }
            """));
    }

    [Fact]
    public async Task It_compiles_in_the_global_namespace_and_in_other_types()
    {
        GeneratorRun run = await Compiles(Of("""
            /// <summary>In no namespace.</summary>
            [Network("trained.yaml")] public sealed partial class Net { }

            /// <summary>Has one.</summary>
            public static partial class Models
            {
                /// <summary>Has it.</summary>
                public partial interface IFlowers
                {
                    /// <summary>Has it too.</summary>
                    public partial record Small(int Size)
                    {
                        [Network("trained.yaml")] private partial class Net { }

                        internal static object Make() => new Net();
                    }
                }
            }
            """));

        Assert.Equal(["Models.IFlowers.Small.Net.g.cs", "Net.g.cs"], run.Files.Keys.Order());
    }

    [Fact]
    public async Task It_compiles_among_names_that_hide_those_it_uses()
    {
        await Compiles(Of("""
            namespace App.System.NetGen
            {
                internal static class MathF { }
                internal static class Span { }

                /// <summary>Members with the names of everything.</summary>
                [global::NetGen.Network("trained.yaml")] public partial class Net
                {
                    private static int System => 1;
                    private static int Math => System;
                    private static int MathF => Math;
                    private static int inputs => MathF;
                    private static int parameters => inputs;
                    private static int _parameters => parameters;
                    private static int _gradients => _parameters;
                    private static int Vector => _gradients;
                    private static int Kernels => Vector;
                    private static int Unsafe => Kernels;
                    internal static int All => Unsafe;
                }
            }
            """));
    }

    [Fact]
    public async Task What_is_generated_for_a_spec_with_errors_compiles()
    {
        TestProject project = s_project.WithSpec("trained.yaml", "input: 6\nlayers: [{|NETGEN010:bad|}]\nloss: squared_error\n")
            .WithSource("Source.cs", Source.Replace("Network(\"trained.yaml\")", "Network({|NETGEN050:\"trained.yaml\"|})"));
        foreach (LanguageVersion language in new[] { LanguageVersion.CSharp7_3, LanguageVersion.CSharp14 })
            await Expect.MarkedDiagnostics(project with { Language = language });
        await Expect.MarkedDiagnostics(project with { HasTraining = true });
    }

    [Fact]
    public async Task Nothing_of_the_attributes_stays_in_the_assembly()
    {
        GeneratorRun run = await Compiles(Of("""
            /// <summary>A net.</summary>
            [Network, Input(4), Dense(3, Activation = Activation.Relu), Softmax, CrossEntropy, Sgd, Budget(Macs = "1M")]
            public partial class Net { }
            """));
        using var image = new MemoryStream();
        Assert.True(run.Output.Emit(image).Success);
        image.Position = 0;
        using var file = new PEReader(image);
        MetadataReader metadata = file.GetMetadataReader();

        Assert.DoesNotContain("NetGen", metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name)));
        Assert.DoesNotContain("NetGen", metadata.TypeReferences.Select(r => metadata.GetString(metadata.GetTypeReference(r).Namespace)));
    }

    private static async Task<GeneratorRun> Compiles(TestProject project)
    {
        GeneratorRun run = await Expect.Success(project);
        using var image = new MemoryStream();
        Assert.Empty(run.Output.Emit(image).Diagnostics.Where(static d => d.Severity != DiagnosticSeverity.Hidden));
        return run;
    }
}
