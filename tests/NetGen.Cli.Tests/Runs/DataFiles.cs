using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;

namespace NetGen.Cli.Tests.Runs;

/// <summary>Data and specs to train on, small and the same each time.</summary>
internal static class DataFiles
{
    /// <summary>A classifier of two features in three classes.</summary>
    public const string ClassSpec = """
        input: 2
        layers:
          - dense: { units: 8, activation: relu, name: hidden }
          - dense: 3
          - softmax
        loss: cross_entropy
        optimizer: { adam: { learning_rate: 0.02 } }

        """;

    /// <summary>A regression of two features.</summary>
    public const string NumberSpec = """
        input: 2
        layers:
          - dense: { units: 8, activation: tanh, name: hidden }
          - dense: 1
        loss: mean_squared_error
        optimizer: { adam: { learning_rate: 0.02 } }

        """;

    /// <summary>The data of the examples.</summary>
    public static string Example(string name) => Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../examples/data", name);

    /// <summary>A line for each of some points, in three classes by their angle, each with an id, and behind the two features the class.</summary>
    /// <param name="count">The points.</param>
    /// <param name="line">Makes a line of id, features and class.</param>
    public static string Points(int count, Func<int, double, double, int, string> line)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            double angle = 2.4 * i, radius = 1 + (i * 7 % 10) / 10.0;
            int label = (int)(angle / (2 * Math.PI / 3)) % 3;
            text.Append(line(i, 100 + 50 * radius * Math.Cos(angle), 0.002 * radius * Math.Sin(angle), label)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The usual file: a,b,kind with classes of names.</summary>
    public static string ClassCsv(int count) =>
        "a,b,kind\n" + Points(count, static (_, a, b, label) => string.Create(CultureInfo.InvariantCulture, $"{a:R},{b:R},{"left,up,right".Split(',')[label]}"));

    /// <summary>The usual file with a number to learn, of some thousands.</summary>
    public static string NumberCsv(int count) =>
        "a,b,price\n" + Points(count, static (_, a, b, _) => string.Create(CultureInfo.InvariantCulture, $"{a:R},{b:R},{5000 + 20 * a + 300000 * b:R}"));

    /// <summary>An array of NumPy.</summary>
    public static byte[] Npy<T>(string type, int[] shape, T[] values) where T : unmanaged
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Join(", ", shape)}{(shape.Length == 1 ? "," : "")}), }}";
        header = header.PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan())];
    }

    /// <summary>An IDX file of bytes.</summary>
    public static byte[] Idx(int[] shape, byte[] values) =>
        [0, 0, 8, (byte)shape.Length, .. shape.SelectMany(static n => new[] { (byte)(n >> 24), (byte)(n >> 16), (byte)(n >> 8), (byte)n }), .. values];

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
