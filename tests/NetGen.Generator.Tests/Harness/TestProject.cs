using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Compiler.Targets;
using NetGen.Testing.Generated;
using NetGen.Training;

namespace NetGen.Generator.Tests.Harness;

/// <summary>
/// A project in memory. Its texts may hold <see cref="Markup"/>. Unset, it is a library in C# 14 on the framework that
/// runs the tests, in the folder <c>/app/</c>, with warnings as errors, documentation and nullable on.
/// </summary>
internal sealed record TestProject
{
    public const string Folder = "/app/";

    // One of each: what Roslyn has read of an assembly, it keeps with the reference.
    private static readonly MetadataReference s_attributes = MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location);
    private static readonly MetadataReference s_training = MetadataReference.CreateFromFile(typeof(INetwork<>).Assembly.Location);

    public ImmutableSortedDictionary<string, string> Sources { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public ImmutableSortedDictionary<string, InMemoryText> Specs { get; init; } = ImmutableSortedDictionary<string, InMemoryText>.Empty;

    public string? ProjectFolder { get; init; } = Folder;

    /// <summary>As the package's build files hand it over.</summary>
    public string? EscapedProjectFolder { get; init; }

    public LanguageVersion Language { get; init; } = LanguageVersion.CSharp14;

    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;

    public bool CheckOverflow { get; init; }

    public string AssemblyName { get; init; } = "Tested";

    /// <summary>Assemblies beside the framework and NetGen's.</summary>
    public IReadOnlyList<MetadataReference> References { get; init; } = [];

    /// <summary>What stands in place of the running framework.</summary>
    public IReadOnlyList<MetadataReference>? Framework { get; init; }

    public bool HasTraining { get; init; }

    /// <summary>A public member without documentation is an error, also in the project's own sources.</summary>
    public bool RequireDocumentation { get; init; }

    /// <summary>A project of one C# file, which begins with <c>using NetGen;</c> unless it says so itself.</summary>
    public static TestProject Of(string source) => new TestProject().WithSource("Source.cs", source);

    public TestProject WithSource(string path, string source)
    {
        string text = source.Contains("using NetGen;", StringComparison.Ordinal) ? source : "using NetGen;\n" + source;
        return this with { Sources = Sources.SetItem(Folder + path, text) };
    }

    public TestProject WithSpec(string path, string yaml) =>
        this with { Specs = Specs.SetItem(Folder + path, new InMemoryText(Folder + path, yaml)) };

    public IEnumerable<Mark> Marks => Sources
        .SelectMany(static s => Markup.Parse(s.Key, s.Value).Marks)
        .Concat(Specs.Values.SelectMany(static s => s.Marks));

    public CSharpParseOptions ParseOptions =>
        new(Language, DocumentationMode.Diagnose);

    public ImmutableArray<AdditionalText> AdditionalTexts => [.. Specs.Values];

    /// <summary>The project's <c>NetGenTarget</c>; an empty one is as good as none.</summary>
    public string NetGenTarget { get; init; } = "";

    public AnalyzerConfigOptionsProvider Options
    {
        get
        {
            ImmutableDictionary<string, string> properties = ImmutableDictionary<string, string>.Empty.Add("build_property.NetGenTarget", NetGenTarget);
            if (EscapedProjectFolder is not null)
                properties = properties.Add("build_property.NetGenProjectFolder", EscapedProjectFolder);
            return new BuildProperties(ProjectFolder is null ? properties : properties.Add("build_property.ProjectDir", ProjectFolder));
        }
    }

    public CSharpCompilation Compile() => CSharpCompilation.Create(
        AssemblyName,
        Sources.Select(f => CSharpSyntaxTree.ParseText(Markup.Parse(f.Key, f.Value).Text, ParseOptions, f.Key)),
        [.. Framework ?? TargetReferences.Of(Target.Net10), .. Libraries(), .. References],
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            generalDiagnosticOption: ReportDiagnostic.Error,
            checkOverflow: CheckOverflow,
            nullableContextOptions: Language < LanguageVersion.CSharp8 ? NullableContextOptions.Disable : Nullable,
            specificDiagnosticOptions:
            [
                new("CS8019", ReportDiagnostic.Suppress), // a using that a case does not need
                new("CS1701", ReportDiagnostic.Suppress), // as the SDK does: NetGen is of an older .NET Standard
                new("CS1591", RequireDocumentation ? ReportDiagnostic.Error : ReportDiagnostic.Suppress),
            ],
            // Tests run in parallel already.
            concurrentBuild: false));

    private IEnumerable<MetadataReference> Libraries() => HasTraining ? [s_attributes, s_training] : [s_attributes];
}
