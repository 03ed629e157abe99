using System;
using System.IO;
using Xunit;
using static NetGen.Training.Tests.Data.Arrays.ArrayBytes;

namespace NetGen.Training.Tests.Data.Arrays;

public sealed class NpzTests
{
    // np.savez_compressed(f, x=np.arange(6, dtype='u1').reshape(3, 2), y=np.array([0, 1, 0])), NumPy 1.24.2
    private const string Compressed =
        "UEsDBBQAAAAIAAAAIQAb+n1hTAAAAIYAAAAFABQAeC5ucHkBABAAhgAAAAAAAABMAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loF5Taqiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5"
        + "GsY6CkaaOgq1CmQDLgZGJmYWVgBQSwMEFAAAAAgAAAAhAIpHN6hKAAAAmAAAAAUAFAB5Lm5weQEAEACYAAAAAAAAAEoAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNpoa6joJ6WX1RSlJgX"
        + "n1+UkgoSd0vMKU4FihdnJBakAvkaxjqaOgq1ChQALgYoYGRABQBQSwECFAMUAAAACAAAACEAG/p9YUwAAACGAAAABQAAAAAAAAAAAAAAgAEAAAAAeC5ucHlQSwECFAMUAAAACAAAACEAikc3qEoA"
        + "AACYAAAABQAAAAAAAAAAAAAAgAGDAAAAeS5ucHlQSwUGAAAAAAIAAgBmAAAABAEAAAAA";

    [Fact]
    public void Arrays_that_NumPy_compressed_are_read_by_their_names()
    {
        LabeledDataset data = Read(Convert.FromBase64String(Compressed));

        Assert.Equal([0f, 1, 2, 3, 4, 5], data.Features.ToArray());
        Assert.Equal([0, 1, 0], data.Labels.ToArray());
    }

    [Fact]
    public void Targets_are_read_too()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.npz", Zip(("in.npy", Npy([2], 1, 2)), ("out.npy", Npy([2], 3, 4))));

        Assert.Equal([3f, 4], Dataset.FromNpz(path, features: "in", targets: "out").Targets.ToArray());
    }

    [Fact]
    public void Single_arrays_are_read_with_their_shapes()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.npz", Convert.FromBase64String(Compressed));

        Assert.Equal(["x", "y"], Npz.Names(path));
        (float[] values, System.Collections.Generic.IReadOnlyList<int> shape) = Npz.Read(path, "x");
        Assert.Equal([0f, 1, 2, 3, 4, 5], values);
        Assert.Equal([3, 2], shape);
        Assert.Contains("there is no array 'features'; it has 'x'", Assert.Throws<DatasetException>(() => Npz.Read(path, "features")).Message);
    }

    [Fact]
    public void What_is_missing_or_foreign_is_told()
    {
        Assert.Contains("there is no array 'y'; it has 'x'.", Refused(Zip(("x.npy", Npy([2], 1, 2)))));
        Assert.Contains("there is no array 'y'; the archive has none", Refused(Zip(("readme.txt", [1]))));
        Assert.Contains("the file is no whole .npz file: ", Refused(Npy([2], 1, 2)));
        Assert.Contains("a single .npy file is read by FromNpy", Refused([]));
        Assert.Contains("a.npz (y): there are 1 labels (shape [1]), but ", Refused(Zip(("x.npy", Npy([2], 1, 2)), ("y.npy", Npy("|u1", [1], [0])))));
        Assert.Throws<FileNotFoundException>(() => Dataset.FromNpz("none.npz", features: "x", labels: "y"));
    }

    internal static Exception? Fault(byte[] file) => Record.Exception(() => Read(file));

    internal static LabeledDataset? TryRead(byte[] file)
    {
        LabeledDataset? data = null;
        Record.Exception(() => data = Read(file));
        return data;
    }

    private static string Refused(byte[] file) => Assert.Throws<DatasetException>(() => Read(file)).Message;

    private static LabeledDataset Read(byte[] file)
    {
        using var folder = new TemporaryFolder();
        return Dataset.FromNpz(folder.Write("a.npz", file), features: "x", labels: "y");
    }
}
