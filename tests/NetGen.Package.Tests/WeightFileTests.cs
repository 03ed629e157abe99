using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>Weight files by the names that they have and by the ways in which projects name them, through the build.</summary>
[Collection(PackageFeed.Name)]
public sealed class WeightFileTests(PackageFeed feed)
{
    private const string Small = "input: 4\nlayers: [ { dense: { units: 2, name: fc1 } } ]\n", Large = "input: 200\nlayers: [ { dense: { units: 200, name: fc1 } } ]\n";

    [Fact]
    public async Task Files_of_any_name_are_compiled_in_however_a_project_names_them()
    {
        string folder = feed.NewProject(
            "C#",
            """<ItemGroup><NetworkWeights Include="models/put together.safetensors" /></ItemGroup>""",
            ("a;b %20(1)*.yaml", Small + "weights: \"my%20model (1);.safetensors\"\n"),
            ("large.yaml", Large + "weights: \"big;one%.safetensors\"\n"),
            ("two.yaml", Large),
            ("Elsewhere/Files.cs", """
                internal static class Files
                {
                    public const string Large = "models/Large.safetensors";
                    public const string Composed = "models/put " + "together" + ".safetensors";
                }
                """),
            ("Sub/Nets.cs", """
                using NetGen;

                [Network("a;b %20(1)*.yaml")] internal partial class Named;
                [Network("large.yaml")] internal partial class LargeNamed;
                [Network("two.yaml")] internal partial class Bare;
                [Network("two.yaml", Weights = Files.Large)] internal partial class Shipped;
                [Network(Weights = Files.Composed), Input(4), Dense(2, Name = "fc1")] internal partial class Composed;
                """),
            ("Program.cs", """
                System.Console.WriteLine(Of(Named.Predict, 4) + Of(LargeNamed.Predict, 200) + Of(Shipped.Predict, 200) + Of(Composed.Predict, 4) + (new Bare().Parameters[0] == new Shipped().Parameters[0]));

                static string Of(Predict predict, int inputs)
                {
                    float[] input = new float[inputs], output = new float[200];
                    input[0] = 1;
                    predict(input, output.AsSpan(0, inputs == 4 ? 2 : 200));
                    return output[0] + " ";
                }

                internal delegate void Predict(System.ReadOnlySpan<float> inputs, System.Span<float> outputs);
                """.Replace("output.AsSpan(", "System.MemoryExtensions.AsSpan(output, ", StringComparison.Ordinal)));
        void Write(string name, int inputs, float weight) => File.WriteAllBytes(Path.Combine(folder, name), WeightFile.Of(("fc1.weight", [inputs == 4 ? 2 : 200, inputs], _ => weight), ("fc1.bias", [inputs == 4 ? 2 : 200], static _ => 0)));
        Directory.CreateDirectory(Path.Combine(folder, "models"));
        Write("my%20model (1);.safetensors", 4, 1.5f);
        Write("big;one%.safetensors", 200, 2.5f);
        Write("models/Large.safetensors", 200, 3.5f);
        Write("models/put together.safetensors", 4, 4.5f);

        (await DotNet.Build(folder, "build")).Successful();
        Assert.Equal("1.5 2.5 3.5 4.5 False", (await DotNet.Run(folder, "bin/Debug/net10.0/C#.dll")).Successful().Trim());

        // What is there and was not read, and what is of another format, says so and how to go on.
        string project = Path.Combine(folder, "C#.csproj");
        File.WriteAllText(project, File.ReadAllText(project).Replace("""<NetworkWeights Include="models/put together.safetensors" />""", ""));
        File.WriteAllText(Path.Combine(folder, "big;one%.safetensors"), "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n");
        DotNetResult failed = await DotNet.Build(folder, "build", "--no-restore");
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("Nets.cs(7,20): error NETGEN080: the weight file 'models/put together.safetensors' was not read: it is there", failed.Output);
        Assert.Contains("""add <NetworkWeights Include="models/put together.safetensors" /> to the project""", failed.Output);
        Assert.Contains("large.yaml(3,10): error NETGEN081: big;one%.safetensors: it is Git LFS's pointer to the file, not the file itself; run git lfs pull", failed.Output);
    }
}
