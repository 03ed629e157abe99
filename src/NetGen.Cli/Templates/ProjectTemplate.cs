using System.Collections.Generic;
using NetGen.Compiler.Schema;

namespace NetGen.Cli.Templates;

/// <summary>
/// A program to begin with: it makes its data by a formula, trains a network on them, and prints how well that does on points that it has not seen.
/// </summary>
internal static class ProjectTemplate
{
    private const string ClassName = "SpiralNet";

    /// <summary>The files of a project, by their names; those of <see cref="ProjectSource.Files"/> stand beside them.</summary>
    /// <param name="name">What the project's file is called.</param>
    /// <param name="source">Where the project has NetGen from; null for where the machine finds packages.</param>
    public static IReadOnlyList<(string Name, string Text)> Files(string name, ProjectSource? source = null)
    {
        source ??= new ProjectSource(ToolOrigin.Usual, ".");
        string space = CSharpNames.NamespaceOf(name);
        // The class would be called like its namespace.
        if (space == ClassName)
            space += "App";
        return
        [
            (name + ".csproj", Project(space, source.References)),
            ("Program.cs", Program(space)),
            (ClassName + ".cs", Class(space)),
            ("spirals.yaml", $"# yaml-language-server: $schema={SpecTemplate.SchemaFile}\n{Spec}".ReplaceLineEndings("\n")),
            (SpecTemplate.SchemaFile, SpecSchema.Text()),
        ];
    }

    private const string Spec = """
        # A point of the plane to the spiral that it belongs to: 2 numbers in, 2 probabilities out.
        input: 2
        layers:
          - dense: { units: 32, activation: tanh, name: hidden_1 }
          - dense: { units: 32, activation: tanh, name: hidden_2 }
          - dense: { units: 2, name: output }
          - softmax
        loss: cross_entropy
        optimizer:
          adam: { learning_rate: 0.01 }
        seed: 1                 # of the initial weights

        """;

    private static string Project(string space, string references) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <RootNamespace>{space}</RootNamespace>
            <Nullable>enable</Nullable>
            <InvariantGlobalization>true</InvariantGlobalization>
          </PropertyGroup>
          <ItemGroup>
            <!-- NetGen makes code of the specs while it builds; NetGen.Training is for data, training and files of weights. -->
        {references}
          </ItemGroup>
        </Project>

        """.ReplaceLineEndings("\n");

    private static string Class(string space) => $$"""
        using NetGen;

        namespace {{space}};

        /// <summary>The network that spirals.yaml describes: the build writes the rest of this class.</summary>
        [Network("spirals.yaml")]
        public partial class {{ClassName}};

        """.ReplaceLineEndings("\n");

    private static string Program(string space) => $$"""
        // Which of two spirals does a point belong to?
        //
        //   dotnet run -c Release
        //
        // trains the network of spirals.yaml for a second or two, and prints its accuracy on points that it has not seen: above 0.97.
        // A mistake in the spec is an error of the build, at its line. `netgen check` says the same without a build, `netgen summary spirals.yaml` what the
        // network costs, and `netgen graph spirals.yaml -o spirals.svg` draws it. netgen.schema.json is for editors: `netgen schema` writes it anew.
        using System;
        using {{space}};
        using NetGen.Training;

        LabeledDataset points = Spirals(count: 2000, seed: 1);
        (LabeledDataset train, LabeledDataset validation) = points.Split(testFraction: 0.25, seed: 1, stratify: true);

        var net = new {{ClassName}}();
        var options = new TrainingOptions { Epochs = 60, BatchSize = 32, Seed = 1 };
        net.Fit(train, validation, options, static report =>
        {
            if (report.Epoch % 10 == 0)
                Console.WriteLine($"epoch {report.Epoch}: training loss {report.TrainLoss:0.0000}, validation accuracy {report.ValidationAccuracy:0.000}");
        });

        // The weights of the best epoch, in a file that PyTorch reads too.
        net.SaveWeights("spirals.safetensors");
        Console.WriteLine($"validation accuracy {net.Evaluate(validation).Accuracy:0.000}");

        // The label is the spiral, 0 or 1. Radius (to 5) and angle grow together, by a turn and a half; the other spiral is half a turn further.
        static LabeledDataset Spirals(int count, int seed)
        {
            var random = new Random(seed);
            var features = new float[2 * count];
            var labels = new int[count];
            for (int i = 0; i < count; i++)
            {
                labels[i] = i % 2;
                double radius = Math.Sqrt(random.NextDouble());
                double angle = (3 * Math.PI * radius) + (Math.PI * labels[i]) + (0.1 * (random.NextDouble() - 0.5));
                features[2 * i] = (float)(5 * radius * Math.Cos(angle));
                features[(2 * i) + 1] = (float)(5 * radius * Math.Sin(angle));
            }

            return new LabeledDataset(features, featureCount: 2, labels, ["first", "second"]);
        }

        """.ReplaceLineEndings("\n");
}
