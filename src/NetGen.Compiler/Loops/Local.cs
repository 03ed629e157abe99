using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Loops;

/// <summary>A value with a place in a method. It is itself, not its name: the printer gives it one that nothing else there has.</summary>
/// <param name="hint">What a reader would call it.</param>
internal sealed class Local(string hint, Kind kind)
{
    public string Hint { get; } = hint;

    public Kind Kind { get; } = kind;
}

/// <summary>Memory of floats, or of ints: what a method is handed, by the name of its parameter, or a place within other memory.</summary>
/// <param name="hint">Of what a method is handed, the name.</param>
internal sealed class Memory(string hint, bool isParameter = true, string element = "float", Storage storage = Storage.Float32)
{
    /// <summary>How floats are kept: anything else is widened as it is read.</summary>
    public Storage Storage { get; } = storage;

    public string Hint { get; } = hint;

    public bool IsParameter { get; } = isParameter;

    /// <summary>The C# type of an element.</summary>
    public string Element { get; } = element;
}
