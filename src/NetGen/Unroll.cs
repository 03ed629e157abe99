namespace NetGen;

/// <summary>How far the generated code is unrolled.</summary>
public enum Unroll
{
    /// <summary>Fully, wherever that costs no speed.</summary>
    Auto,

    /// <summary>Fully: a statement for every multiply-add.</summary>
    Full,

    /// <summary>Not at all: loops.</summary>
    None,
}
