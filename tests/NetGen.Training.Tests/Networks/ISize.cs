namespace NetGen.Training.Tests.Networks;

/// <summary>How many inputs and outputs a test network has.</summary>
internal interface ISize
{
    static abstract int In { get; }

    static abstract int Out { get; }
}

internal sealed class Iris : ISize
{
    public static int In => 4;

    public static int Out => 3;
}

internal sealed class Digits : ISize
{
    public static int In => 64;

    public static int Out => 10;
}

internal sealed class Diabetes : ISize
{
    public static int In => 10;

    public static int Out => 1;
}

internal sealed class OneInput : ISize
{
    public static int In => 1;

    public static int Out => 2;
}

internal sealed class OneOutput : ISize
{
    public static int In => 1;

    public static int Out => 1;
}
