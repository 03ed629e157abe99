namespace NetGen.Compiler.Options;

/// <summary>
/// Says where a right name belongs that stands in the wrong place: a loss among the layers, an optimizer's option at the top.
/// No registry knows of another, so this comes from where all of them are known.
/// </summary>
internal interface IElsewhere
{
    /// <summary>Of something named that is of another sort.</summary>
    /// <param name="sort">What is asked for: <c>layer</c>.</param>
    string? OfName(string name, string sort);

    /// <summary>Of a key that its owner does not have.</summary>
    /// <param name="keys">Those that it has.</param>
    string? OfKey(string key, OptionKeys keys);
}
