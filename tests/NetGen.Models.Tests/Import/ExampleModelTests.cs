using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using NetGen.Models.Import;
using Xunit;

namespace NetGen.Models.Tests.Import;

/// <summary>The specs of the examples are what their models are imported to, so that what is read there is what a user gets.</summary>
public sealed class ExampleModelTests
{
    private static readonly string s_examples = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../examples"));

    public static TheoryData<string> Models => [.. Directory.GetFiles(s_examples, "*.onnx", SearchOption.AllDirectories).Where(static f => !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(static f => Path.GetRelativePath(s_examples, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_spec_beside_a_model_is_what_it_is_imported_to(string model)
    {
        string path = Path.Combine(s_examples, model), head = $"# Imported from {Path.GetFileName(path)},";
        string spec = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!, "*.yaml"), f => File.ReadLines(f).First().StartsWith(head, StringComparison.Ordinal));

        ImportedModel imported = ModelFile.Import(path, new ImportOptions { FileName = Path.GetFileName(path), Weights = Path.GetFileNameWithoutExtension(spec) + ".safetensors" });

        Assert.Equal(File.ReadAllText(spec).ReplaceLineEndings("\n"), imported.Spec);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
