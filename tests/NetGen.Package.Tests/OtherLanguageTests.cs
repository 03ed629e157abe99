using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace NetGen.Package.Tests;

/// <summary>Projects in another language than C#: told so where they reference the package themselves, and left alone where a library of theirs does.</summary>
[Collection(PackageFeed.Name)]
public sealed class OtherLanguageTests(PackageFeed feed)
{
    [Fact]
    public async Task Visual_Basic_uses_a_library_with_networks_and_is_told_that_the_package_is_not_for_it()
    {
        string reference = $"""<PackageReference Include="NetGen" Version="{PackageFeed.Version}" />""";
        string Of(string properties, string items) => $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit><UseAppHost>false</UseAppHost>{properties}</PropertyGroup>
              <ItemGroup>{items}</ItemGroup>
            </Project>
            """;
        string root = feed.NewFolder("Basic",
            ("Library/Library.csproj", Of("", reference)),
            ("Library/Net.cs", "using NetGen;\n[Network, Input(2), Dense(1)] public partial class Net;"),
            ("App/App.vbproj", Of("<OutputType>Exe</OutputType>", """<ProjectReference Include="../Library/Library.csproj" />""")),
            ("App/Program.vb", "Module Program\n    Sub Main()\n        System.Console.WriteLine(Net.ParameterCount)\n    End Sub\nEnd Module\n"));
        string app = Path.Combine(root, "App"), project = Path.Combine(app, "App.vbproj");

        Assert.DoesNotContain("NETGEN", (await DotNet.Build(app, "build")).Successful());
        Assert.Equal("3", (await DotNet.Run(app, "bin/Debug/net10.0/App.dll")).Successful().Trim());

        File.WriteAllText(project, File.ReadAllText(project).Replace("<ItemGroup>", "<ItemGroup>" + reference));
        string told = (await DotNet.Build(app, "build")).Successful();
        Assert.Contains("App.vbproj : warning NETGEN082: this project is written in VB, where NetGen generates nothing; put the networks into a C# library", told);
        Assert.DoesNotContain("Library.csproj : warning", told);
    }
}
