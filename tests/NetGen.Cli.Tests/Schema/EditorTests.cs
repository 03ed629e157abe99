using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NetGen.Compiler.Schema;
using Xunit;

namespace NetGen.Cli.Tests.Schema;

/// <summary>What an editor makes of the schema: asked of the server that editors ask.</summary>
public sealed class EditorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [EditorFact]
    public async Task An_editor_completes_explains_and_marks()
    {
        _folder.Write("netgen.schema.json", SpecSchema.Text());
        Question[] questions =
        [
            At("keys.yaml", "input: 4\nlayers:\n  - dense:\n      units: 3\n      |\n"),
            At("braces.yaml", "input: 4\nlayers:\n  - dense: { u| }\n"),
            At("layers.yaml", "input: 4\nlayers:\n  - |\n"),
            At("words.yaml", "input: [1, 9]\nlayers:\n  - conv1d:\n      filters: 2\n      kernel_size: 3\n      padding: |\n"),
            At("root.yaml", "input: 4\nlayers: [ relu ]\n|\n"),
            At("key.yaml", "input: 4\nlayers:\n  - dense: { un|its: 3 }\n"),
            At("layer.yaml", "input: 4\nlayers:\n  - leaky_|relu: 0.2\n"),
            At("unknown.yaml", "input: 4\nlayers:\n  - dense: { unit: 3 }\n"),
            At("misspelt.yaml", "input: 4\nlayers:\n  - denze: 3\n"),
            At("kind.yaml", "input: 4\nlayers:\n  - dense: { units: 3, use_bias: 1 }\n"),
        ];
        Dictionary<string, Answer> answers = (await YamlLanguageServer.Ask(_folder.Path, questions)).ToDictionary(static a => a.Name);

        AssertOffers(answers["keys.yaml"], "activation", "use_bias", "kernel_initializer", "in", "name");
        AssertOffers(answers["braces.yaml"], "units", "activation", "use_bias", "in", "name");
        AssertOffers(answers["layers.yaml"], "dense", "conv2d", "lstm", "relu", "softmax");
        AssertOffers(answers["words.yaml"], "valid", "same", "causal");
        AssertOffers(answers["root.yaml"], "loss", "optimizer", "l2", "seed", "budget");
        Assert.Contains("How many outputs there are", answers["key.yaml"].Hover, StringComparison.Ordinal);
        Assert.Contains("x above 0, else negative", answers["layer.yaml"].Hover, StringComparison.Ordinal);
        Assert.Contains("Property unit is not allowed.", answers["unknown.yaml"].Diagnostics);
        Assert.Contains("Property denze is not allowed.", answers["misspelt.yaml"].Diagnostics);
        Assert.Contains("Incorrect type. Expected \"boolean\".", answers["kind.yaml"].Diagnostics);
    }

    [EditorFact]
    public async Task An_editor_marks_nothing_in_the_specs_of_the_examples()
    {
        _folder.Write("netgen.schema.json", SpecSchema.Text());
        Question[] questions = [.. SchemaTests.Specs.Select(static row => (Name: (string)row[0], Path: (string)row[1])).Where(static s => s.Name.StartsWith("examples", StringComparison.Ordinal))
            .Select(static s => new Question(Path.GetFileName(s.Path), Header + File.ReadAllText(s.Path)))];
        Assert.True(questions.Length >= 8);
        Assert.All(await YamlLanguageServer.Ask(_folder.Path, questions), static answer => Assert.Empty(answer.Diagnostics));
    }

    private static void AssertOffers(Answer answer, params string[] completions) => Assert.Empty(completions.Except(answer.Completions));

    private const string Header = "# yaml-language-server: $schema=netgen.schema.json\n";

    /// <summary>A document with the header, and | where the cursor stands.</summary>
    private static Question At(string name, string marked)
    {
        string text = Header + marked.Replace("|", "", StringComparison.Ordinal);
        int cursor = (Header + marked).IndexOf('|', StringComparison.Ordinal);
        if (cursor < 0)
            return new Question(name, text);
        string before = text[..cursor];
        return new Question(name, text, new Place(before.Count(static c => c == '\n'), cursor - (before.LastIndexOf('\n') + 1)));
    }
}
