using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Xunit;

namespace NetGen.Training.Tests;

/// <summary>docs/training.md, against the options.</summary>
public sealed class TrainingPageTests
{
    [Theory]
    [InlineData(typeof(CsvOptions))]
    [InlineData(typeof(TrainingOptions))]
    [InlineData(typeof(MissingValues))]
    [InlineData(typeof(TextColumn))]
    [InlineData(typeof(ImageOptions))]
    [InlineData(typeof(WindowOptions))]
    public void The_page_has_every_option(Type options)
    {
        string page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../docs/training.md"));
        string[] names = options.IsEnum ? Enum.GetNames(options) : [.. options.GetProperties().Select(property => property.Name)];

        Assert.All(names, name => Assert.Contains($"`{name}`", page));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
