using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>Projects of the shapes that users have, in one solution: every build here is strict, and all of it runs.</summary>
[Collection(PackageFeed.Name)]
public sealed class ProjectShapeTests(PackageFeed feed)
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>FRAMEWORK</TargetFramework>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <WarningsAsErrors>CS9057;CS8785;CS8784;CS8032</WarningsAsErrors>
            <NuGetAudit>false</NuGetAudit>
            <UseAppHost>false</UseAppHost>
            PROPERTIES
          </PropertyGroup>
          ITEMS
        </Project>
        """;

    private static string Of(string framework, string properties, string items) =>
        Project.Replace("FRAMEWORK", framework).Replace("PROPERTIES", properties).Replace("ITEMS", items);

    /// <summary>
    /// Central package versions; a folder with spaces and letters beyond ASCII; a netstandard2.0 library in C# 7.3, with documentation and without nullable, whose internals
    /// an app sees that has a spec of the same name, another that is linked from outside, and weights in a resource.
    /// </summary>
    [Fact]
    public async Task A_library_and_an_app_of_many_habits_build_and_run()
    {
        string root = feed.NewFolder("Größere Räume/Ωmega",
            ("Directory.Packages.props", $"""
                <Project>
                  <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
                  <ItemGroup>
                    <PackageVersion Include="NetGen" Version="{PackageFeed.Version}" />
                    <PackageVersion Include="System.Memory" Version="4.5.5" />
                  </ItemGroup>
                </Project>
                """),
            ("Old Library/Old.csproj", Of("netstandard2.0", "<Nullable>disable</Nullable><LangVersion>7.3</LangVersion><GenerateDocumentationFile>true</GenerateDocumentationFile>", """
                <ItemGroup>
                  <PackageReference Include="NetGen" />
                  <PackageReference Include="System.Memory" />
                  <InternalsVisibleTo Include="App" />
                </ItemGroup>
                """)),
            ("Old Library/net.yaml", "input: 2\nlayers: [ { dense: { units: 4, activation: tanh } }, { dense: 1 } ]\nloss: squared_error\n"),
            ("Old Library/Net.cs", """
                using NetGen;

                namespace Old
                {
                    /// <summary>Public in a library.</summary>
                    [Network("net.yaml")]
                    public partial class Net
                    {
                    }

                    /// <summary>Seen by the app alone.</summary>
                    [Network]
                    [Input(3)]
                    [Dense(2)]
                    internal partial class Hidden
                    {
                    }
                }
                """),
            ("Linked Specs/far.yaml", "input: 400\nlayers: [ { dense: { units: 400, name: big } } ]\nweights: ../Linked Specs/größe.safetensors\n"),
            ("App/App.csproj", Of("net10.0", "<OutputType>Exe</OutputType><Nullable>enable</Nullable>", """
                <ItemGroup>
                  <PackageReference Include="NetGen" />
                  <ProjectReference Include="../Old Library/Old.csproj" />
                  <AdditionalFiles Include="../Linked Specs/far.yaml" Link="Specs/far.yaml" />
                </ItemGroup>
                """)),
            ("App/net.yaml", "input: 5\nlayers: [ { dense: 2 } ]\n"),
            ("App/Program.cs", """
                using System;
                using NetGen;

                var old = new Old.Net(3);
                float before = old.Loss([1, 2], [0.5f]);
                for (int k = 0; k < 100; k++)
                    old.TrainStep(new float[] { 1, 2 }, new float[] { 0.5f }, 0.05f);
                Console.WriteLine(old.Loss(new float[] { 1, 2 }, new float[] { 0.5f }) < before / 10 ? "trains" : "does not train");
                Console.WriteLine(Old.Hidden.InputSize + " " + Net.InputSize);

                float[] inputs = new float[400], outputs = new float[400];
                inputs[7] = 1;
                Far.Predict(inputs, outputs);
                Console.WriteLine(outputs[3] + " " + Far.ParameterCount);

                [Network("net.yaml")] internal partial class Net;
                [Network("far.yaml")] internal partial class Far;
                """));
        string weights = Path.Combine(root, "Linked Specs/größe.safetensors");
        File.WriteAllBytes(weights, WeightFile.Of(("big.weight", [400, 400], static k => k == (3 * 400) + 7 ? 2.5f : 0), ("big.bias", [400], static _ => 0.25f)));

        string app = Path.Combine(root, "App");
        (await DotNet.Build(app, "build")).Successful();
        Assert.Equal(["trains", "3 5", "2.75 160400"], await Run(app));
        Assert.Single(Directory.GetFiles(Path.Combine(app, "obj/Debug/net10.0/netgen"), "*.weights"));

        // Other weights: another build, and the new ones in it.
        File.WriteAllBytes(weights, WeightFile.Of(("big.weight", [400, 400], static k => k == (3 * 400) + 7 ? 4f : 0), ("big.bias", [400], static _ => 0.25f)));
        (await DotNet.Build(app, "build", "--no-restore")).Successful();
        Assert.Equal("4.25 160400", (await Run(app))[2]);

        // A spec that goes fails the build where it is named, and comes back.
        string spec = Path.Combine(app, "net.yaml");
        File.Move(spec, spec + ".away");
        File.Delete(weights);
        DotNetResult without = await DotNet.Build(app, "build", "--no-restore");
        Assert.Equal(1, without.ExitCode);
        Assert.Contains("error NETGEN051: the spec 'net.yaml' was not found", without.Output);
        Assert.Contains("far.yaml(3,10): error NETGEN080: the weight file '../Linked Specs/größe.safetensors' was not found", without.Output);
        File.Move(spec + ".away", spec);
        File.WriteAllBytes(weights, WeightFile.Of(("big.weight", [400, 400], static _ => 0), ("big.bias", [400], static _ => 0.25f)));
        (await DotNet.Build(app, "build", "--no-restore")).Successful();
        Assert.Equal("0.25 160400", (await Run(app))[2]);
    }

    [Fact]
    public async Task Other_versions_of_YamlDotNet_in_the_project_and_in_another_generator_are_in_nobodys_way()
    {
        string root = feed.NewFolder("Versions",
            ("Other/Other.csproj", Of("netstandard2.0", "<LangVersion>latest</LangVersion><EnforceExtendedAnalyzerRules>true</EnforceExtendedAnalyzerRules><CopyLocalLockFileAssemblies>true</CopyLocalLockFileAssemblies><NoWarn>RS1036;RS2008</NoWarn>", """
                <ItemGroup>
                  <PackageReference Include="Microsoft.CodeAnalysis.CSharp" Version="4.3.1" PrivateAssets="all" />
                  <PackageReference Include="YamlDotNet" Version="15.3.0" />
                </ItemGroup>
                <PropertyGroup><GetTargetPathDependsOn>$(GetTargetPathDependsOn);AddYaml</GetTargetPathDependsOn></PropertyGroup>
                <Target Name="AddYaml">
                  <ItemGroup><TargetPathWithTargetPlatformMoniker Include="$(TargetDir)YamlDotNet.dll" IncludeRuntimeDependency="false" /></ItemGroup>
                </Target>
                """)),
            ("Other/Generator.cs", """
                using Microsoft.CodeAnalysis;

                [Generator]
                public sealed class OtherGenerator : IIncrementalGenerator
                {
                    public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterPostInitializationOutput(static c =>
                        c.AddSource("Other.g.cs", "internal static class Other { public const string Yaml = \"" + typeof(YamlDotNet.Core.Parser).Assembly.GetName().Version + "\"; }"));
                }
                """),
            ("App/App.csproj", Of("net10.0", "<OutputType>Exe</OutputType><Nullable>enable</Nullable>", $"""
                <ItemGroup>
                  <PackageReference Include="NetGen" Version="{PackageFeed.Version}" />
                  <PackageReference Include="YamlDotNet" Version="13.7.1" />
                  <ProjectReference Include="../Other/Other.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />
                </ItemGroup>
                """)),
            ("App/net.yaml", "input: 5\nlayers: [ { dense: 2 } ]\n"),
            ("App/Program.cs", """
                using System;
                using NetGen;

                Console.WriteLine($"{Net.InputSize} {typeof(YamlDotNet.Core.Parser).Assembly.GetName().Version} {Other.Yaml}");

                [Network("net.yaml")] internal partial class Net;
                """));
        string app = Path.Combine(root, "App");

        // A compiler of its own, where no other build has loaded anything before.
        (await DotNet.Run(app, "build", "--disable-build-servers")).Successful();

        // The other generator was compiled with 15; which of the two it gets is the compiler's affair, as long as both work.
        Assert.Matches(@"^5 13\.0\.0\.0 1[56]\.0\.0\.0$", Assert.Single(await Run(app)));
    }

    private static async Task<string[]> Run(string app) =>
        (await DotNet.Run(app, "bin/Debug/net10.0/App.dll")).Successful().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
