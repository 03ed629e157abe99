namespace NetGen.Compiler.Tests.Loops;

/// <summary>
/// A value of interpreted code: a number, which is kept as a double whatever its kind; floats, one for each lane; or doubles, one for two lanes.
/// </summary>
internal readonly record struct CodeValue(double Number, float[]? Lanes = null, double[]? Doubles = null)
{
    public CodeValue(float[] lanes)
        : this(double.NaN, lanes)
    {
    }
}
