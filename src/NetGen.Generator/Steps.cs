namespace NetGen.Generator;

/// <summary>The names of the generator's steps, by which tests ask why each of them ran.</summary>
internal static class Steps
{
    /// <summary>What every network class says, positions included.</summary>
    public const string Classes = nameof(Classes);

    /// <summary>What the project can compile.</summary>
    public const string Target = nameof(Target);

    /// <summary>Which file each class means.</summary>
    public const string Resolutions = nameof(Resolutions);

    /// <summary>The texts of the files that classes name.</summary>
    public const string SpecTexts = nameof(SpecTexts);

    /// <summary>The spec files, read and checked.</summary>
    public const string CheckedSpecs = nameof(CheckedSpecs);

    /// <summary>The weight files that the build handed over.</summary>
    public const string Weights = nameof(Weights);

    /// <summary>Every class with its checked spec: all that is reported.</summary>
    public const string Outcomes = nameof(Outcomes);

    /// <summary>Every class with its network, without positions: all that emission sees.</summary>
    public const string Networks = nameof(Networks);

    /// <summary>The uses of members that depend on a spec.</summary>
    public const string Uses = nameof(Uses);

    /// <summary>The files that say what a spec leaves out.</summary>
    public const string Missing = nameof(Missing);

    /// <summary>The file that networks share.</summary>
    public const string Shared = nameof(Shared);

    /// <summary>The generated files.</summary>
    public const string Sources = nameof(Sources);
}
