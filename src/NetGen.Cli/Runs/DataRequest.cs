using System.Collections.Generic;
using NetGen.Training;

namespace NetGen.Cli.Runs;

/// <summary>Where data are and how they are read, as the command line says; null and empty where it is silent.</summary>
internal sealed record DataRequest
{
    /// <summary>A CSV file, a .npy, .npz or IDX file, or a folder of images.</summary>
    public required string Data { get; init; }

    /// <summary>The file of labels or targets, where <see cref="Data"/> is an array file.</summary>
    public string? Labels { get; init; }

    /// <summary>The column of labels.</summary>
    public string? Label { get; init; }

    /// <summary>The columns of targets.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Columns to leave out.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Columns of texts that become a feature for each category.</summary>
    public IReadOnlyList<string> OneHot { get; init; } = [];

    /// <summary>Columns of texts that become the number of their category, for an embedding.</summary>
    public IReadOnlyList<string> Index { get; init; } = [];

    /// <summary>The column of samples that belong together.</summary>
    public string? Group { get; init; }

    /// <summary>What stands between cells.</summary>
    public char? Delimiter { get; init; }

    /// <summary>What stands before a fraction.</summary>
    public char? DecimalSeparator { get; init; }

    /// <summary>What begins a comment line.</summary>
    public char? Comment { get; init; }

    /// <summary>The first line has no names.</summary>
    public bool HasNoHeader { get; init; }

    /// <summary>The encoding's name.</summary>
    public string? Encoding { get; init; }

    /// <summary>What becomes of missing values.</summary>
    public MissingValues? Missing { get; init; }

    /// <summary>The classes in the order of their numbers.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>The names of features and labels in a .npz file.</summary>
    public IReadOnlyList<string> Arrays { get; init; } = [];

    /// <summary>What each number of an array file is multiplied by.</summary>
    public float Scale { get; init; } = 1;
}
