using static System.FormattableString;

namespace NetGen.Generator.CallSites;

/// <summary>What a member needs of a buffer that does not fit.</summary>
/// <param name="Parameter">The buffer's parameter.</param>
/// <param name="Reason">What the network takes, with the number: <c>Digits takes 64 floats for each sample</c>.</param>
/// <param name="Constant">The generated member that says the size, <c>Digits.InputSize</c>; null where none does.</param>
/// <param name="Samples">How often that; 0 where any number serves.</param>
/// <param name="Length">The length in elements where no constant says it.</param>
internal sealed record Need(string Parameter, string Reason, string? Constant, long Samples = 1, long Length = 0)
{
    public string Element => Parameter == "labels" ? "int" : "float";

    /// <summary>An expression of the length that fits; null where any multiple does.</summary>
    public string? Size => Constant is null ? Invariant($"{Length}") : Samples switch { 0 => null, 1 => Constant, _ => Invariant($"{Samples} * {Constant}") };

    /// <summary>In the imperative, in the words of what is there.</summary>
    public string Remedy(KnownLength given) => Size is not { } size ? $"pass a multiple of {Constant} {Element}s"
        : size == "0" ? "pass an empty one"
        : given.Origin switch
        {
            Origin.Array => $"write new {Element}[{size}]",
            Origin.Stack => $"write stackalloc {Element}[{size}]",
            _ => $"pass {size} {(size == "1" ? Element : Element + "s")}",
        };
}
